package editor

import "math"

// reorder is how many frames later than decoded a frame may be shown, with the
// settings of encode: it is the same in every segment, so that segments join.
const reorder = 2

// encode are the arguments that make a picture segment of n frames. Every
// segment has the same settings, closed groups of pictures and headers that do
// not depend on what is in it (stitchable), so that a decoder which reads only
// the first segment's headers decodes them all.
func (o Output) encode(n int64) []string {
	group := int64(math.Round(2 * o.Rate.Float()))
	return []string{
		"-frames:v", itoa(n), "-r", o.Rate.arg(), "-fps_mode", "cfr",
		"-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-profile:v", "high",
		"-g", itoa(group), "-bf", "3", "-flags", "+cgop", "-x264-params", "stitchable=1:b-pyramid=normal",
		"-pix_fmt", "yuv420p", "-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
		"-map_metadata", "-1", "-map_chapters", "-1",
		"-video_track_timescale", itoa(o.timescale()), "-f", "mp4",
	}
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
