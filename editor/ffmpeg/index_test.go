package ffmpeg

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/editor"
)

const indexed = "-f lavfi -i testsrc2=s=160x90:r=25 -frames:v 60 -c:v libx264 -preset veryfast -g 20 -sc_threshold 0 "

// TestIndex lists streams of each container and of open and closed groups:
// every picture once, and entries where an IDR picture is.
func TestIndex(t *testing.T) {
	tools := found(t)
	tests := []struct {
		name, args string
		entries    []int64 // picture numbers
	}{
		{"closed.mp4", indexed + "-bf 3", []int64{0, 20, 40}},
		{"closed.mkv", indexed + "-bf 3", []int64{0, 20, 40}},
		{"closed.ts", indexed + "-bf 3", []int64{0, 20, 40}},
		{"plain.flv", indexed + "-bf 0", []int64{0, 20, 40}},
		{"open.mp4", indexed + "-bf 3 -x264-params open-gop=1", []int64{0}},
		{"open.ts", indexed + "-bf 3 -x264-params open-gop=1", []int64{0}},
	}
	for _, tt := range tests {
		m := probe(t, tools, generate(t, tools, tt.name, tt.args))
		x, err := tools.Index(t.Context(), m, video(t, m))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var shown, entries []int64
		for _, p := range x.Packets {
			n := x.Time(p).Sub(m.Origin()).FrameRound(editor.Ratio{Num: 25, Den: 1})
			if shown = append(shown, n); p.Entry {
				entries = append(entries, n)
			}
		}
		if slices.Sort(shown); len(shown) != 60 || shown[0] != 0 || shown[59] != 59 || len(slices.Compact(shown)) != 60 {
			t.Errorf("%s: pictures %v", tt.name, shown)
		}
		if !slices.Equal(entries, tt.entries) {
			t.Errorf("%s: entries %v, want %v", tt.name, entries, tt.entries)
		}
	}
}

// TestIndexEditList marks what an edit list hides.
func TestIndexEditList(t *testing.T) {
	tools := found(t)
	whole := generate(t, tools, "whole.mp4", indexed+"-bf 0")
	m := probe(t, tools, generate(t, tools, "cut.mp4", "-ss 0.24 -i", InputArg(whole), "-c", "copy"))
	x, err := tools.Index(t.Context(), m, video(t, m))
	if err != nil {
		t.Fatal(err)
	}
	hidden := 0
	for _, p := range x.Packets {
		if p.Hidden {
			hidden++
		}
	}
	if hidden != 6 {
		t.Errorf("%d pictures are hidden, want 6", hidden)
	}
}

// TestIndexOfChangingSets refuses a stream whose parameter sets change: the
// header's would decode half of it.
func TestIndexOfChangingSets(t *testing.T) {
	tools := found(t)
	one := generate(t, tools, "one.ts", indexed)
	two := generate(t, tools, "two.ts", indexed+"-coder vlc")
	both := generate(t, tools, "both.ts", "-i", "concat:"+one+"|"+two, "-c", "copy")
	m := probe(t, tools, both)
	if _, err := tools.Index(t.Context(), m, video(t, m)); !errors.Is(err, editor.ErrIndex) {
		t.Errorf("error %v", err)
	}
}

// TestIndexIsRemembered lists a file once, until it changes.
func TestIndexIsRemembered(t *testing.T) {
	tools := found(t)
	path := generate(t, tools, "a.mp4", indexed)
	m := probe(t, tools, path)
	first, err := tools.Index(t.Context(), m, video(t, m))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := tools.Index(t.Context(), m, video(t, m)); err != nil || again != first {
		t.Errorf("listed again: %v", err)
	}
	if err := os.Chtimes(path, time.Time{}, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if again, err := tools.Index(t.Context(), m, video(t, m)); err != nil || again == first {
		t.Errorf("a changed file is not listed again: %v", err)
	}
}

func TestIndexesAreBounded(t *testing.T) {
	var k indexes
	big := &editor.Index{Packets: make([]editor.Packet, keptPackets/2)}
	for i := range 3 {
		k.put(fileKey{stream: i}, big)
	}
	for i, want := range []bool{false, true, true} {
		if _, ok := k.get(fileKey{stream: i}); ok != want {
			t.Errorf("index %d is kept: %v", i, ok)
		}
	}
	k.put(fileKey{stream: 3}, &editor.Index{Packets: make([]editor.Packet, 2*keptPackets)})
	if _, ok := k.get(fileKey{stream: 3}); !ok || len(k.kept) != 1 {
		t.Errorf("%d indexes are kept beside one that is larger than all the room", len(k.kept))
	}
}

func TestReadListing(t *testing.T) {
	const said = "#extradata 2:       38, 0x9ea208d5\n#tb 0: 1/90000\n0, 126000, 132000, 3000, 8179, 0x081f6035, S=1, 1\n1, 126000, 132000, 3000, 8100, 0x081f6035\n" +
		"2, 126000, 132000, 3000, 38, 0x9ea208d5, S=1, 1\n0, 129000, 141000, 3000, 4073, 0x643ed4aa, F=0x0\n0, 132000, 135000, 3000, 24, 0xa615b0cc, F=0x5\n"
	var l listing
	if err := l.read(strings.NewReader(said)); err != nil {
		t.Fatal(err)
	}
	want := []listedPacket{{132000, 126000, 8179, packetKey}, {141000, 129000, 4073, 0}, {135000, 132000, 24, packetKey | packetDiscard}}
	if !slices.Equal(l.rows[each], want) || l.base != (editor.Ratio{Num: 1, Den: 90000}) || !l.oneSet() {
		t.Errorf("%+v", l)
	}
	if got := l.keyFrames(); !slices.Equal(got, []keyFrame{{8179, true}, {24, false}}) {
		t.Errorf("key frames %v", got)
	}
	if err := l.read(strings.NewReader("2, 1, 1, 1, 38, 0x1\n")); err != nil || l.oneSet() {
		t.Errorf("other parameter sets go unnoticed: %v", err)
	}
	if err := l.read(strings.NewReader("0, 1, -9223372036854775808, 1, 38, 0x1\n")); !errors.Is(err, editor.ErrIndex) {
		t.Errorf("a packet without a time: %v", err)
	}
}

// TestCombine matches key frames by their order, and believes no list that
// lacks some.
func TestCombine(t *testing.T) {
	const all = "#tb 0: 1/10\n0, 0, 1, 1, 90, 0x1\n0, 1, 3, 1, 10, 0x1, F=0x0\n0, 2, 4, 1, 91, 0x1\n"
	for _, tt := range []struct {
		keys string
		want []bool
	}{
		{"0, 0, 1, 1, 90, 0x1\n1, 0, 1, 1, 80, 0x1\n0, 2, 7, 1, 91, 0x1\n1, 2, 7, 1, 81, 0x1\n", []bool{true, false, true}},
		{"0, 0, 1, 1, 90, 0x1\n1, 0, 1, 1, 80, 0x1\n0, 2, 7, 1, 91, 0x1\n", []bool{true, false, false}},
		{"0, 0, 1, 1, 90, 0x1\n1, 0, 1, 1, 80, 0x1\n", nil},
		{"0, 0, 1, 1, 91, 0x1\n1, 0, 1, 1, 80, 0x1\n0, 2, 7, 1, 91, 0x1\n", nil},
	} {
		var a, k listing
		if err := errors.Join(a.read(strings.NewReader(all)), k.read(strings.NewReader(tt.keys))); err != nil {
			t.Fatal(err)
		}
		x, err := combine(&a, &k)
		if err != nil {
			if tt.want != nil || !errors.Is(err, editor.ErrIndex) {
				t.Errorf("%q: %v", tt.keys, err)
			}
			continue
		}
		var got []bool
		for _, p := range x.Packets {
			got = append(got, p.Entry)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: entries %v, want %v", tt.keys, got, tt.want)
		}
	}
}

func FuzzReadListing(f *testing.F) {
	f.Add("#tb 0: 1/15360\n0, -1024, 0, 512, 8136, 0xd1585743\n1, -1024, 0, 512, 8136, 0xd1585743\n0, 0, 512, 512, 24, 0x7088b077, F=0x0\n")
	f.Add("#tb 0: 0/0\n#extradata 2: 9, 0x1\n2, 1, 1, 1, 1, 0x2, S=1, 1\n0,,,,,\n0, 1, 99999999999999999999, 1, 1, 1, F=0xzz\n")
	f.Fuzz(func(t *testing.T, said string) {
		var l listing
		if l.read(strings.NewReader(said)) != nil {
			return
		}
		x, err := combine(&l, &l)
		if err != nil {
			return
		}
		x.Nearest(editor.Rational(1, 1), editor.Ratio{Num: 30, Den: 1})
		if len(x.Packets) != len(l.rows[each]) {
			t.Errorf("%d packets of %d", len(x.Packets), len(l.rows[each]))
		}
	})
}
