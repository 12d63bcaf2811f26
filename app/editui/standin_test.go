package editui

import (
	"image"
	"image/color"
	"testing"

	"parley/editor"
)

// A picture stands where the film has it: in the middle, all of it, with black
// beside it.
func TestStandIn(t *testing.T) {
	upright := image.NewRGBA(image.Rect(0, 0, 90, 160))
	for i := range upright.Pix {
		upright.Pix[i] = 255
	}
	var s standIn
	got := s.get(upright, 16.0/9)
	if got.Rect.Dx() != 284 || got.Rect.Dy() != 160 {
		t.Fatalf("the frame is %v", got.Rect)
	}
	black, white := color.RGBA{0, 0, 0, 255}, color.RGBA{255, 255, 255, 255}
	for x, want := range map[int]color.RGBA{0: black, 96: black, 97: white, 186: white, 187: black, 283: black} {
		if at := got.RGBAAt(x, 80); at != want {
			t.Errorf("at %d it is %v, want %v", x, at, want)
		}
	}
	if s.get(upright, 16.0/9) != got {
		t.Error("it is made again for every look")
	}
	if s.get(upright, 9.0/16) != upright {
		t.Error("a picture of the film's shape is laid anew")
	}
	if s.get(nil, 1) != nil {
		t.Error("nothing stands for something")
	}
}

func TestAsItIs(t *testing.T) {
	if !asItIs(editor.Framing{}) || !asItIs(editor.Framing{Fit: editor.FitInside, Crop: editor.Whole}) {
		t.Error("a picture that nothing was done to cannot stand for itself")
	}
	for _, f := range []editor.Framing{{Fit: editor.FitFill}, {Rotate: 90}, {Crop: editor.Rect{X: 0.1, W: 0.5, H: 0.5}}} {
		if asItIs(f) {
			t.Errorf("%+v looks like its source", f)
		}
	}
}
