package call

import "errors"

// ErrFrameDropped is returned by a VideoEncoder whose rate control left the
// picture out, which is no failure.
var ErrFrameDropped = errors.New("frame dropped by rate control")

// VideoConfig is what an encoder is made with.
type VideoConfig struct {
	Width, Height int     // pixels, even
	FrameRate     float64 // pictures a second, for the first guess; real time stamps follow
	BitRate       int     // bit/s
	Screen        bool    // screen content: sharp text before smooth motion
	Threads       int     // 0: the codec's choice
	Master        bool    // a recording: quality before delay, key frame every 2 s
}

// VideoEncoder turns pictures into access units. Its methods may be called
// from several goroutines; Encode from one at a time.
type VideoEncoder interface {
	// Encode compresses pic (whose At is its time stamp; times must rise) and
	// appends the access unit to buf[:0]. A picture of another size than the
	// last is legal: the encoder begins anew with a key frame. It returns
	// ErrFrameDropped where rate control leaves the picture out.
	Encode(pic *Picture, buf []byte) (unit []byte, key bool, err error)
	// ForceKeyFrame makes the next access unit a key frame. It never blocks on Encode.
	ForceKeyFrame()
	// SetBitRate changes the target in bit/s from the next picture on.
	SetBitRate(bps int)
	// SetFrameRate changes the expected rate in pictures a second.
	SetFrameRate(fps float64)
	Close() error
}

// VideoDecoder turns access units into pictures. It is used by one goroutine
// and survives any bytes.
type VideoDecoder interface {
	// Decode decompresses one access unit into dst. shown is false when the
	// unit gave no picture (not an error: parameter sets, a hidden frame). An
	// error means the stream is broken until the next key frame.
	Decode(unit []byte, dst *Picture) (shown bool, err error)
	Close() error
}

// VideoCodec is one video compression format.
type VideoCodec interface {
	// Name is the RTP encoding name: "H264", "VP8".
	Name() string
	NewEncoder(VideoConfig) (VideoEncoder, error)
	NewDecoder() (VideoDecoder, error)
	// IsKeyFrame says whether an access unit can be decoded without others.
	IsKeyFrame(unit []byte) bool
}

// The sound format of a call (RFC 7587): Opus in packets of 20 ms, cut from
// blocks of 10 ms at 48 kHz, one channel.
const (
	SampleRate   = 48000
	BlockSamples = SampleRate / 100
	PacketBlocks = 2
)

// AudioEncoder compresses packets of sound.
type AudioEncoder interface {
	// Encode compresses PacketBlocks*BlockSamples samples and appends the
	// packet to buf[:0].
	Encode(pcm []int16, buf []byte) ([]byte, error)
	// SetBitRate changes the target in bit/s.
	SetBitRate(bps int)
	// SetLoss tells the encoder which share of packets, 0 to 1, is being lost,
	// for the redundancy that it adds.
	SetLoss(share float64)
	Close() error
}

// AudioDecoder decompresses packets of sound, and makes sound up where a
// packet is missing.
type AudioDecoder interface {
	// Decode decompresses one packet into pcm and returns the samples written
	// (at most 5760, 120 ms).
	Decode(packet []byte, pcm []int16) (int, error)
	// DecodeFEC fills all of pcm with what packet says of the packet before it.
	// It returns an error, and leaves pcm as it is, where packet says nothing of
	// it or pcm is shorter than what it says.
	DecodeFEC(packet []byte, pcm []int16) error
	// Conceal fills all of pcm with a continuation of what was heard last.
	Conceal(pcm []int16) error
	Close() error
}

// AudioCodec is one sound compression format.
type AudioCodec interface {
	// Name is the RTP encoding name: "opus".
	Name() string
	NewEncoder(bitRate int) (AudioEncoder, error)
	NewDecoder() (AudioDecoder, error)
}
