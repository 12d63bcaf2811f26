package render

import (
	"parley/editor"
	"parley/editor/render/aac"
)

// placement is where on the film's grid the packets of a sound stand.
type placement struct {
	from  *original
	shift int64     // its packet n becomes the film's packet n+shift
	late  int64     // samples by which it is heard late, for the whole clip the same
	have  aac.Range // the film's packets that there are of it
}

// kept are packets of the film that are copied from an original.
type kept struct {
	from  *original
	shift int64
	aac.Range
}

// Frames of sound that are not copied although nothing is done to them.
const (
	besideCut  = 1                 // where the cut may be faded
	besideMix  = 6                 // where the limiter may still be coming back
	leastKept  = 2*seamSearch + 40 // fewer are not worth the seams
	beyondSeam = encodeRunUp + 2   // decoded beyond the places where a seam may be
)

// keepable finds the packets that can be copied: those of sounds to which, in
// their time, nothing is done. Sounds without a placement are nil. Clips that
// go on where the one before ends, in the same file, are one.
func keepable(sounds, music []editor.Heard, places []*placement) []kept {
	var all []kept
	for i := 0; i < len(sounds); i++ {
		if places[i] == nil {
			continue
		}
		p := *places[i]
		from := sounds[i].First + opening(sounds, i)
		for i+1 < len(sounds) && goesOn(sounds, places, i) {
			i++
			p.have.To = max(p.have.To, places[i].have.To)
		}
		to := end(sounds[i]) - closing(sounds, i)
		for _, quiet := range without([2]int64{from, to}, music) {
			r := aac.Within(quiet[0], quiet[1]).And(aac.Range{From: p.have.From + 1, To: p.have.To - 1})
			if r.Len() >= leastKept {
				all = append(all, kept{p.from, p.shift, r})
			}
		}
	}
	return all
}

func end(h editor.Heard) int64 { return h.First + h.Samples }

// goesOn says whether what follows sound i is what follows it in its file.
func goesOn(sounds []editor.Heard, places []*placement, i int) bool {
	a, b := places[i], places[i+1]
	return b != nil && a.from == b.from && a.shift == b.shift &&
		end(sounds[i]) == sounds[i+1].First && sounds[i].FadeOut == 0 && sounds[i+1].FadeIn == 0
}

// opening and closing are how many samples at a sound's ends are not as they
// were.
func opening(sounds []editor.Heard, i int) int64 {
	n := sounds[i].FadeIn
	if i > 0 {
		n = max(n, end(sounds[i-1])-sounds[i].First)
	}
	return n + beside(n)*aac.FrameSamples
}

func closing(sounds []editor.Heard, i int) int64 {
	n := sounds[i].FadeOut
	if i+1 < len(sounds) {
		n = max(n, end(sounds[i])-sounds[i+1].First)
	}
	return n + beside(n)*aac.FrameSamples
}

func beside(changed int64) int64 {
	if changed > 0 {
		return besideMix
	}
	return besideCut
}

// without are the parts of a stretch of samples under which no music lies.
func without(stretch [2]int64, music []editor.Heard) [][2]int64 {
	free := [][2]int64{stretch}
	for _, m := range music {
		from, to := m.First-besideMix*aac.FrameSamples, end(m)+besideMix*aac.FrameSamples
		var next [][2]int64
		for _, f := range free {
			for _, part := range [][2]int64{{f[0], min(f[1], from)}, {max(f[0], to), f[1]}} {
				if part[0] < part[1] {
					next = append(next, part)
				}
			}
		}
		free = next
	}
	return free
}

// others are the film's packets that have to be encoded: all that are not
// kept, and those that are common to both so that a seam can be found.
func others(all []kept, frames int64) []aac.Range {
	var ranges []aac.Range
	at := int64(-1)
	for _, k := range all {
		ranges = append(ranges, aac.Range{From: at, To: k.From + seamSearch})
		at = k.To - seamSearch - 1
	}
	return append(ranges, aac.Range{From: at, To: frames})
}

// audible are the film's frames of a sound that are needed as samples: all
// that are not inside of what is copied.
func audible(h editor.Heard, p placement, all []kept) []aac.Range {
	left := aac.Range{From: h.First/aac.FrameSamples - 1, To: aac.Frames(end(h)) + 1}.And(p.have)
	var ranges []aac.Range
	for _, k := range all {
		inside := aac.Range{From: k.From + seamSearch + encodeBehind + 2, To: k.To - seamSearch - beyondSeam}.And(left)
		if k.from != p.from || k.shift != p.shift || inside.Len() == 0 {
			continue
		}
		ranges = append(ranges, aac.Range{From: left.From, To: inside.From})
		left.From = inside.To
	}
	return append(ranges, left)
}

// compared are the film's frames of a sound that are needed as samples because
// the film is listened to there when it is done.
func compared(h editor.Heard, p placement, excerpts []int64) []aac.Range {
	own := aac.Range{From: h.First/aac.FrameSamples - 1, To: aac.Frames(end(h)) + 1}.And(p.have)
	var ranges []aac.Range
	for _, at := range excerpts {
		r := aac.Range{From: at/aac.FrameSamples - 1, To: aac.Frames(at+excerptPairs) + 1}.And(own)
		if r.Len() > 0 {
			ranges = append(ranges, r)
		}
	}
	return ranges
}
