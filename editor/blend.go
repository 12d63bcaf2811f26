package editor

// Blend is a kind of transition.
type Blend struct {
	Name  string // what a project calls it, as in "crossfade"
	Label string // for people, to be translated

	// Filter is the part of a filter graph that makes [v] of [a], the picture
	// that goes, and [b], the one that comes. Both are of the film's size, in
	// yuv420p with the film's colours, and have exactly p.Count frames with
	// the time stamps 0, 1, 2… in frames; so has [v]. Labels of its own begin
	// with "blend".
	Filter func(p Passage) string
}

// Passage is the part of a transition that is made in one run.
type Passage struct {
	Of     int64 // frames of the whole transition, at least 1
	First  int64 // number of the first frame that is made, from 0
	Count  int64 // frames that are made, at least 1; First+Count <= Of
	Output Output
}

// Gone is which part of the way is gone when frame i of the transition is
// shown. It is neither 0 nor 1: the first frame shows already that something
// begins, the last that it is not quite over.
func (p Passage) Gone(i int64) float64 { return float64(i+1) / float64(p.Of+1) }
