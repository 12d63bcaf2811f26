package aac

import (
	"bytes"
	"errors"
	"slices"
	"testing"
)

func TestFit(t *testing.T) {
	tests := []struct {
		name   string
		starts []int64
		first  int64
		ok     bool
	}{
		{"exact", []int64{-1024, 0, 1024}, -1024, true},
		{"rounded to a millisecond", []int64{0, 1008, 2064, 3072}, 0, true},
		{"a gap", []int64{0, 1024, 3072, 4096}, 0, false},
		{"a fast clock", []int64{0, 1124, 2248, 3372, 4496, 5620}, 300, false},
		{"nothing", nil, 0, false},
	}
	for _, tt := range tests {
		first, ok := Fit(tt.starts)
		if ok != tt.ok || ok && first != tt.first {
			t.Errorf("%s: %d, %v", tt.name, first, ok)
		}
	}
}

func TestPlace(t *testing.T) {
	tests := []struct {
		first, source, film int64
		want                Placement
	}{
		{0, 0, 0, Placement{0, 0}},
		{-1024, 0, 0, Placement{-1, 0}},
		{-1024, 0, 500, Placement{-1, -500}},
		{-1024, 0, 600, Placement{0, 424}},
		{0, 48000, 0, Placement{-47, -128}},
		{0, 512, 0, Placement{0, 512}},
		{0, 513, 0, Placement{-1, -511}},
		{7, 1 << 40, 1 << 40, Placement{0, -7}},
	}
	for _, tt := range tests {
		got := Place(tt.first, tt.source, tt.film)
		if got != tt.want {
			t.Errorf("%+v: %+v", tt, got)
		}
		if got.Late < -FrameSamples/2 || got.Late > FrameSamples/2 {
			t.Errorf("%+v is late by more than half a packet", got)
		}
	}
}

// TestWithin are the packets whose slopes lie where nothing is changed: the
// first slope of packet n is in frame n, the last one in frame n+1.
func TestWithin(t *testing.T) {
	tests := []struct {
		from, to int64
		want     Range
	}{
		{0, 10 * 1024, Range{0, 9}},
		{1, 10 * 1024, Range{1, 9}},
		{1024, 10*1024 - 1, Range{1, 8}},
		{-1, 4096, Range{0, 3}},
	}
	for _, tt := range tests {
		if got := Within(tt.from, tt.to); got != tt.want {
			t.Errorf("%d to %d: %+v instead of %+v", tt.from, tt.to, got, tt.want)
		}
	}
}

// TestFollows is the rule of the seam in all that it has to tell apart.
func TestFollows(t *testing.T) {
	w := func(sequence, shape byte) Window { return Window{true, sequence, shape} }
	tests := []struct {
		name                string
		right, left, before Window
		want                bool
	}{
		{"long to long", w(onlyLong, 1), w(onlyLong, 1), w(onlyLong, 1), true},
		{"another shape", w(onlyLong, 1), w(onlyLong, 0), w(onlyLong, 1), false},
		{"the shape that comes later does not matter", w(onlyLong, 0), w(onlyLong, 1), w(onlyLong, 1), true},
		{"long to short", w(eightShort, 0), w(onlyLong, 0), w(longStart, 0), false},
		{"short to long", w(onlyLong, 0), w(eightShort, 0), w(onlyLong, 0), false},
		{"start to short", w(eightShort, 0), w(longStart, 0), w(longStart, 0), true},
		{"short to stop", w(longStop, 1), w(eightShort, 0), w(eightShort, 0), true},
		{"stop to start", w(longStart, 0), w(longStop, 1), w(onlyLong, 1), true},
		{"unknown left", w(onlyLong, 1), Window{}, w(onlyLong, 1), false},
		{"unknown before", w(onlyLong, 1), w(onlyLong, 1), Window{}, false},
		{"unknown right", Window{}, w(onlyLong, 1), w(onlyLong, 1), false},
	}
	for _, tt := range tests {
		if got := tt.right.Follows(tt.left, tt.before); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

// packets are so many packets of a stream whose windows a text tells: l is a
// long one, s short, k a long one of the other shape. Their last byte is
// their number after from.
func packets(t *testing.T, text string, from byte) *Stream {
	var blocks [][]byte
	for i, r := range []byte(text) {
		b := map[byte][]byte{'l': block(onlyLong, 1, 0), 's': block(eightShort, 0, 0), 'k': block(onlyLong, 0, 0)}[r]
		b[len(b)-1] = from + byte(i)
		blocks = append(blocks, b)
	}
	return stream(t, stereo, blocks...)
}

// TestJoin cuts takes to each other: as late as possible where the left one
// is a copy, as early as possible else, and only where windows fit.
func TestJoin(t *testing.T) {
	take := func(text string, from int64, copied bool) Take {
		return Take{Stream: packets(t, text, byte(from)), Shift: from, Range: Range{from + 1, from + int64(len(text))}, Copied: copied}
	}
	tests := []struct {
		name  string
		takes []Take
		want  []Range
		fails bool
	}{
		{"copied to encoded", []Take{take("llllllll", 0, true), take("llllllll", 4, false)}, []Range{{1, 8}, {8, 12}}, false},
		{"short at the end", []Take{take("llllllss", 0, true), take("llllllll", 4, false)}, []Range{{1, 6}, {6, 12}}, false},
		{"encoded to copied", []Take{take("llllllll", 0, false), take("llllllll", 4, true)}, []Range{{1, 5}, {5, 12}}, false},
		{"the copy begins short", []Take{take("llllllll", 0, false), take("lssllllll", 4, true)}, []Range{{1, 8}, {8, 13}}, false},
		{"another shape", []Take{take("llllllll", 0, false), take("kkkkkkkk", 4, true)}, nil, true},
		{"too far from each other", []Take{take("llll", 0, false), take("llllllll", 4, true)}, nil, true},
		{"three", []Take{take("llllllll", 0, false), take("lllllllll", 4, true), take("llllllll", 9, false)}, []Range{{1, 5}, {5, 13}, {13, 17}}, false},
	}
	for _, tt := range tests {
		joined, err := Join(tt.takes)
		if seamErr := (*SeamError)(nil); errors.As(err, &seamErr) != tt.fails {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var got []Range
		for _, j := range joined {
			got = append(got, j.Range)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v instead of %v", tt.name, got, tt.want)
		}
		if !tt.fails {
			written(t, tt.name, joined)
		}
	}
}

// written checks that the packets come out in the order of their numbers.
func written(t *testing.T, name string, joined []Take) {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, joined); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	whole, err := ReadStream(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for n, p := range whole.packets {
		last := out.Bytes()[p.at+int64(p.size)-1]
		if want := joined[0].From + int64(n); int64(last) != want {
			t.Errorf("%s: packet %d is number %d", name, want, last)
		}
	}
}

func TestWriteRefusesGaps(t *testing.T) {
	s := packets(t, "llll", 0)
	gap := []Take{{Stream: s, Range: Range{0, 1}}, {Stream: s, Range: Range{2, 3}}}
	other := []Take{{Stream: s, Range: Range{0, 1}}, {Stream: stream(t, Config{44100, 2}, block(0, 1, 0), block(0, 1, 1)), Range: Range{1, 2}}}
	beyond := []Take{{Stream: s, Range: Range{0, 5}}}
	for _, takes := range [][]Take{gap, other, beyond} {
		if err := Write(&bytes.Buffer{}, takes); !errors.Is(err, ErrStream) {
			t.Errorf("%+v: %v", takes, err)
		}
	}
}
