package call

import "time"

// Recorder keeps a call. Its methods are called from the media goroutines,
// copy what they keep, and never block: what cannot be written in time is
// dropped and noted in the timing file. A call that comes during or after Close
// is legal and does nothing, for a media goroutine may hold a Recorder that has
// just been stopped.
type Recorder interface {
	// LocalPicture takes a captured picture, before encoding for the call.
	LocalPicture(*Picture)
	// LocalSound takes 10 ms from the microphone, before any processing.
	LocalSound(block []int16, at time.Time)
	// RemoteFrame takes a received access unit of the named codec.
	RemoteFrame(codec string, f EncodedFrame)
	// RemotePacket takes a received sound packet.
	RemotePacket(AudioPacket)
	SenderReport(SenderReport)
	// Close finishes the files and waits for them. It is idempotent.
	Close() error
	// Dir is the recording's folder.
	Dir() string
}

// ScreenRecorder is a Recorder that keeps shared screens as well.
type ScreenRecorder interface {
	// LocalScreen takes a picture of the screen that this side shares.
	LocalScreen(*Picture)
	// RemoteScreen takes a received access unit of the screen that the other
	// side shares.
	RemoteScreen(codec string, f EncodedFrame)
}

// ChatRecorder is a Recorder that keeps the chat as well.
type ChatRecorder interface {
	// Write takes a line that was written.
	Write(ChatLine)
}

// RecordingInfo is what a recording says about itself.
type RecordingInfo struct {
	Me, Them string // names, as shown
	Session  string
	Started  time.Time
}

// OpenRecorder makes a recording folder and starts to keep.
type OpenRecorder func(RecordingInfo) (Recorder, error)
