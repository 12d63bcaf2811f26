package editor

import "strings"

// window is where in a file reading begins. The file is entered some time
// before the clip's first moment, because the frame that stands there began
// earlier and a decoder wants a run-up; the filters cut what is too much.
//
// Time stamps are the file's own (-seek_timestamp), so that the tracks of a
// recording, whose files begin at unlike times, share one clock.
type window struct {
	seek Time // file's clock, at least 0, whole microseconds
	skip Time // from seek to the clip's first moment; negative where that lies before time stamp 0
}

// newWindow is the window onto a file for a clip that begins at the time
// stamp at.
func newWindow(m *Media, at Time) window {
	us := at.Sub(runUp(m)).Max(Time{}).FrameFloor(Ratio{1e6, 1})
	seek := Rational(us, 1e6)
	return window{seek, at.Sub(seek)}
}

// runUp is how long before a clip its file is entered. Containers without an
// index are entered by guessing, and a guess may miss a key frame.
func runUp(m *Media) Time {
	name, _, _ := strings.Cut(m.Format, ",")
	switch name {
	case "mov", "matroska", "wav", "flac", "mp3", "ogg":
		return Rational(1, 1)
	}
	return Rational(15, 1)
}

// args are the options that belong before the input.
func (w window) args() []string {
	return []string{"-noaccurate_seek", "-seek_timestamp", "1", "-ss", w.seek.String()}
}

// setpts moves time stamp 0 to the clip's first moment.
func (w window) setpts() string {
	return "PTS-(" + itoa(w.skip.Num()) + "/" + itoa(w.skip.Den()) + ")/TB"
}
