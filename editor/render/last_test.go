package render

import (
	"testing"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// A preview may begin at the last frame of a clip, and a cut may leave that
// frame alone: where clips do not begin on the film's frames, it stands nearer
// to the end of its source than to the last picture there.
func TestTheLastFrameOfAClipAlone(t *testing.T) {
	source := shot{name: "last.mp4", w: 160, h: 90, rate: "30000/1001", frames: 60}.make(t, t.TempDir())
	p := trimmed(t, project(t, source, source, source), editor.Time{}, editor.Rational(209, 1200))
	out := editor.Output{Width: 160, Height: 90, Rate: editor.Ratio{Num: 60, Den: 1}, SampleRate: 48000}
	open := func(m *editor.Media) []string { return append(ffmpeg.InputOptions(m), "-i", ffmpeg.InputArg(m.Path)) }
	a, err := editor.Assemble(p.Timeline, p.Library, out, editor.Effects{}, open)
	if err != nil {
		t.Fatal(err)
	}
	for frame := int64(0); frame < a.Frames(); {
		_, last, _ := a.Span(frame)
		s, err := a.Pictures(last - 1)
		if err != nil || s.Frames != 1 {
			t.Fatalf("frame %d: %d frames, %v", last-1, s.Frames, err)
		}
		data, err := tools(t).Output(t.Context(), ffmpeg.Command{Args: append(s.Args, glanced(2)...)}, 2*glanceSize)
		if err != nil || len(data) != glanceSize {
			t.Errorf("frame %d: %d bytes, %v", last-1, len(data), err)
		}
		frame = last
	}
}
