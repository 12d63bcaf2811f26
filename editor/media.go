package editor

// StreamKind is what a stream carries.
type StreamKind string

// The kinds of stream. A still is a video stream of a file that is one picture.
const (
	VideoStream    StreamKind = "video"
	AudioStream    StreamKind = "audio"
	SubtitleStream StreamKind = "subtitle"
	DataStream     StreamKind = "data"
)

// Media is what was found in a file.
type Media struct {
	Path     string   `json:"path"`
	Format   string   `json:"format"`   // container, as ffmpeg names it: "mov,mp4,m4a,3gp,3g2,mj2"
	Duration Time     `json:"duration"` // of the longest stream, measured where the header lies; zero for a still
	Start    Time     `json:"start"`    // of the earliest stream
	Size     int64    `json:"size"`     // bytes
	BitRate  int64    `json:"bit_rate"` // bit/s, 0 unknown
	Still    bool     `json:"still"`    // one picture that stands as long as one likes
	Animated bool     `json:"animated"` // an animated GIF or WebP
	Streams  []Stream `json:"streams"`
	Deep     bool     `json:"deep_probe"` // the header told too little and the file was read further
	Warnings []string `json:"warnings,omitempty"`

	Extra Extra `json:"-"`
}

// Stream is one stream of a Media.
type Stream struct {
	Index    int        `json:"index"`
	Kind     StreamKind `json:"kind"`
	Codec    string     `json:"codec"` // as ffmpeg names it: "h264"
	Profile  string     `json:"profile,omitempty"`
	Language string     `json:"language,omitempty"`
	Cover    bool       `json:"cover,omitempty"` // an attached picture, no part of the film
	Start    Time       `json:"start"`
	Duration Time       `json:"duration"` // measured where the header lies
	Measured bool       `json:"duration_measured"`
	TimeBase Time       `json:"time_base"`
	Frames   int64      `json:"frames,omitempty"` // 0 unknown

	// Video.
	CodedWidth     int    `json:"coded_width,omitempty"`
	CodedHeight    int    `json:"coded_height,omitempty"`
	Width          int    `json:"width,omitempty"`     // as displayed: square pixels, rotation applied
	Height         int    `json:"height,omitempty"`    // as displayed
	SAR            Ratio  `json:"sar,omitzero"`        // sample aspect ratio of the coded picture, 1:1 when undeclared
	Rotation       int    `json:"rotation,omitempty"`  // degrees clockwise needed for display: 0, 90, 180, 270
	FrameRate      Ratio  `json:"frame_rate,omitzero"` // real base rate
	AverageRate    Ratio  `json:"average_rate,omitzero"`
	VariableRate   bool   `json:"variable_rate,omitempty"`
	VariableSize   bool   `json:"variable_size,omitempty"` // the picture changes size in mid-stream
	PixelFormat    string `json:"pixel_format,omitempty"`
	FullRange      bool   `json:"full_range,omitempty"`
	ColorSpace     string `json:"color_space,omitempty"` // matrix as ffmpeg names it; empty unknown
	ColorTransfer  string `json:"color_transfer,omitempty"`
	ColorPrimaries string `json:"color_primaries,omitempty"`
	Interlaced     bool   `json:"interlaced,omitempty"`
	Alpha          bool   `json:"alpha,omitempty"`

	// Audio.
	SampleRate int    `json:"sample_rate,omitempty"` // Hz
	Channels   int    `json:"channels,omitempty"`
	Layout     string `json:"layout,omitempty"` // "mono", "stereo", "5.1"

	Extra Extra `json:"-"`
}

// Ratio is a rational number such as a rate or an aspect; Den is positive
// where the ratio is known, and the zero Ratio means unknown.
type Ratio struct {
	Num int64 `json:"num"`
	Den int64 `json:"den"`
}

// Known says whether the ratio has a value.
func (r Ratio) Known() bool { return r.Den > 0 && r.Num > 0 }

// Float is the ratio as a floating number, 0 where unknown.
func (r Ratio) Float() float64 {
	if r.Den == 0 {
		return 0
	}
	return float64(r.Num) / float64(r.Den)
}

// Video returns the first real picture stream (no cover art).
func (m *Media) Video() (*Stream, bool) { return m.first(VideoStream) }

// Audio returns the first sound stream.
func (m *Media) Audio() (*Stream, bool) { return m.first(AudioStream) }

func (m *Media) first(kind StreamKind) (*Stream, bool) {
	for i := range m.Streams {
		if s := &m.Streams[i]; s.Kind == kind && !s.Cover {
			return s, true
		}
	}
	return nil, false
}
