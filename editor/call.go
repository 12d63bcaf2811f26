package editor

import (
	"cmp"
	"fmt"
	"math"
)

// call plans the pictures of a recording: the tracks that its layout shows,
// each in its box.
func (s *scene) call(g *graph) (string, error) {
	layout, err := s.effects.Layout(s.clip.Arrangement)
	if err != nil {
		return "", err
	}
	one := *s
	if s.clip.Stands() {
		one.frames = 1
	}
	picture := one.seated(g, layout)
	if s.clip.Stands() {
		picture = s.hold(g, picture)
	}
	whole := frame{s, &Stream{Width: s.Output.Width, Height: s.Output.Height}, s.whole(), Framing{Pan: s.clip.Framing.Pan}}
	return whole.move(g, picture), nil
}

// seat is a box of a layout with the track that is shown in it.
type seat struct {
	LayoutBox
	track Track
}

// seats are the boxes of a layout for which the recording has a picture. One
// that is left alone has the whole frame.
func (l Layout) seats(r *Recording, out Output) []seat {
	boxes := l.Boxes
	if out.Height > out.Width && len(l.Upright) > 0 {
		boxes = l.Upright
	}
	var taken []seat
	for _, b := range boxes {
		if t, ok := r.Feed(b.Feed); ok {
			taken = append(taken, seat{b, t})
		}
	}
	if len(taken) == 1 && len(boxes) > 1 {
		taken[0].Rect, taken[0].Radius, taken[0].Fit = Whole, 0, cmp.Or(out.Fit, FitInside)
	}
	return taken
}

// seated lays the tracks into their boxes, one over the other.
func (s *scene) seated(g *graph, l Layout) string {
	seats := l.seats(s.source.Recording, s.Output)
	if len(seats) == 1 && seats[0].Rect == Whole {
		return s.track(g, seats[0], s.whole())
	}
	ground := "black"
	if l.Ground != "" {
		ground = "0x" + l.Ground[1:]
	}
	picture := s.ground(g, s.whole(), ground)
	for _, seat := range seats {
		b, x, y := seat.place(s.Output)
		track := s.track(g, seat, b)
		picture = g.chain(picture+track, fmt.Sprintf("overlay=x=%d:y=%d:format=yuv420:eof_action=repeat", x, y))
	}
	return g.chain(picture, tags, "trim=end_frame="+itoa(s.frames))
}

// place is the box in pixels, on even places so that colours do not shift.
func (s seat) place(out Output) (b box, x, y int) {
	even := func(v float64, of int) int { return 2 * int(math.Round(v*float64(of)/2)) }
	x, y = even(s.X, out.Width), even(s.Y, out.Height)
	return box{max(2, even(s.X+s.W, out.Width)-x), max(2, even(s.Y+s.H, out.Height)-y)}, x, y
}

// track plans one track into a box.
func (s *scene) track(g *graph, seat seat, b box) string {
	m := s.source.Tracks[seat.track.ID]
	if m == nil {
		m = &Media{} // it could not be read when the recording was added
	}
	v, _ := m.Video()
	fit := seat.Fit
	if fit == "" {
		fit = FitFill
	}
	return s.stream(g, m, v, Time{}, frame{s, v, b, Framing{Fit: fit}}, s.frames)
}

// blend plans the transition between two pictures during a span, or a part of
// one.
func (a *Assembly) blend(g *graph, s span, labels []string) (string, error) {
	incoming := a.clips[s.clips[1]]
	b, err := a.effects.Blend(incoming.clip.Transition.Kind)
	if err != nil {
		return "", err
	}
	last := a.clips[s.clips[0]].last
	p := Passage{Of: last - incoming.first, First: s.first - incoming.first, Count: s.last - s.first, Output: a.Output}
	g.chains = append(g.chains, labels[0]+a.ticks()+",setpts=N[a]", labels[1]+a.ticks()+",setpts=N[b]", b.Filter(p))
	return "[v]", nil
}
