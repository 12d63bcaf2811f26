package editor

import (
	"fmt"
	"testing"
)

// coded is a picture of a made-up stream: where it is shown, and the pictures
// that it leans on, by where they are shown.
type coded struct {
	shown int
	leans []int
	entry bool
}

// stream is the pictures of a made-up stream in the order of decoding.
type stream []coded

// group is how a made-up stream is coded.
type group struct {
	length  int  // pictures from key frame to key frame
	bs      int  // pictures between two references: 0 to 3
	pyramid bool // the middle one of three is leant on
	open    bool // pictures before a key frame lean on both sides of it
}

// code makes n pictures as an encoder does: references first, and what stands
// between them after them.
func (g group) code(n int) stream {
	var s stream
	last := -1 // the last reference
	for start := 0; start < n; start += g.length {
		end := min(start+g.length, n)
		if g.open && start > 0 {
			s = append(s, coded{shown: start})
			s = g.between(s, last, start)
		} else {
			s = append(s, coded{shown: start, entry: true})
		}
		for last = start; last < end-1; {
			next := min(last+g.bs+1, end-1)
			if g.open && end < n && end-1-last <= g.bs { // they stand before the next key frame
				break
			}
			s = append(s, coded{shown: next, leans: []int{last}})
			s = g.between(s, last, next)
			last = next
		}
	}
	return s
}

// between codes the pictures between two references.
func (g group) between(s stream, a, b int) stream {
	if a+1 >= b {
		return s
	}
	middle := (a + b) / 2
	if !g.pyramid {
		middle = a + 1
	}
	s = append(s, coded{shown: middle, leans: []int{a, b}})
	for k := a + 1; k < b; k++ {
		switch {
		case k == middle:
		case g.pyramid && k < middle:
			s = append(s, coded{shown: k, leans: []int{a, middle}})
		case g.pyramid:
			s = append(s, coded{shown: k, leans: []int{middle, b}})
		default:
			s = append(s, coded{shown: k, leans: []int{a, b}})
		}
	}
	return s
}

// index lists the stream's packets at 1/90000 s; shift moves picture k in time.
func (s stream) index(t testing.TB, rate Ratio, shift func(k int) int64) *Index {
	t.Helper()
	packets := make([]Packet, len(s))
	for i, c := range s {
		at := Frames(int64(c.shown), rate).FrameRound(Ratio{90000, 1})
		packets[i] = Packet{At: at + shift(c.shown), Size: int32(c.shown), Entry: c.entry}
	}
	x, err := NewIndex(Rational(1, 90000), packets)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func steady(int) int64 { return 0 }

// sound says what is wrong with the parts of the places from..to; Size of a
// packet is the number of its picture, which stands at place number-at.
func (s stream) sound(parts []part, from, to, at int64) error {
	next := from
	for _, p := range parts {
		if p.from != next || p.to <= p.from {
			return fmt.Errorf("part %d..%d begins where %d is due", p.from, p.to, next)
		}
		if next = p.to; !p.copied() {
			continue
		}
		if !p.packets[0].Entry {
			return fmt.Errorf("part %d..%d begins with no entry", p.from, p.to)
		}
		if err := s.decodes(p, at); err != nil {
			return err
		}
	}
	if next != to {
		return fmt.Errorf("the parts end at %d instead of %d", next, to)
	}
	return nil
}

// decodes follows a copied part as a decoder does.
func (s stream) decodes(p part, at int64) error {
	leans := map[int][]int{}
	for _, c := range s {
		leans[c.shown] = c.leans
	}
	done := map[int]bool{}
	for i, packet := range p.packets {
		n := int(packet.Size)
		for _, other := range leans[n] {
			if !done[other] {
				return fmt.Errorf("part %d..%d: picture %d leans on %d, which is not there", p.from, p.to, n, other)
			}
		}
		done[n] = true
		if late := i - int(int64(n)-at-p.from); late > p.depth {
			return fmt.Errorf("part %d..%d: picture %d is decoded %d frames late, and not %d", p.from, p.to, n, late, p.depth)
		}
	}
	for k := p.from; k < p.to; k++ {
		if !done[int(k+at)] {
			return fmt.Errorf("part %d..%d lacks picture %d", p.from, p.to, k+at)
		}
	}
	if n := int64(len(p.packets)); n != p.frames() {
		return fmt.Errorf("part %d..%d has %d packets", p.from, p.to, n)
	}
	return nil
}

func copiedFrames(parts []part) (n int64) {
	for _, p := range parts {
		if p.copied() {
			n += p.frames()
		}
	}
	return n
}

// TestSplit trims streams of every kind at all positions relative to key
// frames and the pictures between references.
func TestSplit(t *testing.T) {
	const n, least = 60, 4
	for _, bs := range []int{0, 1, 2, 3} {
		for _, length := range []int{1, 5, 12, 13, 30} {
			for _, open := range []bool{false, true} {
				g := group{length: length, bs: bs, pyramid: bs == 3, open: open}
				s := g.code(n)
				if len(s) != n {
					t.Fatalf("%+v makes %d pictures", g, len(s))
				}
				x := s.index(t, Ratio{30, 1}, steady)
				for from := int64(0); from < n; from++ {
					for to := from + 1; to <= n; to++ {
						parts := x.split(grid{rate: Ratio{30, 1}}, from, to, least)
						if err := s.sound(parts, from, to, 0); err != nil {
							t.Fatalf("%+v from %d to %d: %v", g, from, to, err)
						}
						if err := g.thrifty(parts, from, to, least); err != nil {
							t.Fatalf("%+v from %d to %d: %v", g, from, to, err)
						}
					}
				}
			}
		}
	}
}

// thrifty says whether more was encoded than had to be: what stands before the
// first entry, and fewer than the pictures of one group of Bs at the end.
func (g group) thrifty(parts []part, from, to, least int64) error {
	length := int64(g.length)
	entry := (from + length - 1) / length * length
	if g.open && from > 0 {
		entry = to
	}
	most := min(entry, to) - from + int64(g.bs)
	if to-entry < least+int64(g.bs) && !(entry == from && g.bs == 0) {
		return nil // not worth a joint
	}
	if encoded := to - from - copiedFrames(parts); encoded > most {
		return fmt.Errorf("%d frames are encoded, and %d would do", encoded, most)
	}
	return nil
}

// TestSplitUneven copies sources whose pictures are not quite where the
// film's are, as long as each is nearest to its own place, and encodes around
// a picture that is missing.
func TestSplitUneven(t *testing.T) {
	g := group{length: 10, bs: 2}
	jitter := func(k int) int64 { return int64(k*7919%1201) - 600 } // up to 600 of 3000 ticks
	drift := func(k int) int64 { return int64(k) * 10 }
	missing := func(k int) int64 {
		if k >= 25 {
			return 3000
		}
		return 0
	}
	double := func(k int) int64 {
		if k == 25 {
			return -2000
		}
		return 0
	}
	tests := []struct {
		name  string
		rate  Ratio // of the source
		film  Ratio
		shift func(int) int64
		to    int64
		want  string
	}{
		{"jitter", Ratio{30, 1}, Ratio{30, 1}, jitter, 60, "c0-60"},
		{"drift", Ratio{30, 1}, Ratio{30, 1}, drift, 60, "c0-60"},
		{"a place without a picture", Ratio{30, 1}, Ratio{30, 1}, missing, 61, "c0-24 e24-31 c31-61"},
		{"two pictures at one place", Ratio{30, 1}, Ratio{30, 1}, double, 60, "c0-24 e24-30 c30-60"},
		{"longer than the source", Ratio{30, 1}, Ratio{30, 1}, steady, 65, "c0-60 e60-65"},
		{"twice the rate", Ratio{60, 1}, Ratio{30, 1}, steady, 30, "e0-30"},
		{"half the rate", Ratio{15, 1}, Ratio{30, 1}, steady, 120, "e0-120"},
		{"nearly the rate", Ratio{30000, 1001}, Ratio{30, 1}, steady, 60, "c0-60"},
	}
	for _, tt := range tests {
		x := g.code(60).index(t, tt.rate, tt.shift)
		if got := drawn(x.split(grid{rate: tt.film}, 0, tt.to, 4)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func drawn(parts []part) (text string) {
	for i, p := range parts {
		if i > 0 {
			text += " "
		}
		kind := "e"
		if p.copied() {
			kind = "c"
		}
		text += fmt.Sprintf("%s%d-%d", kind, p.from, p.to)
	}
	return text
}

// TestSplitHidden shows nothing that an edit list hides.
func TestSplitHidden(t *testing.T) {
	x := group{length: 10, bs: 0}.code(40).index(t, Ratio{30, 1}, steady)
	for i := range 13 {
		x.Packets[i].Hidden = true
	}
	if got := drawn(x.split(grid{rate: Ratio{30, 1}}, 0, 40, 4)); got != "e0-20 c20-40" {
		t.Errorf("13 hidden pictures: %s", got)
	}
}

// FuzzSplit holds, whatever a file says of its packets: the parts make up the
// range, and every copied one is a whole row of places from an entry on.
func FuzzSplit(f *testing.F) {
	f.Add([]byte("\x80\x00\x01\x02\x83\x04\x05"), int64(0), int64(9), int64(1), int64(90), int64(30))
	f.Add([]byte("\x80\x03\x01\x02\x84\x07\x05\x06"), int64(-3), int64(30), int64(3), int64(1<<40), int64(1))
	f.Fuzz(func(t *testing.T, data []byte, from, length, least, ticks, fps int64) {
		if length < 0 || length > 1<<12 || abs(from) > 1<<30 || ticks <= 0 || fps <= 0 || fps > 1000 {
			return
		}
		packets := make([]Packet, len(data))
		for i, b := range data {
			packets[i] = Packet{At: int64(b&0x3f) * (ticks / fps), Entry: b&0x80 != 0, Hidden: b&0x40 != 0}
		}
		x, err := NewIndex(Rational(1, ticks), packets)
		if err != nil {
			return
		}
		g := grid{rate: Ratio{fps, 1}}
		next := from
		for _, p := range x.split(g, from, from+length, least) {
			if p.from != next || p.to <= p.from {
				t.Fatalf("part %d..%d after %d", p.from, p.to, next)
			}
			next = p.to
			if !p.copied() {
				continue
			}
			seen := map[int64]bool{}
			for _, packet := range p.packets {
				if k := g.place(x.Time(packet)); k < p.from || k >= p.to || packet.Hidden {
					t.Fatalf("part %d..%d holds place %d", p.from, p.to, k)
				} else {
					seen[k] = true
				}
			}
			if int64(len(seen)) != p.frames() || int64(len(p.packets)) != p.frames() || !p.packets[0].Entry {
				t.Fatalf("part %d..%d has %d places", p.from, p.to, len(seen))
			}
		}
		if next != from+length {
			t.Fatalf("the parts end at %d", next)
		}
	})
}

func TestNearest(t *testing.T) {
	rate := Ratio{30, 1}
	x := group{length: 12, bs: 3, pyramid: true}.code(60).index(t, rate, steady)
	for k := range int64(60) {
		at := Frames(k, rate)
		for _, off := range []Time{{}, Rational(1, 100), Rational(-1, 100), Rational(-1, 60)} {
			if got, ok := x.Nearest(at.Add(off), rate); !ok || got != at {
				t.Errorf("%s s after picture %d: %s, want %s", off, k, got, at)
			}
		}
	}
	x.Packets[0].Hidden = true
	for _, at := range []Time{{}, Rational(-1, 10), Rational(21, 10)} {
		if got, ok := x.Nearest(at, rate); ok {
			t.Errorf("at %s s there is a picture of %s s", at, got)
		}
	}
}

func TestNewIndexRefuses(t *testing.T) {
	for name, packets := range map[string][]Packet{
		"nothing":           nil,
		"no entry":          {{At: 1}, {At: 2}},
		"entries that jump": {{At: 5, Entry: true}, {At: 5, Entry: true}},
		"too many":          make([]Packet, MaxPackets+1),
	} {
		if _, err := NewIndex(Rational(1, 90000), packets); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	if _, err := NewIndex(Time{}, []Packet{{Entry: true}}); err == nil {
		t.Error("a tick of no time is taken")
	}
}

func BenchmarkSplit(b *testing.B) {
	x := group{length: 250, bs: 3, pyramid: true}.code(18000).index(b, Ratio{30, 1}, steady)
	b.ReportAllocs()
	for b.Loop() {
		x.split(grid{rate: Ratio{30, 1}}, 100, 17900, 30)
	}
}
