package timeline

import (
	"math"
	"testing"

	"parley/editor"
)

func seconds(s float64) editor.Time { return editor.Seconds(s) }

func stillClip(id editor.ClipID, s float64) Clip {
	return Clip{ID: id, Kind: editor.StillClip, Label: string(id), Picture: true, Length: seconds(s)}
}

func movingClip(id editor.ClipID, in, out, available float64) Clip {
	return Clip{
		ID: id, Kind: editor.MovingClip, Label: string(id), Picture: true, Sound: true,
		In: seconds(in), Out: seconds(out), Available: seconds(available), Length: seconds(out - in),
		Rate: editor.Ratio{Num: 25, Den: 1},
	}
}

// filmOf puts clips behind each other.
func filmOf(clips ...Clip) *Film {
	f := &Film{Clips: clips, Rate: editor.Ratio{Num: 25, Den: 1}}
	var end editor.Time
	for i := range clips {
		clips[i].Start = end.Sub(clips[i].Overlap)
		end = clips[i].Start.Add(clips[i].Length)
	}
	return f
}

// laid are three clips at 20 units a second: a still of 5 s, a clip of 2 s
// that fades over for 1 s, and a clip of 4 s.
func laid() (*Film, *geometry) {
	fading := movingClip("b", 0, 2, 8)
	fading.Overlap, fading.Joined = seconds(1), true
	f := filmOf(stillClip("a", 5), fading, movingClip("c", 1, 5, 9))
	g := &geometry{scale: 20}
	g.take(f.Clips)
	return f, g
}

func TestPlaces(t *testing.T) {
	_, g := laid()
	for second, x := range map[float64]float64{0: 12, 2.5: 62, 5: 112, 10: 212, -1: -8} {
		if got := g.x(second); got != x {
			t.Errorf("second %v is at %v, want %v", second, got, x)
		}
		if got := g.second(x); math.Abs(got-second) > 1e-9 {
			t.Errorf("at %v is second %v, want %v", x, got, second)
		}
	}
	if g.end != 10 || g.width() != 224 {
		t.Errorf("the film ends at %v and is %v wide, want 10 and 224", g.end, g.width())
	}
	for i, want := range [][2]float64{{12, 100}, {102, 130}, {132, 210}} {
		if g.left(i) != want[0] || g.right(i) != want[1] {
			t.Errorf("clip %d stands from %v to %v, want %v", i, g.left(i), g.right(i), want)
		}
	}
}

func TestWhatIsUnderThePointer(t *testing.T) {
	_, g := laid()
	tests := []struct {
		x      float64
		clip   int
		inside bool
		gap    int
		edge   Edge
	}{
		{0, 0, false, 0, InEdge},
		{13, 0, true, 0, InEdge},
		{50, 0, true, 0, NoEdge},
		{70, 0, true, 1, NoEdge},
		{98, 0, true, 1, OutEdge},
		{103, 1, true, 1, InEdge},
		{115, 1, true, 1, NoEdge},
		{129, 1, true, 2, OutEdge},
		{190, 2, true, 3, NoEdge},
		{500, 2, false, 3, OutEdge},
	}
	for _, tt := range tests {
		clip, inside := g.at(tt.x)
		if clip != tt.clip || inside != tt.inside || g.gap(tt.x) != tt.gap || g.edge(clip, tt.x) != tt.edge {
			t.Errorf("at %v: clip %d (%v), gap %d, edge %d; want %d (%v), %d, %d",
				tt.x, clip, inside, g.gap(tt.x), g.edge(clip, tt.x), tt.clip, tt.inside, tt.gap, tt.edge)
		}
	}
	empty := &geometry{scale: 20}
	empty.take(nil)
	if _, ok := empty.at(5); ok || empty.gap(5) != 0 || empty.gapX(0) != sideSpace {
		t.Error("an empty strip has a clip")
	}
}

func TestOnlyWhatIsSeenIsDrawn(t *testing.T) {
	_, g := laid()
	for _, tt := range []struct {
		from, to    float64
		first, last int
	}{{0, 600, 0, 3}, {0, 50, 0, 1}, {105, 120, 1, 2}, {140, 600, 2, 3}, {900, 950, 2, 3}, {-100, -50, 0, 0}} {
		if first, last := g.between(tt.from, tt.to); first != tt.first || last != tt.last {
			t.Errorf("from %v to %v: %d to %d, want %d to %d", tt.from, tt.to, first, last, tt.first, tt.last)
		}
	}
}

func TestPulledEnds(t *testing.T) {
	clip := movingClip("c", 1, 5, 9)
	sound, fast := clip, clip
	sound.Rate = editor.Ratio{}
	fast.Speed = editor.Ratio{Num: 2, Den: 1}
	tests := []struct {
		name string
		clip Clip
		edge Edge
		by   float64
		want float64
	}{
		{"in by whole frames", clip, InEdge, 0.513, 1.52},
		{"in no earlier than the source", clip, InEdge, -7, 0},
		{"in before out", clip, InEdge, 99, 4.9},
		{"out", clip, OutEdge, -1.01, 4},
		{"out no later than the source", clip, OutEdge, 99, 9},
		{"out after in", clip, OutEdge, -99, 1.1},
		{"sound by milliseconds", sound, OutEdge, -0.0126, 4.987},
		{"twice as fast", fast, OutEdge, 1, 7},
		{"a still at its end", stillClip("a", 5), OutEdge, 1.02, 6},
		{"a still at its beginning", stillClip("a", 5), InEdge, 1, 4},
		{"a still stays to be seen", stillClip("a", 5), OutEdge, -99, 0.1},
	}
	for _, tt := range tests {
		if got := trimmed(&tt.clip, tt.edge, tt.by); math.Abs(got.Float()-tt.want) > 1e-6 {
			t.Errorf("%s: %s, want %v", tt.name, got, tt.want)
		}
	}
}

func TestTheFilmFits(t *testing.T) {
	for _, tt := range []struct{ seconds, width, want float64 }{
		{10, 1000, largestFit}, {1000, 1024, 0.94}, {1e9, 1000, smallest}, {0, 1000, largestFit},
	} {
		if got := fitting(tt.seconds, tt.width); math.Abs(got-tt.want) > 1e-9 {
			t.Errorf("%v s in %v units: scale %v, want %v", tt.seconds, tt.width, got, tt.want)
		}
	}
}

func TestTheRulerCounts(t *testing.T) {
	for _, tt := range []struct {
		scale, rate float64
		step        float64
		frames      bool
	}{
		{20, 25, 5, false}, {64, 25, 1, false}, {400, 25, 5, true}, {2400, 25, 1, true},
		{0.01, 25, 7200, false}, {400, 30000.0 / 1001, 5, true}, {400, 0, 1, false}, {0.0001, 30, 86400, false},
	} {
		step, parts, frames := stepAt(tt.scale, tt.rate)
		if step != tt.step || frames != tt.frames || parts < 1 {
			t.Errorf("at %v units a second: %v (frames %v) in %d parts, want %v (%v)", tt.scale, step, frames, parts, tt.step, tt.frames)
		}
	}
}

func TestClocks(t *testing.T) {
	for s, want := range map[float64]string{0: "0 s", 7.5: "7.5 s", 59.94: "59.9 s", 59.96: "1:00", 125: "2:05", 3723: "1:02:03"} {
		if got := string(appendLength(nil, s)); got != want {
			t.Errorf("%v s are written %q, want %q", s, got, want)
		}
	}
}

func TestFewPicturesStandForManyMoments(t *testing.T) {
	for _, tt := range []struct {
		width, scale float64
		want         int64
	}{{100, 20, 5000}, {100, 100, 1000}, {100, 0.01, 1800000}, {100, 2400, 200}} {
		if got := distance(tt.width, tt.scale); got != tt.want {
			t.Errorf("at %v: %d ms, want %d", tt.scale, got, tt.want)
		}
	}
}
