package render

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"parley/editor"
	"parley/editor/render/aac"
)

const frame = aac.FrameSamples

// at is a sound from a frame of the film's sound on.
func at(first, frames int64) editor.Heard {
	return editor.Heard{Step: editor.Step{Samples: frames * frame}, First: first * frame}
}

func TestKeepable(t *testing.T) {
	a, b := &original{}, &original{}
	on := func(o *original, shift, from, to int64) *placement {
		return &placement{from: o, shift: shift, have: aac.Range{From: from, To: to}}
	}
	everywhere := func(o *original, shift int64) *placement { return on(o, shift, -100, 10000) }
	fading := at(0, 1000)
	fading.FadeIn, fading.FadeOut = 100*frame, 200*frame
	tests := []struct {
		name   string
		sounds []editor.Heard
		music  []editor.Heard
		places []*placement
		want   string
	}{
		{"alone", []editor.Heard{at(0, 1000)}, nil, []*placement{everywhere(a, 0)}, "1-998"},
		{"not in place", []editor.Heard{at(0, 1000)}, nil, []*placement{nil}, ""},
		{"short", []editor.Heard{at(0, 60)}, nil, []*placement{everywhere(a, 0)}, ""},
		{"fades", []editor.Heard{fading}, nil, []*placement{everywhere(a, 0)}, "106-793"},
		{"fewer packets than it is long", []editor.Heard{at(0, 1000)}, nil, []*placement{on(a, 0, 50, 700)}, "51-699"},
		{"a cut between files", []editor.Heard{at(0, 500), at(500, 500)}, nil, []*placement{everywhere(a, 0), everywhere(b, 0)}, "1-498 501-998"},
		{"a cut that jumps", []editor.Heard{at(0, 500), at(500, 500)}, nil, []*placement{everywhere(a, 0), everywhere(a, -40)}, "1-498 501-998"},
		{"a cut that goes on", []editor.Heard{at(0, 500), at(500, 500)}, nil, []*placement{everywhere(a, 7), everywhere(a, 7)}, "1-998"},
		{"an overlap", []editor.Heard{at(0, 500), at(400, 500)}, nil, []*placement{everywhere(a, 0), everywhere(b, 0)}, "1-393 506-898"},
		{"music under some", []editor.Heard{at(0, 1000)}, []editor.Heard{at(300, 100)}, []*placement{everywhere(a, 0)}, "1-293 406-998"},
		{"music under all", []editor.Heard{at(0, 1000)}, []editor.Heard{at(0, 2000)}, []*placement{everywhere(a, 0)}, ""},
		{"two pieces of music", []editor.Heard{at(0, 1000)}, []editor.Heard{at(300, 100), at(350, 250)}, []*placement{everywhere(a, 0)}, "1-293 606-998"},
	}
	for _, tt := range tests {
		var got []string
		for _, k := range keepable(tt.sounds, tt.music, tt.places) {
			got = append(got, fmt.Sprintf("%d-%d", k.From, k.To))
		}
		if got := strings.Join(got, " "); got != tt.want {
			t.Errorf("%s: %q instead of %q", tt.name, got, tt.want)
		}
	}
}

// TestOthers encodes what is not copied, and what both have so that a seam can
// be found.
func TestOthers(t *testing.T) {
	all := []kept{{Range: aac.Range{From: 10, To: 500}}, {Range: aac.Range{From: 510, To: 900}}}
	want := []aac.Range{{From: -1, To: 30}, {From: 479, To: 530}, {From: 879, To: 1000}}
	if got := others(all, 1000); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if got := others(nil, 1000); !slices.Equal(got, []aac.Range{{From: -1, To: 1000}}) {
		t.Errorf("%v", got)
	}
}

// TestAudible has every sample at hand that the encoder is given, whatever is
// copied.
func TestAudible(t *testing.T) {
	o := &original{}
	p := placement{from: o, have: aac.Range{From: -5, To: 2000}}
	h := at(0, 1000)
	for _, keep := range [][]kept{nil, {{from: o, Range: aac.Range{From: 1, To: 998}}}, {{from: o, Range: aac.Range{From: 1, To: 293}}, {from: o, Range: aac.Range{From: 406, To: 998}}}, {{Range: aac.Range{From: 1, To: 998}}}} {
		have := map[int64]bool{}
		for _, r := range audible(h, p, keep) {
			for f := r.From; f < r.To; f++ {
				have[f] = true
			}
		}
		own := slices.DeleteFunc(slices.Clone(keep), func(k kept) bool { return k.from != o })
		for _, b := range batches(others(own, 1000), 300) {
			for _, s := range b.stretches {
				for f := max(0, s.first); f < min(s.first+s.count, 1000); f++ {
					if !have[f] {
						t.Fatalf("%v: frame %d is missing for packets %v", keep, f, s.Range)
					}
				}
			}
		}
		if len(own) > 0 && len(have) > 400 {
			t.Errorf("%v: %d frames are decoded", keep, len(have))
		}
	}
}

// TestBatches covers every packet once, and some twice where two batches meet.
func TestBatches(t *testing.T) {
	tests := []struct {
		name    string
		ranges  []aac.Range
		longest int64
		batches int
	}{
		{"short", []aac.Range{{From: -1, To: 100}}, 1000, 1},
		{"long", []aac.Range{{From: -1, To: 4000}}, 1000, 4},
		{"at once", []aac.Range{{From: -1, To: 4000}}, atOnce, 1},
		{"many", slices.Repeat([]aac.Range{{From: 5, To: 55}}, 100), 1000, 7},
		{"nothing", []aac.Range{{From: 7, To: 7}}, 1000, 0},
	}
	for _, tt := range tests {
		all := batches(tt.ranges, tt.longest)
		if len(all) != tt.batches {
			t.Errorf("%s: %d batches", tt.name, len(all))
		}
		var covered int64
		for _, b := range all {
			var frames int64
			for i, s := range b.stretches {
				if s.first != s.From-encodeRunUp || s.count != s.Len()+encodeRunUp+encodeBehind || s.shift != s.first-frames-1 {
					t.Errorf("%s: %+v is stretch %d behind %d frames", tt.name, s, i, frames)
				}
				frames += s.count
				covered += s.Len()
			}
			if frames != b.frames || tt.longest < atOnce && frames > 2*tt.longest {
				t.Errorf("%s: a batch of %d frames, said to be %d", tt.name, frames, b.frames)
			}
		}
		var want int64
		for _, r := range tt.ranges {
			want += r.Len()
		}
		if tt.name != "many" {
			want += int64(max(0, len(all)-1)) * seamSearch
		}
		if covered != want {
			t.Errorf("%s: %d packets instead of %d", tt.name, covered, want)
		}
	}
}

// TestOriginals reads what lies together at once.
func TestOriginals(t *testing.T) {
	a, b := &editor.Media{Path: "/a"}, &editor.Media{Path: "/b"}
	part := func(m *editor.Media, stream int, from, to int64) editor.Heard {
		return editor.Heard{Original: &editor.Original{Media: m, Stream: stream, At: editor.Rational(from, 1), End: editor.Rational(to, 1)}}
	}
	sounds := []editor.Heard{part(b, 1, 5, 9), part(a, 1, 100, 110), part(a, 1, 20, 70), {}, part(a, 1, 0, 50), part(a, 2, 0, 10), part(a, 1, 115, 120)}
	var got []string
	all := originals(sounds)
	for _, o := range all {
		got = append(got, fmt.Sprintf("%s %s:%d %s-%s", o.name, o.media.Path, o.index, o.from, o.to))
	}
	want := "o00000.aac /a:1 0-120, o00001.aac /a:2 0-10, o00002.aac /b:1 5-9"
	if got := strings.Join(got, ", "); got != want {
		t.Errorf("%q", got)
	}
	for _, h := range sounds {
		if h.Original != nil && !slices.ContainsFunc(all, func(o *original) bool { return o.holds(h.Original) }) {
			t.Errorf("%+v is in none", h.Original)
		}
	}
}

// packetsOf is a stream of n packets of nothing.
func packetsOf(t *testing.T, c aac.Config, n int) *aac.Stream {
	t.Helper()
	index := map[int]byte{48000: 3, 44100: 4}[c.Rate]
	header := []byte{0xff, 0xf1, 1<<6 | index<<2, byte(c.Channels << 6), 12 >> 3, 12&7<<5 | 0x1f, 0xfc}
	data := bytes.Repeat(append(header, 0x20, 0, 0, 0, 0), n)
	s, err := aac.ReadStream(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestMatch refuses packets that are not what the film's are.
func TestMatch(t *testing.T) {
	out := editor.DefaultOutput
	stream := func(c aac.Config) *aac.Stream { return packetsOf(t, c, 5) }
	times := func(n int) packetTimes {
		return packetTimes{base: editor.Ratio{Num: 1, Den: 48000}, pts: make([]int64, n)}
	}
	small := out
	small.SoundBits = 1000
	tests := []struct {
		name   string
		config aac.Config
		listed int
		out    editor.Output
		ok     bool
	}{
		{"as the film's", aac.Config{Rate: 48000, Channels: 2}, 5, out, true},
		{"another rate", aac.Config{Rate: 44100, Channels: 2}, 5, out, false},
		{"mono", aac.Config{Rate: 48000, Channels: 1}, 5, out, false},
		{"another number", aac.Config{Rate: 48000, Channels: 2}, 4, out, false},
		{"too many bits", aac.Config{Rate: 48000, Channels: 2}, 5, small, false},
	}
	for _, tt := range tests {
		o := &original{stream: stream(tt.config)}
		if err := o.match(times(tt.listed), tt.out); (err == nil) != tt.ok {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// TestPlaceOf puts packets on the film's grid, late by half a frame at most,
// and not at all where the file's clock has gaps.
func TestPlaceOf(t *testing.T) {
	o := &original{}
	for i := range int64(500) {
		o.starts = append(o.starts, 3000+i*frame)
	}
	sound := func(at, end float64, first int64) editor.Heard {
		return editor.Heard{First: first, Original: &editor.Original{At: editor.Seconds(at), End: editor.Seconds(end)}}
	}
	for first := int64(0); first < 3000; first += 77 {
		p, ok := o.place(sound(2, 5, first), 48000)
		// The packet that begins at the film's sample first-late.
		exact := float64(first) - float64(2*48000-3000)
		if got := float64(p.shift*frame - p.late); !ok || math.Abs(got-exact) > 0.5 || p.late < -frame/2 || p.late > frame/2 {
			t.Errorf("from sample %d: %+v, %v", first, p, ok)
		}
	}
	o.starts[200] += 2000
	if _, ok := o.place(sound(3, 6, 0), 48000); ok {
		t.Error("a gap was not seen")
	}
}
