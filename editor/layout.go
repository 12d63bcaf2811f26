package editor

import (
	"errors"
	"fmt"
	"strings"
)

// Layout is how the pictures of a call share the frame.
type Layout struct {
	Name    string      // what a project calls it, as in "picture-in-picture"
	Label   string      // for people, to be translated
	Ground  string      // colour behind the boxes, "#rrggbb"; empty: black
	Boxes   []LayoutBox // drawn in this order, later ones over earlier ones
	Upright []LayoutBox // instead of Boxes where the frame is higher than wide; empty: Boxes
	Else    string      // the layout to take where the first box has no picture; empty: the others get its place
}

// LayoutBox is a part of the frame with the picture that is shown in it.
type LayoutBox struct {
	Feed   Feed
	Rect           // in fractions of the frame
	Fit    Fit     // FitInside, or FitFill ("" too)
	Radius float64 // of its corners, in fractions of the frame's shorter side
}

// Feed is a picture of a call.
type Feed string

// The pictures that a call can have.
const (
	MyCamera    Feed = "me"
	TheirCamera Feed = "them"
	MyScreen    Feed = "me-screen"
	TheirScreen Feed = "them-screen"
	AnyScreen   Feed = "screen" // whichever there is, theirs first
)

// maxBoxes bounds a layout.
const maxBoxes = 16

// Check says in one sentence what is wrong with the layout.
func (l Layout) Check() error {
	switch {
	case !effectName(l.Name):
		return fmt.Errorf("%q cannot be the name of a layout: it takes small letters, digits and hyphens", l.Name)
	case l.Else != "" && !effectName(l.Else):
		return fmt.Errorf("%q cannot be the name of a layout", l.Else)
	case l.Label == "":
		return errors.New("the layout has no label")
	case l.Ground != "" && !IsColor(l.Ground):
		return fmt.Errorf("%q is no colour; write it as #rrggbb", l.Ground)
	case len(l.Boxes) == 0 || len(l.Boxes) > maxBoxes || len(l.Upright) > maxBoxes:
		return fmt.Errorf("the layout has %d boxes and %d for upright frames; 1 to %d are possible", len(l.Boxes), len(l.Upright), maxBoxes)
	}
	for _, b := range append(l.Boxes[:len(l.Boxes):len(l.Boxes)], l.Upright...) {
		if err := b.check(); err != nil {
			return err
		}
	}
	return nil
}

func (b LayoutBox) check() error {
	switch b.Feed {
	case MyCamera, TheirCamera, MyScreen, TheirScreen, AnyScreen:
	default:
		return fmt.Errorf("%q is no picture of a call; choose me, them, me-screen, them-screen or screen", b.Feed)
	}
	if b.W < smallestRect || b.H < smallestRect || b.X < -slack || b.Y < -slack || b.X+b.W > 1+slack || b.Y+b.H > 1+slack {
		return fmt.Errorf("the box at %g, %g of %g by %g is not inside the frame", b.X, b.Y, b.W, b.H)
	}
	if b.Fit != "" && b.Fit != FitInside && b.Fit != FitFill {
		return fmt.Errorf("%q is no way to fit a picture into a box; choose inside or fill", b.Fit)
	}
	if b.Radius < 0 || b.Radius > 0.5 {
		return fmt.Errorf("corners of %g of the frame are not possible; choose 0 to 0.5", b.Radius)
	}
	return nil
}

// IsColor says whether a text is a colour as in "#1e90ff".
func IsColor(s string) bool {
	return len(s) == len("#rrggbb") && s[0] == '#' && strings.Trim(strings.ToLower(s[1:]), "0123456789abcdef") == ""
}

// feed is what a video track shows. The recorder names the tracks of shared
// screens so.
func (t Track) feed() Feed {
	for _, screen := range []Feed{MyScreen, TheirScreen} {
		if strings.HasPrefix(t.ID, string(screen)) {
			return screen
		}
	}
	return Feed(t.Who)
}

// plainLayouts are the layouts that are always there.
func plainLayouts() []Layout {
	left, right := Rect{0, 0, 0.5, 1}, Rect{0.5, 0, 0.5, 1}
	above, below := Rect{0, 0, 1, 0.5}, Rect{0, 0.5, 1, 0.5}
	box := func(f Feed, r Rect) LayoutBox { return LayoutBox{Feed: f, Rect: r, Fit: FitInside} }
	return []Layout{
		{Name: string(SideBySide), Label: "Side by side",
			Boxes:   []LayoutBox{box(MyCamera, left), box(TheirCamera, right)},
			Upright: []LayoutBox{box(MyCamera, above), box(TheirCamera, below)}},
		{Name: string(OnlyMe), Label: "Only me", Boxes: []LayoutBox{box(MyCamera, Whole)}},
		{Name: string(OnlyThem), Label: "Only them", Boxes: []LayoutBox{box(TheirCamera, Whole)}},
	}
}
