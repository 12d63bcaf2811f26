package call

import "time"

// MediaStats is what was counted on this side of a call, from ResetStats on.
// Durations are written in nanoseconds, sizes in bytes.
type MediaStats struct {
	At        time.Time
	Sent      SentStats
	Received  ReceivedStats
	Transport TransportStats
}

// SentStats counts this side's own picture and sound.
type SentStats struct {
	Captured     uint64 // pictures that the camera gave
	Encoded      uint64 // pictures sent
	Dropped      uint64 // pictures left out by the encoder's rate control
	Skipped      uint64 // pictures not encoded, since those before had not left yet
	KeyFrames    uint64
	VideoBytes   uint64 // payload
	Codec        string // of the picture
	Width        int    // of the newest picture sent
	Height       int
	Limit        Limit // what keeps the picture from being better
	TargetRate   int   // bit/s
	AudioPackets uint64
	AudioBytes   uint64 // payload
	Screen       ScreenStats
}

// ScreenStats counts one direction of a screen that is shared beside the
// camera.
type ScreenStats struct {
	Frames    uint64 // sent, or received whole
	Decoded   uint64
	Failed    uint64
	Skipped   uint64 // left out by the encoder, or since the network was behind
	KeyFrames uint64
	Bytes     uint64 // payload
	Width     int    // of the newest picture
	Height    int
	Limit     Limit // of this side's
}

// ReceivedStats counts the other side's picture and sound.
type ReceivedStats struct {
	Frames       uint64 // whole pictures received
	KeyFrames    uint64
	Decoded      uint64
	Failed       uint64 // pictures that could not be decoded
	Shown        uint64
	Replaced     uint64 // decoded, but a newer one came before it was shown
	PacketsLost  uint64 // found missing when their frame was due
	VideoBytes   uint64 // payload
	Codec        string // of the picture
	Width        int    // of the newest picture decoded
	Height       int
	Freezes      int
	Frozen       time.Duration
	FirstShown   time.Time // zero: none yet
	FirstSound   time.Time // zero: none yet
	AudioPackets uint64
	AudioBytes   uint64 // payload
	AudioSaved   uint64 // packets among them that came beside a later one only
	Sound        PlayoutStats
	Screen       ScreenStats

	// LipSync is how much later pictures are shown than their sound is heard, by
	// the sender's reports (RFC 3550); nil without.
	LipSync *time.Duration

	// Measured on the marks of the test pattern and the test tone; nil without.
	PictureLatency *Latency
	SoundLatency   *Latency
	// Lips is LipSync as measured on the marks: P50 with its sign, P95 without.
	Lips *Latency
}

// Latency summarises times from capture to showing or playing.
type Latency struct {
	P50, P95 time.Duration
	Count    int
}

func latencyOf(s *spread) *Latency {
	p := s.percentiles(0.5, 0.95)
	if p == nil {
		return nil
	}
	return &Latency{P50: p[0], P95: p[1], Count: s.n}
}
