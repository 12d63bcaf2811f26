package editor

// grid is where a source's pictures stand in a film: place 0 is the picture
// that is shown at a moment of the file's clock, and the next place one frame
// of the film later.
type grid struct {
	at   Time
	rate Ratio
}

func (g grid) place(t Time) int64 { return t.Sub(g.at).FrameRound(g.rate) }

// part is a stretch of film frames from one source: to be encoded, or made of
// packets as they are.
type part struct {
	from, to int64    // places
	packets  []Packet // one for each place, in the order of decoding; nil: to be encoded
	depth    int      // how many frames a packet is decoded after its place
}

func (p part) frames() int64 { return p.to - p.from }

func (p part) copied() bool { return p.packets != nil }

// split divides the places from..to into what has to be encoded and what can
// be copied:
//
//	from          IDR            IDR          last whole prefix    to
//	 │── encoded ──│──────────── copied ────────────│── encoded ──│
//
// A copied part begins with an entry. It ends before any packet at which
// exactly the pictures of a row of places are decoded: what is decoded before
// leans on nothing later, so that a part need not end with a group. That
// leaves but the pictures between two references to be encoded at the end.
//
// Copied parts are at least so many frames long, unless they are all there is:
// each costs a joint.
func (x *Index) split(g grid, from, to, least int64) []part {
	var parts []part
	encode := func(until int64) {
		if until > from {
			parts = append(parts, part{from: from, to: until})
		}
	}
	for n := x.entryBefore(g.at.Add(Frames(from, g.rate))); n < len(x.entries); n++ {
		first := x.entries[n]
		begin := g.place(x.Time(x.Packets[first]))
		if begin >= to {
			break
		}
		if begin < from {
			continue
		}
		run := x.run(g, first, to)
		if run.frames() < least && (run.from > from || run.to < to) || run.frames() == 0 {
			continue
		}
		encode(run.from)
		parts = append(parts, run)
		from = run.to
	}
	encode(to)
	return parts
}

// run is the longest part that can be copied from an entry on, up to a place.
func (x *Index) run(g grid, first int, to int64) part {
	start := x.Time(x.Packets[first])
	begin := g.place(start)
	own := grid{start, g.rate} // by which a segment is put on the film's grid
	best := part{from: begin, to: begin}
	next := begin             // the first place that is not there yet
	ahead := map[int64]bool{} // places after next that are there
	depth := 0
	for i, p := range x.Packets[first:] {
		t := x.Time(p)
		k := g.place(t)
		if p.Hidden || own.place(t) != k-begin || k < next || k >= to || ahead[k] || len(ahead) > deepest {
			break
		}
		depth = max(depth, i-int(k-begin))
		for ahead[k] = true; ahead[next]; next++ {
			delete(ahead, next)
		}
		if len(ahead) == 0 {
			best.to, best.packets, best.depth = next, x.Packets[first:first+i+1], depth
		}
	}
	return best
}
