package editor

import "testing"

// TestSplitKeepsTitlesUp holds that a title which stands to the clip's end
// neither goes at a cut nor comes anew.
func TestSplitKeepsTitlesUp(t *testing.T) {
	c := Clip{ID: "c1", Kind: TitleClip, Duration: Rational(4, 1), Titles: []Title{{Template: "card", At: Rational(1, 1)}}}
	line, err := film(t, c).Split(Rational(3, 1))
	if err != nil {
		t.Fatal(err)
	}
	out := Output{Width: 320, Height: 180, Rate: Ratio{25, 1}, SampleRate: 48000}
	var shown []ShownTitle
	for i := range 2 {
		a := &Assembly{Output: out, timeline: line}
		s := scene{Assembly: a, placed: placed{clip: line.Clip(i)}, frames: line.Clip(i).Length().FrameRound(out.Rate)}
		shown = append(shown, s.letters().titles...)
	}
	if len(shown) != 2 || shown[0].From != Rational(1, 1) || shown[0].To != Rational(4, 1) || shown[1].From != Rational(-2, 1) || shown[1].To != Rational(1, 1) {
		t.Errorf("%+v", shown)
	}
}

// TestDrawnColor holds that what is drawn with BT.601 is what BT.709 shows.
func TestDrawnColor(t *testing.T) {
	for _, c := range [][3]uint8{{0, 0, 0}, {255, 255, 255}, {16, 19, 24}, {224, 80, 48}, {255, 128, 0}, {40, 120, 200}} {
		r, g, b := DrawnColor(c[0], c[1], c[2])
		y := 0.299*float64(r) + 0.587*float64(g) + 0.114*float64(b)
		cb, cr := (float64(b)-y)/1.772, (float64(r)-y)/1.402
		got := [3]float64{y + 1.5748*cr, y - 0.1873*cb - 0.4681*cr, y + 1.8556*cb}
		for i := range got {
			if got[i]-float64(c[i]) > 2 || got[i]-float64(c[i]) < -2 {
				t.Errorf("%v is shown as %.1f", c, got)
			}
		}
	}
}
