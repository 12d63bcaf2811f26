package editor

import "strings"

// window is where in a file reading begins. The file is entered some time
// before the clip's first moment, because the frame that stands there began
// earlier and a decoder wants a run-up; the filters cut what is too much.
//
// Time stamps stay the file's own (-copyts, -seek_timestamp), so that the
// tracks of a recording, whose files begin at unlike times, share one clock.
type window struct {
	at   Time // the clip's first moment on the file's clock
	seek Time // where the file is entered, whole microseconds
	jump bool // else it is read from its beginning
}

// newWindow is the window onto a file for a clip that begins at the time
// stamp at. Nothing is sought that is near the beginning anyway: some demuxers
// that are asked for a time before their first key frame lose it.
func newWindow(m *Media, at Time) window {
	seek := Rational(at.Sub(runUp(m)).FrameFloor(Ratio{1e6, 1}), 1e6)
	return window{at, seek, seek.Cmp(m.Start.Max(Time{}).Add(nearStart)) > 0}
}

// window is newWindow, or for a draft one without a run-up where the file has
// an index: up to a key frame that would be decoded for nothing. The time is
// rounded up, so that a key frame which is the clip's first is not missed.
func (a *Assembly) window(m *Media, at Time) window {
	w := newWindow(m, at)
	if name, _, _ := strings.Cut(m.Format, ","); a.Draft && (name == "mov" || name == "matroska") {
		w.seek = Rational(at.FrameFloor(Ratio{1e6, 1})+1, 1e6)
		w.jump = w.seek.Cmp(m.Start.Max(Time{}).Add(nearStart)) > 0
	}
	return w
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
	if !w.jump {
		return nil
	}
	return []string{"-noaccurate_seek", "-seek_timestamp", "1", "-ss", w.seek.String()}
}

// setpts moves time stamp 0 to the clip's first moment, and has the clock run
// at a speed. It rounds: what ffmpeg does by itself is to cut off, and then a
// frame that stands exactly between two of the film's is now with the one, now
// with the other.
func (w window) setpts(speed Ratio) string {
	shift := "PTS-(" + itoa(w.at.Num()) + "/" + itoa(w.at.Den()) + ")/TB"
	if speed.Num == speed.Den {
		return "round(" + shift + ")"
	}
	return "round((" + shift + ")*" + itoa(speed.Den) + "/" + itoa(speed.Num) + ")"
}
