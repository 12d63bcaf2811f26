package timeline

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"parley/editor"
)

// busyStrip is 500 clips with everything on them, of which three are carried.
func busyStrip(tb testing.TB, w, h float32) *Strip {
	tb.Helper()
	test.NewTempApp(tb)
	s := NewStrip((&told{}).actions(), red, loudWaves)
	s.Resize(fyne.NewSize(w, h))
	clips := make([]Clip, 500)
	for i := range clips {
		clips[i] = movingClip(editor.ClipID(fmt.Sprint("clip ", i)), 0, 12.5, 20)
		clips[i].Titles = []Bar{{seconds(2), seconds(6), "A title"}}
		clips[i].FadeIn, clips[i].Missing = seconds(1), i%50 == 7
		if i%3 == 1 {
			clips[i].Overlap, clips[i].Joined = seconds(1), true
		}
	}
	f := filmOf(clips...)
	for i := range 100 {
		f.Markers = append(f.Markers, Marker{At: seconds(float64(60 * i)), Label: fmt.Sprint("Chapter ", i)})
		f.Tunes = append(f.Tunes, Tune{ID: editor.MusicID(fmt.Sprint(i)), Label: "song", At: seconds(float64(60 * i)), Out: seconds(50), Available: seconds(50)})
	}
	for i := range 2000 {
		f.Cues = append(f.Cues, Span{seconds(float64(3 * i)), seconds(float64(3*i) + 2)})
	}
	m := Model{Film: f, Chosen: make([]bool, 500), Playhead: seconds(40)}
	m.Chosen[2], m.Chosen[3], m.Chosen[9] = true, true, true
	s.Set(m)
	s.scene.drag = drag{held: true, meant: true, on: target{part: onClip, i: 2}, gap: 5, x: 420}
	s.draw(int(w), int(h)) // takes the colours
	return s
}

// scales are zooms at which the whole film is seen, some clips, and frames.
var scales = []float64{0.18, 1, 8, 60, 2400}

func TestDrawingAgainDoesNotAllocate(t *testing.T) {
	s := busyStrip(t, 1280, 212)
	for _, scale := range scales {
		s.zoomTo(scale, 0)
		draw := func() { s.painter.paint(1280, 212, 1, s) }
		draw()
		if n := testing.AllocsPerRun(10, draw); n > 0 {
			t.Errorf("%.0f allocations a drawing at %v units a second, want none", n, scale)
		}
	}
}

func BenchmarkPaint(b *testing.B) {
	for _, scale := range scales {
		for _, px := range []float64{1, 2} {
			b.Run(fmt.Sprintf("%v units a second, %vx", scale, px), func(b *testing.B) {
				s := busyStrip(b, 1280, 212)
				s.zoomTo(scale, 0)
				s.painter.paint(int(1280*px), int(212*px), px, s)
				b.ReportAllocs()
				for b.Loop() {
					s.painter.paint(int(1280*px), int(212*px), px, s)
				}
			})
		}
	}
}

func TestAThemeWithoutAFontDrawsNoNames(t *testing.T) {
	test.NewTempApp(t)
	var l labels
	l.use(fyne.NewStaticResource("broken", []byte("no font")), 12)
	if l.get("name") != nil || l.width([]byte("12")) != 0 {
		t.Error("a broken font wrote something")
	}
	l.use(theme.DefaultTextFont(), 12)
	if mask := l.get("a long name of a clip"); mask == nil || mask != l.get("a long name of a clip") {
		t.Error("a name is not kept")
	}
	if l.width([]byte("12")) <= l.width([]byte("1")) {
		t.Error("figures have no width")
	}
}
