package title

import "testing"

// A sketch has a box for each line at least, all of them in the frame, and a
// ground where no picture is behind.
func TestSketches(t *testing.T) {
	b := book(t)
	for _, tmpl := range b.Templates() {
		s := b.Sketch(tmpl.Name)
		if (s.Ground != "") != tmpl.Card {
			t.Errorf("%s stands on %q", tmpl.Name, s.Ground)
		}
		texts := 0
		for _, f := range tmpl.Fields {
			if f.Name != themeField && f.Name != accentField {
				texts++
			}
		}
		if len(s.Boxes) < texts {
			t.Errorf("%s has %d boxes for %d texts", tmpl.Name, len(s.Boxes), texts)
		}
		for _, box := range s.Boxes {
			if box.W <= 0 || box.H <= 0 || box.X < -0.001 || box.Y < -0.001 || box.X+box.W > 1.001 || box.Y+box.H > 1.001 || box.Opacity <= 0 {
				t.Errorf("%s has a box at %v, opacity %g", tmpl.Name, box.Rect, box.Opacity)
			}
		}
	}
	if s := b.Sketch("nothing"); len(s.Boxes) != 0 {
		t.Errorf("there is a sketch of nothing: %v", s)
	}
}

// A lower third lies below, at the left; a card's title in the middle.
func TestASketchIsWhereTheTitleIs(t *testing.T) {
	b := book(t)
	for _, box := range b.Sketch("lower-third").Boxes {
		if box.Y < 0.6 || box.X+box.W > 0.7 {
			t.Errorf("a lower third at %v", box.Rect)
		}
	}
}
