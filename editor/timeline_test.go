package editor

import (
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func still(id ClipID, seconds int64) Clip {
	return Clip{ID: id, Kind: StillClip, Source: "/s.jpg", Duration: Rational(seconds, 1)}
}

func moving(id ClipID, in, out, available int64) Clip {
	return Clip{ID: id, Kind: MovingClip, Source: "/m.mp4", In: Rational(in, 1), Out: Rational(out, 1), Available: Rational(available, 1)}
}

func film(t *testing.T, clips ...Clip) Timeline {
	t.Helper()
	line, err := NewTimeline(clips...)
	if err != nil {
		t.Fatal(err)
	}
	return line
}

func shape(t Timeline) string {
	s := ""
	for start, c := range t.All() {
		s += string(c.ID) + "@" + start.String() + "+" + c.Length().String() + " "
	}
	return s
}

func TestEdits(t *testing.T) {
	base := film(t, moving("c1", 0, 4, 10), still("c2", 5), moving("c3", 2, 9, 10))
	tests := []struct {
		name string
		edit func() (Timeline, error)
		want string
		err  error
	}{
		{"insert first", func() (Timeline, error) { return base.Insert(0, still("x", 1)) }, "x@0+1 c1@1+4 c2@5+5 c3@10+7 ", nil},
		{"append", func() (Timeline, error) { return base.Append(still("x", 1)) }, "c1@0+4 c2@4+5 c3@9+7 x@16+1 ", nil},
		{"insert outside", func() (Timeline, error) { return base.Insert(4, still("x", 1)) }, "", ErrRange},
		{"insert before all", func() (Timeline, error) { return base.Insert(-1, still("x", 1)) }, "", ErrRange},
		{"insert twice", func() (Timeline, error) { return base.Insert(0, still("c1", 1)) }, "", ErrClip},
		{"insert nothing", func() (Timeline, error) { return base.Insert(0, still("x", 0)) }, "", ErrClip},
		{"remove", func() (Timeline, error) { return base.Remove("c2") }, "c1@0+4 c3@4+7 ", nil},
		{"remove unknown", func() (Timeline, error) { return base.Remove("c9") }, "", ErrRange},
		{"move back", func() (Timeline, error) { return base.Move("c3", 0) }, "c3@0+7 c1@7+4 c2@11+5 ", nil},
		{"move on", func() (Timeline, error) { return base.Move("c1", 2) }, "c2@0+5 c3@5+7 c1@12+4 ", nil},
		{"move outside", func() (Timeline, error) { return base.Move("c1", 3) }, "", ErrRange},
		{"split clip", func() (Timeline, error) { return base.Split(Rational(10, 1)) }, "c1@0+4 c2@4+5 c3@9+1 c4@10+6 ", nil},
		{"split still", func() (Timeline, error) { return base.Split(Rational(5, 1)) }, "c1@0+4 c2@4+1 c4@5+4 c3@9+7 ", nil},
		{"split at a cut", func() (Timeline, error) { return base.Split(Rational(4, 1)) }, "", ErrRange},
		{"split at the beginning", func() (Timeline, error) { return base.Split(Time{}) }, "", ErrRange},
		{"split at the end", func() (Timeline, error) { return base.Split(Rational(16, 1)) }, "", ErrRange},
		{"trim in to zero", func() (Timeline, error) { return base.TrimIn("c3", Time{}) }, "c1@0+4 c2@4+5 c3@9+9 ", nil},
		{"trim in to the end", func() (Timeline, error) { return base.TrimIn("c3", Rational(9, 1)) }, "", ErrRange},
		{"trim in before zero", func() (Timeline, error) { return base.TrimIn("c3", Rational(-1, 9)) }, "", ErrRange},
		{"trim out", func() (Timeline, error) { return base.TrimOut("c1", Rational(10, 1)) }, "c1@0+10 c2@10+5 c3@15+7 ", nil},
		{"trim out to zero", func() (Timeline, error) { return base.TrimOut("c1", Time{}) }, "", ErrRange},
		{"trim out beyond", func() (Timeline, error) { return base.TrimOut("c1", Rational(101, 10)) }, "", ErrRange},
		{"trim a still", func() (Timeline, error) { return base.TrimOut("c2", Rational(1, 1)) }, "", ErrClip},
		{"set duration", func() (Timeline, error) { return base.SetDuration("c2", Rational(1, 2)) }, "c1@0+4 c2@4+0.5 c3@4.5+7 ", nil},
		{"set no duration", func() (Timeline, error) { return base.SetDuration("c2", Time{}) }, "", ErrRange},
		{"set a clip's duration", func() (Timeline, error) { return base.SetDuration("c1", Rational(1, 1)) }, "", ErrClip},
		{"replace", func() (Timeline, error) { return base.Replace("c1", still("x", 3)) }, "c1@0+3 c2@3+5 c3@8+7 ", nil},
	}
	before := shape(base)
	for _, tt := range tests {
		got, err := tt.edit()
		if !errors.Is(err, tt.err) {
			t.Errorf("%s: error %v, want %v", tt.name, err, tt.err)
		}
		if err == nil && shape(got) != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, shape(got), tt.want)
		}
		if shape(base) != before {
			t.Fatalf("%s changed its receiver: %s", tt.name, shape(base))
		}
	}
}

func TestFind(t *testing.T) {
	line := film(t, moving("c1", 0, 4, 10), still("c2", 5))
	tests := []struct {
		at    Time
		i     int
		since Time
		ok    bool
	}{
		{Time{}, 0, Time{}, true},
		{Rational(3999, 1000), 0, Rational(3999, 1000), true},
		{Rational(4, 1), 1, Time{}, true},
		{Rational(9, 1), 0, Time{}, false},
		{Rational(-1, 1000), 0, Time{}, false},
	}
	for _, tt := range tests {
		if i, since, ok := line.Find(tt.at); i != tt.i || since != tt.since || ok != tt.ok {
			t.Errorf("Find(%s) = %d, %s, %v", tt.at, i, since, ok)
		}
	}
	if _, _, ok := (Timeline{}).Find(Time{}); ok {
		t.Error("the empty film has a clip")
	}
}

// TestProperties makes random edits and checks what has to hold after each:
// times add up, every clip is sound, ids are unique, and neither an edit nor a
// refusal touches the value that it was asked of.
func TestProperties(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	small := func() Time { return Rational(rng.Int64N(400)-20, 1+rng.Int64N(30)) }
	for range 200 {
		line := film(t, moving("c1", 0, 4, 10), still("c2", 5), moving("c3", 2, 9, 10))
		history := NewHistory(Version{Timeline: line})
		var values []Timeline
		for range 40 {
			next, err := randomEdit(rng, line, small)
			if err != nil {
				if cmp.Diff(next.Clips(), line.Clips()) != "" {
					t.Fatalf("a refused edit (%v) changed the film", err)
				}
				continue
			}
			checkWhole(t, line, next)
			values = append(values, line)
			history.Do("edit", Version{Timeline: next})
			line = next
		}
		for i := len(values) - 1; i >= 0; i-- {
			if _, ok := history.Undo(); !ok || cmp.Diff(history.Now().Timeline.Clips(), values[i].Clips()) != "" {
				t.Fatal("undo does not give back the film that was there")
			}
		}
	}
}

func randomEdit(rng *rand.Rand, line Timeline, at func() Time) (Timeline, error) {
	id := ClipID("none")
	if line.Len() > 0 {
		id = line.Clip(rng.IntN(line.Len())).ID
	}
	switch rng.IntN(7) {
	case 0:
		return line.Insert(rng.IntN(line.Len()+2)-1, still(line.NextID(), 1+rng.Int64N(9)))
	case 1:
		return line.Remove(id)
	case 2:
		return line.Move(id, rng.IntN(line.Len()+2)-1)
	case 3:
		return line.TrimIn(id, at())
	case 4:
		return line.TrimOut(id, at())
	case 5:
		return line.SetDuration(id, at())
	}
	next, err := line.Split(at())
	if err == nil && next.Duration() != line.Duration() {
		panic("a split changed the length of the film")
	}
	return next, err
}

func checkWhole(t *testing.T, before, after Timeline) {
	t.Helper()
	if _, err := NewTimeline(after.Clips()...); err != nil {
		t.Fatalf("an edit of %s made an impossible film: %v", shape(before), err)
	}
	var sum Time
	i := 0
	for start, c := range after.All() {
		if start != sum || after.Start(i) != sum {
			t.Fatalf("clip %s begins at %s, want %s", c.ID, start, sum)
		}
		if found, since, ok := after.Find(start); !ok || found != i || since != (Time{}) {
			t.Fatalf("at %s stands clip %d, want %d", start, found, i)
		}
		sum = sum.Add(c.Length())
		i++
	}
	if sum != after.Duration() {
		t.Fatalf("the film lasts %s, its clips %s", after.Duration(), sum)
	}
}
