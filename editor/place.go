package editor

import (
	"cmp"
	"math"
)

// Compose applies an arrangement to a recording. shows says which tracks have
// a picture while it lasts; nil: all. What has none gives its place away, so
// that no part of the frame stays black for want of a camera.
func (e Effects) Compose(a Arrangement, r *Recording, shows func(Track) bool, out Output) (Composition, error) {
	l, err := e.Layout(a)
	if err != nil {
		return Composition{}, err
	}
	f := feeds{recording: r, shows: shows}
	for range len(e.Layouts) { // ends where layouts stand for each other in a ring
		if _, ok := f.find(l.boxes(out)[0].Feed); ok || l.Else == "" {
			break
		}
		if l, err = e.Layout(Arrangement(l.Else)); err != nil {
			return Composition{}, err
		}
	}
	return Composition{Ground: l.Ground, Boxes: f.place(l.boxes(out), out)}, nil
}

// boxes are those for a frame of the output's shape. There is at least one.
func (l Layout) boxes(out Output) []LayoutBox {
	switch {
	case out.Height > out.Width && len(l.Upright) > 0:
		return l.Upright
	case len(l.Boxes) > 0:
		return l.Boxes
	}
	return []LayoutBox{{Feed: MyCamera, Rect: Whole}}
}

// feeds are the pictures that a recording has.
type feeds struct {
	recording *Recording
	shows     func(Track) bool
}

// Feed finds the track that shows a picture of the call.
func (r *Recording) Feed(f Feed) (Track, bool) { return feeds{recording: r}.find(f) }

func (f feeds) find(feed Feed) (Track, bool) {
	if feed == AnyScreen {
		if t, ok := f.find(TheirScreen); ok {
			return t, true
		}
		feed = MyScreen
	}
	for _, t := range f.recording.Of(VideoStream) {
		if t.feed() == feed && (f.shows == nil || f.shows(t)) {
			return t, true
		}
	}
	return Track{}, false
}

// place gives each box its picture. A box without one is left out; one that
// remains alone gets the whole frame. Where nothing remains, the first picture
// that there is does: what was asked for is not there, but something is.
func (f feeds) place(boxes []LayoutBox, out Output) []Placed {
	var all []Placed
	for _, b := range boxes {
		if t, ok := f.find(b.Feed); ok {
			all = append(all, b.place(t, out))
		}
	}
	if len(all) == len(boxes) {
		return all
	}
	whole := LayoutBox{Rect: Whole, Fit: cmp.Or(out.Fit, FitInside)}
	if len(all) == 1 {
		return []Placed{whole.place(all[0].Track, out)}
	}
	if len(all) > 1 {
		return all
	}
	for _, feed := range []Feed{TheirCamera, MyCamera, AnyScreen} {
		if t, ok := f.find(feed); ok {
			return []Placed{whole.place(t, out)}
		}
	}
	return nil
}

// place puts a track into the box. Edges lie on even pixels, and boxes that
// touch in the layout touch in the frame.
func (b LayoutBox) place(t Track, out Output) Placed {
	x, w := edges(b.X, b.X+b.W, out.Width)
	y, h := edges(b.Y, b.Y+b.H, out.Height)
	radius := int(math.Round(b.Radius * float64(min(out.Width, out.Height))))
	fit := b.Fit
	if fit == "" {
		fit = FitFill
	}
	return Placed{Track: t, X: x, Y: y, W: w, H: h, Fit: fit, Radius: min(radius, w/2, h/2)}
}

// edges are the first pixel and the length of a part of a side.
func edges(from, to float64, side int) (start, length int) {
	at := func(f float64) int { return min(max(0, 2*int(math.Round(f*float64(side)/2))), side) }
	start = min(at(from), side-2)
	return start, max(2, at(to)-start)
}
