package editor

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

func TestEditsOfSeveralClips(t *testing.T) {
	base := film(t, moving("c1", 0, 4, 10), still("c2", 5), moving("c3", 2, 9, 10), still("c4", 3))
	drop := func(line Timeline, _ any, err error) (Timeline, error) { return line, err }
	sec := func(n int64) Time { return Rational(n, 1) }
	tests := []struct {
		name string
		edit func() (Timeline, error)
		want string
		err  error
	}{
		{"remove", func() (Timeline, error) { return base.RemoveAll([]ClipID{"c4", "c2"}) }, "c1@0+4 c3@4+7 ", nil},
		{"remove an unknown one", func() (Timeline, error) { return base.RemoveAll([]ClipID{"c1", "x"}) }, "", ErrRange},
		{"move to the front", func() (Timeline, error) { return base.MoveAll([]ClipID{"c4", "c2"}, 0) }, "c2@0+5 c4@5+3 c1@8+4 c3@12+7 ", nil},
		{"move to the end", func() (Timeline, error) { return base.MoveAll([]ClipID{"c1", "c3"}, 4) }, "c2@0+5 c4@5+3 c1@8+4 c3@12+7 ", nil},
		{"move between themselves", func() (Timeline, error) { return base.MoveAll([]ClipID{"c1", "c2"}, 1) }, "c1@0+4 c2@4+5 c3@9+7 c4@16+3 ", nil},
		{"move in the middle", func() (Timeline, error) { return base.MoveAll([]ClipID{"c1", "c4"}, 2) }, "c2@0+5 c1@5+4 c4@9+3 c3@12+7 ", nil},
		{"move outside", func() (Timeline, error) { return base.MoveAll([]ClipID{"c1"}, 5) }, "", ErrRange},
		{"duplicate", func() (Timeline, error) { return drop(base.DuplicateAll([]ClipID{"c3", "c1"})) }, "c1@0+4 c2@4+5 c3@9+7 c5@16+4 c6@20+7 c4@27+3 ", nil},
		{"paste", func() (Timeline, error) { return drop(base.InsertAll(1, []Clip{still("c1", 1), still("c1", 2)})) }, "c1@0+4 c5@4+1 c6@5+2 c2@7+5 c3@12+7 c4@19+3 ", nil},
		{"paste outside", func() (Timeline, error) { return drop(base.InsertAll(5, []Clip{still("c1", 1)})) }, "", ErrRange},
		{"paste what cannot be", func() (Timeline, error) { return drop(base.InsertAll(0, []Clip{still("c1", 0)})) }, "", ErrClip},
		{"each", func() (Timeline, error) {
			return base.Each([]ClipID{"c2", "c4"}, func(c *Clip) { c.Duration = sec(1) })
		}, "c1@0+4 c2@4+1 c3@5+7 c4@12+1 ", nil},
		{"each or none", func() (Timeline, error) {
			return base.Each([]ClipID{"c2", "c1"}, func(c *Clip) { c.Duration, c.Out = sec(1), sec(99) })
		}, "", ErrRange},
		{"cut within a clip", func() (Timeline, error) { return base.Cut(sec(10), sec(12)) }, "c1@0+4 c2@4+5 c3@9+1 c5@10+4 c4@14+3 ", nil},
		{"cut over clips", func() (Timeline, error) { return base.Cut(sec(1), sec(17)) }, "c1@0+1 c5@1+2 ", nil},
		{"cut whole clips", func() (Timeline, error) { return base.Cut(sec(4), sec(16)) }, "c1@0+4 c4@4+3 ", nil},
		{"cut everything", func() (Timeline, error) { return base.Cut(sec(-1), sec(99)) }, "", nil},
		{"cut nothing", func() (Timeline, error) { return base.Cut(sec(3), sec(3)) }, "", ErrRange},
		{"cut behind the end", func() (Timeline, error) { return base.Cut(sec(19), sec(20)) }, "", ErrRange},
		{"freeze", func() (Timeline, error) { return drop(base.Freeze(sec(10), sec(2))) }, "c1@0+4 c2@4+5 c3@9+1 c6@10+2 c5@12+6 c4@18+3 ", nil},
		{"freeze at a beginning", func() (Timeline, error) { return drop(base.Freeze(sec(9), sec(2))) }, "c1@0+4 c2@4+5 c5@9+2 c3@11+7 c4@18+3 ", nil},
		{"freeze a still", func() (Timeline, error) { return drop(base.Freeze(sec(5), sec(2))) }, "", ErrRange},
		{"freeze nothing", func() (Timeline, error) { return drop(base.Freeze(sec(19), sec(2))) }, "", ErrRange},
		{"freeze for no time", func() (Timeline, error) { return drop(base.Freeze(sec(10), Time{})) }, "", ErrClip},
		{"a title", func() (Timeline, error) { return drop(base.InsertTitle(4, Title{Template: "card"}, sec(2))) }, "c1@0+4 c2@4+5 c3@9+7 c4@16+3 c5@19+2 ", nil},
		{"a title of no template", func() (Timeline, error) { return drop(base.InsertTitle(0, Title{}, sec(2))) }, "", ErrClip},
		{"spread", func() (Timeline, error) { return base.Spread([]ClipID{"c4", "c2"}, sec(21), Ratio{25, 1}) }, "c1@0+4 c2@4+10.48 c3@14.48+7 c4@21.48+10.52 ", nil},
		{"spread a clip", func() (Timeline, error) { return base.Spread([]ClipID{"c1"}, sec(21), Ratio{25, 1}) }, "", ErrRange},
		{"spread over nothing", func() (Timeline, error) { return base.Spread([]ClipID{"c2", "c4"}, Rational(1, 25), Ratio{25, 1}) }, "", ErrRange},
		{"cross-fade", func() (Timeline, error) {
			return base.SetTransition([]ClipID{"c1", "c2", "c3"}, Transition{Kind: "crossfade", Length: sec(1)})
		}, "c1@0+4 c2@3+5 c3@7+7 c4@14+3 ", nil},
		{"a transition of no kind", func() (Timeline, error) { return base.SetTransition([]ClipID{"c2"}, Transition{Kind: "../x"}) }, "", ErrClip},
	}
	for _, tt := range tests {
		got, err := tt.edit()
		if !errors.Is(err, tt.err) || (err == nil) != (tt.err == nil) {
			t.Errorf("%s: error %v", tt.name, err)
			continue
		}
		want := tt.want
		if err != nil {
			want = shape(base)
		}
		if shape(got) != want {
			t.Errorf("%s: %s, want %s", tt.name, shape(got), want)
		}
	}
}

func TestAFreezeFrameStandsWhereThePictureWas(t *testing.T) {
	c := moving("c1", 2, 10, 20)
	c.Speed = Ratio{2, 1}
	c.Framing.Pan = Pan{Whole, Rect{0.5, 0.5, 0.5, 0.5}}
	line, id, err := film(t, c).Freeze(Rational(1, 1), Rational(3, 1))
	if err != nil {
		t.Fatal(err)
	}
	i, _ := line.Index(id)
	f := line.Clip(i)
	if f.Kind != FreezeClip || f.In != Rational(4, 1) || f.Available != Rational(20, 1) || f.Speed.Known() {
		t.Errorf("frozen %+v", f)
	}
	if f.Framing.Pan.From != f.Framing.Pan.To || f.Framing.Pan.From.X != 0.125 {
		t.Errorf("the camera is at %+v", f.Framing.Pan)
	}
}

// What transitions take away is shared out, so that the pictures last as long
// as the music.
func TestSpreadOverTransitions(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 100 {
		n := 1 + rng.IntN(12)
		var clips []Clip
		var ids []ClipID
		for i := range n {
			c := still(ClipID(fmt.Sprint("c", i)), 1+rng.Int64N(9))
			if rng.IntN(2) == 0 {
				c.Transition = Transition{Kind: "crossfade", Length: Rational(1, 2)}
			}
			clips, ids = append(clips, c), append(ids, c.ID)
		}
		over := Rational(int64(n)*3+rng.Int64N(60), 1)
		line, err := film(t, clips...).Spread(ids, over, Ratio{30000, 1001})
		if err != nil {
			t.Fatal(err)
		}
		if off := line.Duration().Sub(over).Float(); off > 0.02 || off < -0.02 {
			t.Errorf("%d pictures last %s instead of %s", n, line.Duration(), over)
		}
	}
}

func TestMarkers(t *testing.T) {
	c := moving("c2", 2, 10, 20)
	c.Speed = Ratio{2, 1}
	base := film(t, still("c1", 5), c)
	must := func(line Timeline, err error) Timeline {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return line
	}
	chapters := func(line Timeline) string {
		var all []string
		for _, c := range line.Chapters() {
			all = append(all, fmt.Sprintf("%s@%s on %s", c.Label, c.At, c.Clip))
		}
		return strings.Join(all, ", ")
	}
	line, a, err := base.Mark(Rational(6, 1), "a")
	line = must(line, err)
	line, b, err := line.Mark(Rational(1, 1), "b")
	line = must(line, err)
	if got, want := chapters(line), "b@1 on c1, a@6 on c2"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if m, at, ok := line.Marker(a); !ok || at != Rational(6, 1) || m.At != Rational(4, 1) {
		t.Errorf("marker %+v at %s", m, at)
	}
	if got := line.Markers(); !reflect.DeepEqual(got, []MarkerID{b, a}) {
		t.Errorf("markers %v", got)
	}
	renamed := must(line.RenameMarker(a, "new"))
	moved, to, err := line.MoveMarker(a, Rational(2, 1))
	moved = must(moved, err)
	gone := must(line.Unmark(b))
	for i, tt := range []struct {
		line Timeline
		want string
	}{
		{line, "b@1 on c1, a@6 on c2"}, {renamed, "b@1 on c1, new@6 on c2"}, {moved, "b@1 on c1, a@2 on c1"}, {gone, "a@6 on c2"},
	} {
		if got := chapters(tt.line); got != tt.want {
			t.Errorf("%d: %s, want %s", i, got, tt.want)
		}
	}
	if to != (MarkerID{"c1", 1}) {
		t.Errorf("moved to %v", to)
	}
	for _, err := range []error{
		second(base.RenameMarker(a, "x")), second(line.Unmark(MarkerID{"c1", 9})), second(line.Unmark(MarkerID{"x", 0})),
		third(line.Mark(Rational(99, 1), "")), third(line.MoveMarker(a, Rational(99, 1))), third(line.MoveMarker(MarkerID{"c1", -1}, Time{})),
	} {
		if !errors.Is(err, ErrRange) {
			t.Errorf("error %v", err)
		}
	}
}

func second(_ Timeline, err error) error            { return err }
func third(_ Timeline, _ MarkerID, err error) error { return err }
