package editor

import "slices"

// Codec is how the pictures of a film are compressed.
type Codec string

// The codecs, as ffmpeg names them; the empty one is the usual one of the
// format.
const (
	H264 Codec = "h264"
	HEVC Codec = "hevc"
	VP9  Codec = "vp9"
	AV1  Codec = "av1"
)

// Codecs are all of them.
func Codecs() []Codec { return []Codec{H264, HEVC, VP9, AV1} }

// Effort is how long an encoder may think: a slower one makes a smaller file
// of the same quality.
type Effort string

// The efforts; the empty one is Quick.
const (
	Quick  Effort = "quick"
	Medium Effort = "medium"
	Slow   Effort = "slow"
)

// compressor is how an encoder of software is asked for.
type compressor struct {
	name    string             // of the encoder
	quality int                // usual constant quality, in the encoder's own numbers
	worst   int                // largest of these numbers
	reorder int                // how many frames later than decoded a frame may be shown; the same in every segment
	passes  bool               // it can look twice
	bits    float64            // about as many a picture element, at the usual quality
	octave  float64            // steps of quality that halve the bits
	labour  map[Effort]float64 // CPU time, in that of the quickest H.264
	effort  map[Effort][]string
	free    []string // what goes with a constant quality
	profile []string
	always  []string
}

// The settings of every compressor make segments that join: closed groups of
// pictures, and headers that do not depend on what is in a segment, so that a
// decoder which reads only the first segment's headers decodes them all.
//
// Those of H.264 have a number of their own: pictures that are copied from a
// source come with its parameter sets, whose number is nearly always 0, and
// both have to stand in the header.
var compressors = map[Codec]compressor{
	H264: {
		name: "libx264", quality: 20, worst: 51, reorder: 2, passes: true, bits: 0.06, octave: 6, labour: map[Effort]float64{Quick: 1, Medium: 3, Slow: 4.2},
		effort:  map[Effort][]string{Quick: {"-preset", "veryfast"}, Medium: {"-preset", "medium"}, Slow: {"-preset", "slow"}},
		profile: []string{"-profile:v", "high"},
		always:  []string{"-bf", "3", "-flags", "+cgop", "-x264-params", "stitchable=1:b-pyramid=normal:sps-id=" + setID},
	},
	HEVC: {
		name: "libx265", quality: 24, worst: 51, reorder: 2, bits: 0.04, octave: 6, labour: map[Effort]float64{Quick: 5, Medium: 6, Slow: 6.7},
		effort: map[Effort][]string{Quick: {"-preset", "veryfast"}, Medium: {"-preset", "fast"}, Slow: {"-preset", "medium"}},
		always: []string{"-tag:v", "hvc1", "-x265-params", "open-gop=0:bframes=3:b-pyramid=1:info=0:log-level=error"},
	},
	VP9: {
		name: "libvpx-vp9", quality: 32, worst: 63, passes: true, bits: 0.05, octave: 9, labour: map[Effort]float64{Quick: 8, Medium: 9, Slow: 16},
		effort: map[Effort][]string{Quick: {"-deadline", "good", "-cpu-used", "5"}, Medium: {"-deadline", "good", "-cpu-used", "3"}, Slow: {"-deadline", "good", "-cpu-used", "1"}},
		free:   []string{"-b:v", "0"},
		always: []string{"-row-mt", "1", "-auto-alt-ref", "1", "-lag-in-frames", "25"},
	},
	AV1: {
		name: "libsvtav1", quality: 35, worst: 63, bits: 0.045, octave: 9, labour: map[Effort]float64{Quick: 4, Medium: 9, Slow: 28},
		effort: map[Effort][]string{Quick: {"-preset", "9"}, Medium: {"-preset", "7"}, Slow: {"-preset", "5"}},
	},
}

// setID is the number of our own H.264 parameter sets.
const setID = "5"

// codec is the codec that the film's pictures really have.
func (o Output) codec() Codec {
	if o.Codec != "" {
		return o.Codec
	}
	if all := o.Format.codecs(); len(all) > 0 {
		return all[0]
	}
	return H264
}

// Labour is about how much CPU time an encoder needs with the output's effort,
// in that of the quickest H.264.
func (o Output) Labour() float64 {
	if o.Format.Poster() || o.Encoder != "" {
		return 0.5
	}
	return compressors[o.codec()].labour[o.effort()]
}

// Pictures is the codec of the film's pictures.
func (o Output) Pictures() Codec { return o.codec() }

// Sounds is the codec of the film's sound, as ffmpeg names it, and how many
// samples a second come out of it.
func (o Output) Sounds() (codec string, rate int) {
	if o.opus() {
		return "opus", 48000
	}
	return "aac", o.SampleRate
}

// holds says whether the format can hold the codec.
func (f Format) holds(c Codec) bool { return c == "" || slices.Contains(f.codecs(), c) }
