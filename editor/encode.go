package editor

import (
	"math"
	"strconv"
)

// encode are the arguments that make a picture segment of n frames. Every
// segment has the same settings, closed groups of pictures and headers that do
// not depend on what is in it (stitchable), so that a decoder which reads only
// the first segment's headers decodes them all.
func (o Output) encode(n int64) []string {
	args := []string{"-frames:v", itoa(n), "-r", o.Rate.arg(), "-fps_mode", "cfr"}
	args = append(args, o.compress()...)
	return append(args,
		"-map_metadata", "-1", "-map_chapters", "-1",
		"-video_track_timescale", itoa(o.timescale()), "-f", "mp4")
}

// compress are the arguments of the encoder.
func (o Output) compress() []string {
	if o.Format.Poster() {
		return o.compressPoster()
	}
	if h, ok := HardwareNamed(o.Encoder); ok {
		return h.compress(o)
	}
	c := compressors[o.codec()]
	args := append([]string{"-c:v", c.name}, c.effort[o.effort()]...)
	args = append(args, c.free...)
	args = append(args, "-crf", strconv.Itoa(o.quality()))
	args = append(append(args, c.profile...), "-g", itoa(o.group()))
	args = append(args, c.always...)
	return append(append(args, "-pix_fmt", "yuv420p"), colours...)
}

// colours are what the pictures are tagged with; see tags.
var colours = []string{"-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"}

// compressPoster makes one picture; a JPEG has the full range.
func (o Output) compressPoster() []string {
	if o.Format == PNG {
		return []string{"-c:v", "png", "-pix_fmt", "rgb24"}
	}
	return []string{"-c:v", "mjpeg", "-q:v", "2", "-pix_fmt", "yuvj420p"}
}

func (o Output) effort() Effort {
	if o.Effort == "" {
		return Quick
	}
	return o.Effort
}

func (o Output) quality() int {
	switch {
	case o.Quality > 0:
		return o.Quality
	case o.Format == GIF:
		return 12 // it is only on the way
	}
	return compressors[o.codec()].quality
}

// group is how many frames apart key frames are at most.
func (o Output) group() int64 { return int64(math.Round(2 * o.Rate.Float())) }

// reorder is how many frames later than decoded a frame may be shown: it is
// the same in every segment, so that segments join.
func (o Output) reorder() int64 {
	if o.Encoder != "" {
		return 0
	}
	return int64(compressors[o.codec()].reorder)
}

// timescale is the ticks a second of the film's pictures; a frame is a whole
// number of them.
func (o Output) timescale() int64 {
	if o.Rate.Num >= 1000 {
		return o.Rate.Num
	}
	return o.Rate.Num * 512
}

// tick is the ticks of a frame.
func (o Output) tick() int64 { return o.timescale() / o.Rate.Num * o.Rate.Den }
