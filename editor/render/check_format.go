package render

import (
	"errors"

	"parley/editor"
)

// profiles are what the pictures that we encode are, as ffprobe names it.
var profiles = map[editor.Codec]string{
	editor.H264: "High", editor.HEVC: "Main", editor.VP9: "Profile 0", editor.AV1: "Main",
}

// checkStreams compares what is in the file with what its format holds.
func checkStreams(m *editor.Media, plan *editor.Plan) error {
	out := plan.Output
	want := 0
	if out.Format.Seen() {
		want++
	}
	if out.Format.Heard() {
		want++
	}
	_, seen := m.Video()
	_, heard := m.Audio()
	switch {
	case out.Format.Seen() && !seen:
		return errors.New("it has no picture")
	case out.Format.Heard() && !heard:
		return errors.New("it has no sound")
	}
	return all([]wanted{{"number of streams", streams(m, editor.VideoStream) + streams(m, editor.AudioStream), want}})
}

// streams is how many streams of a kind there are.
func streams(m *editor.Media, kind editor.StreamKind) (n int) {
	for _, s := range m.Streams {
		if s.Kind == kind {
			n++
		}
	}
	return n
}

// checkShape compares the pictures of a file whose format fixes little more
// than their size.
func checkShape(m *editor.Media, out editor.Output) error {
	v, ok := m.Video()
	if !ok {
		return nil // said already
	}
	codec := map[editor.Format]string{editor.GIF: "gif", editor.PNG: "png", editor.JPEG: "mjpeg"}[out.Format]
	return all([]wanted{
		{"codec", v.Codec, codec},
		{"width", v.CodedWidth, out.Width},
		{"height", v.CodedHeight, out.Height},
	})
}
