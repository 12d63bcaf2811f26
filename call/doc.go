// Package call is the domain of a call between two people: who may ring whom
// (Session and its state table), what they say to each other to set it up
// (Message), and how pictures and sound travel between devices, codecs and a
// transport (Media).
//
// It is pure: no toolkit, no cgo, no socket, no process. It declares the
// interfaces that it needs (Link, Peer, VideoSource, SoundDevice, VideoCodec,
// AudioCodec, Playout, Recorder) and its child packages satisfy them, one
// technology each. A child imports call and never a sibling.
//
//	VideoSource ──> preview slot
//	     └──> VideoEncoder ──> Peer (track) ~~~> Peer ──> VideoDecoder ──> remote slot
//	SoundDevice ──> AudioEncoder ──> Peer ~~~> Peer ──> Playout ──> SoundDevice
//	                        any of these ──> Recorder
//
// Media never passes through the session's goroutine; the session only hears
// events.
package call
