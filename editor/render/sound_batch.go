package render

import "parley/editor/render/aac"

// The encoder is run over stretches of the film's sound, each of which stands
// on the film's grid of frames. Before what is wanted it gets some frames to
// find its pace, whose packets are thrown away; behind it some more, because
// it looks ahead.
const (
	encodeRunUp  = 8
	encodeBehind = 4
	seamSearch   = 20 // frames in which two streams both have packets, to be joined in one of them
)

// batch is what one run of the encoder makes: stretches behind each other.
type batch struct {
	name      string // of its file of packets
	stretches []stretch
	frames    int64 // of sound that it is given
}

// stretch is packets of the film, and where they are in their batch.
type stretch struct {
	aac.Range
	first int64 // frame of the film at which its samples begin
	count int64 // frames that it is given
	shift int64 // the batch's packet n is the film's packet n+shift
}

// batches divides ranges of the film's packets, in order, into batches of
// about longest frames. Parts of one range have seamSearch packets in common.
func batches(ranges []aac.Range, longest int64) []batch {
	var all []batch
	add := func(r aac.Range) {
		s := stretch{Range: r, first: r.From - encodeRunUp}
		s.count = r.To + encodeBehind - s.first
		n := len(all) - 1
		if n < 0 || all[n].frames+s.count > longest+encodeRunUp+encodeBehind {
			all = append(all, batch{})
			n++
		}
		s.shift = s.first - all[n].frames - 1 // the encoder's first packet begins a frame early
		all[n].stretches = append(all[n].stretches, s)
		all[n].frames += s.count
	}
	for _, r := range ranges {
		for r.Len() > longest+longest/2 {
			add(aac.Range{From: r.From, To: r.From + longest})
			r.From += longest - seamSearch
		}
		if r.Len() > 0 {
			add(r)
		}
	}
	return all
}
