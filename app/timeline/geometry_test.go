package timeline

import (
	"math"
	"testing"

	"parley/editor"
)

func seconds(s float64) editor.Time { return editor.Seconds(s) }

func stillClip(id editor.ClipID, s float64) Clip {
	return Clip{ID: id, Label: string(id), Still: true, Picture: true, Duration: seconds(s)}
}

func movingClip(id editor.ClipID, in, out, available float64) Clip {
	return Clip{
		ID: id, Label: string(id), Picture: true, In: seconds(in), Out: seconds(out), Available: seconds(available),
		Rate: editor.Ratio{Num: 25, Den: 1},
	}
}

// laid are three clips at 20 units a second: 5 s, 0.5 s (too narrow to be seen
// at that scale) and 4 s.
func laid() ([]Clip, *geometry) {
	clips := []Clip{stillClip("a", 5), movingClip("b", 0, 0.5, 2), movingClip("c", 1, 5, 9)}
	g := &geometry{}
	g.lay(clips, 20)
	return clips, g
}

func TestPlaces(t *testing.T) {
	_, g := laid()
	tests := []struct {
		second float64
		x      float64
	}{
		{0, 10}, {2.5, 60}, {5, 112}, {5.25, 129}, {5.5, 148}, {9.5, 228}, {100, 228}, {-1, 10},
	}
	for _, tt := range tests {
		if got := g.x(tt.second); math.Abs(got-tt.x) > 1e-9 {
			t.Errorf("second %v is at %v, want %v", tt.second, got, tt.x)
		}
	}
	if g.width() != 240 {
		t.Errorf("width %v, want 240", g.width())
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
		{11, 0, true, 0, InEdge},
		{50, 0, true, 0, NoEdge},
		{70, 0, true, 1, NoEdge},
		{105, 0, true, 1, OutEdge},
		{113, 1, true, 1, InEdge},
		{129, 1, true, 1, NoEdge},
		{144, 1, true, 2, OutEdge},
		{200, 2, true, 3, NoEdge},
		{500, 2, false, 3, OutEdge},
	}
	for _, tt := range tests {
		clip, inside := g.at(tt.x)
		if clip != tt.clip || inside != tt.inside || g.gap(tt.x) != tt.gap || g.edge(clip, tt.x) != tt.edge {
			t.Errorf("at %v: clip %d (%v), gap %d, edge %d; want %d (%v), %d, %d",
				tt.x, clip, inside, g.gap(tt.x), g.edge(clip, tt.x), tt.clip, tt.inside, tt.gap, tt.edge)
		}
	}
	empty := &geometry{}
	empty.lay(nil, 20)
	if _, ok := empty.at(5); ok || empty.gap(5) != 0 || empty.x(3) != sideSpace {
		t.Error("an empty strip has a clip")
	}
}

func TestPulledEnds(t *testing.T) {
	clip := movingClip("c", 1, 5, 9)
	sound := clip
	sound.Rate = editor.Ratio{}
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
		{"a still at its end", stillClip("a", 5), OutEdge, 1.02, 6},
		{"a still at its beginning", stillClip("a", 5), InEdge, 1, 4},
		{"a still stays to be seen", stillClip("a", 5), OutEdge, -99, 0.1},
	}
	for _, tt := range tests {
		if got := trimmed(tt.clip, tt.edge, tt.by); math.Abs(got.Float()-tt.want) > 1e-6 {
			t.Errorf("%s: %s, want %v", tt.name, got, tt.want)
		}
	}
}

func TestTheFilmFits(t *testing.T) {
	tests := []struct {
		seconds float64
		clips   int
		width   float64
		want    float64
	}{
		{10, 2, 1000, largestFit},
		{1000, 1, 1022, 0.96},
		{1e9, 1, 1000, smallest},
		{0, 0, 1000, largestFit},
	}
	for _, tt := range tests {
		if got := fitting(tt.seconds, tt.clips, tt.width); math.Abs(got-tt.want) > 1e-9 {
			t.Errorf("%v s in %v units: scale %v, want %v", tt.seconds, tt.width, got, tt.want)
		}
	}
}

func TestFewPicturesStandForManyMoments(t *testing.T) {
	clip := movingClip("c", 1, 5, 12)
	seen := map[editor.Time]bool{}
	for s := 0.0; s < 12; s += 0.01 {
		at := clip.shotAt(seconds(s))
		if at.Float() > s+1e-9 || s-at.Float() > 1.001 {
			t.Fatalf("the picture for %v s is of %s s", s, at)
		}
		seen[at] = true
	}
	if len(seen) != shots {
		t.Errorf("%d pictures, want %d", len(seen), shots)
	}
	if stillClip("a", 5).shotAt(seconds(3)) != (editor.Time{}) {
		t.Error("a still has more than one picture")
	}
}
