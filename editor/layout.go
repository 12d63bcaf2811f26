package editor

import "strings"

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
