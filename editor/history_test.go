package editor

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// filmOf is a version of stills with these ids, in order.
func filmOf(t *testing.T, ids ...ClipID) Version {
	t.Helper()
	var clips []Clip
	for _, id := range ids {
		c := still("x", 1)
		c.ID = id
		clips = append(clips, c)
	}
	return Version{Timeline: film(t, clips...)}
}

func TestHistory(t *testing.T) {
	a, b, c, d := filmOf(t, "a"), filmOf(t, "b"), filmOf(t, "c"), filmOf(t, "d")
	is := func(h *History, v Version) bool { return sameVersion(h.Now(), v) }
	h := NewHistory(a)
	if _, ok := h.Undo(); ok {
		t.Error("there is nothing to undo")
	}
	h.Do("to b", b)
	h.Do("to c", c)
	if label, ok := h.Undo(); label != "to c" || !ok || !is(h, b) {
		t.Errorf("undo: %q", label)
	}
	if label, ok := h.CanRedo(); label != "to c" || !ok {
		t.Errorf("can redo %q", label)
	}
	if label, ok := h.Redo(); label != "to c" || !ok || !is(h, c) {
		t.Errorf("redo: %q", label)
	}
	h.Undo()
	before := h.Past()
	h.Do("to d", d)
	if _, ok := h.CanRedo(); ok || !is(h, d) {
		t.Error("a new step has to forget what was undone")
	}
	if label, _ := h.CanUndo(); label != "to d" {
		t.Errorf("can undo %q", label)
	}
	if len(before.Steps) != 2 || before.Steps[1].Label() != "to c" || before.Done != 1 {
		t.Error("a past that was given away changed")
	}
}

func sameVersion(a, b Version) bool {
	none := cmpopts.EquateEmpty()
	return cmp.Equal(a.Timeline.Clips(), b.Timeline.Clips(), none) && cmp.Equal(a.Timeline.Music(), b.Timeline.Music(), none) &&
		cmp.Equal(a.Timeline.Master(), b.Timeline.Master()) && cmp.Equal(a.Output, b.Output)
}

// TestHistoriesAreKept makes random edits of everything that can be undone,
// keeps the steps as a file does, and goes back and forth through them.
func TestHistoriesAreKept(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 50 {
		now := Version{Timeline: film(t, moving("c1", 0, 4, 10), still("c2", 5), moving("c3", 2, 9, 10))}
		h := NewHistory(now)
		values := []Version{now}
		for len(values) < 30 {
			next, err := randomVersion(rng, now)
			if err != nil {
				continue
			}
			h.Do(fmt.Sprint(len(values)), next)
			values, now = append(values, next), next
		}
		again := ResumeHistory(now, throughFile(t, h.Past()))
		for i := len(values) - 2; i >= 0; i-- {
			if label, ok := again.Undo(); !ok || label != fmt.Sprint(i+1) || !sameVersion(again.Now(), values[i]) {
				t.Fatalf("undo %d gives another film: %s", i, cmp.Diff(again.Now().Timeline.Clips(), values[i].Timeline.Clips()))
			}
		}
		for _, want := range values[1:] {
			if _, ok := again.Redo(); !ok || !sameVersion(again.Now(), want) {
				t.Fatal("redo gives another film")
			}
		}
	}
}

func throughFile(t *testing.T, past Past) Past {
	t.Helper()
	kept := Past{Done: past.Done}
	for i, s := range past.Steps {
		line, err := s.Encode(i+1, "/old/place")
		if err != nil {
			t.Fatal(err)
		}
		step, n, err := KeptChange(line, "/old/place")
		if err != nil || n != i+1 {
			t.Fatalf("step %d is read as %d: %v", i+1, n, err)
		}
		kept.Steps = append(kept.Steps, step)
	}
	return kept
}

func randomVersion(rng *rand.Rand, v Version) (Version, error) {
	var err error
	small := func() Time { return Rational(rng.Int64N(400)-20, 1+rng.Int64N(30)) }
	switch rng.IntN(8) {
	case 0:
		v.Timeline, err = v.Timeline.WithMusic(Music{ID: v.Timeline.NextMusicID(), Source: "/m.ogg", At: small().Max(Time{}), Out: Rational(3, 1), Available: Rational(4, 1)})
	case 1:
		v.Timeline, err = v.Timeline.WithoutMusic(MusicID(fmt.Sprint("m", rng.IntN(4))))
	case 2:
		v.Timeline, err = v.Timeline.WithMaster(Master{Loudness: Loudnesses()[rng.IntN(3)]})
	case 3:
		out := DefaultOutput
		out.Rate = Rates()[rng.IntN(9)]
		if v.Output = &out; rng.IntN(3) == 0 {
			v.Output = nil
		}
	default:
		v.Timeline, err = randomEdit(rng, v.Timeline, small)
	}
	return v, err
}

// A step holds what changed and nothing else.
func TestStepsAreSmall(t *testing.T) {
	var ids []ClipID
	for i := range 500 {
		ids = append(ids, ClipID(fmt.Sprint("c", i)))
	}
	from := filmOf(t, ids...)
	moved, err := from.Timeline.Move("c7", 400)
	if err != nil {
		t.Fatal(err)
	}
	longer, err := from.Timeline.SetDuration("c250", Rational(9, 1))
	if err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]Timeline{"move": moved, "change": longer} {
		s := newChange(name, from, Version{Timeline: to})
		if len(s.edit.Clips.Out) != 1 || len(s.edit.Clips.In) != 1 {
			t.Errorf("%s of one clip takes %d out and puts %d in", name, len(s.edit.Clips.Out), len(s.edit.Clips.In))
		}
		if line, err := s.Encode(1, "/"); err != nil || len(line) > 1000 {
			t.Errorf("%s of one clip is %d bytes (%v)", name, len(line), err)
		}
	}
	slices.Reverse(ids)
	all := newChange("reverse", from, filmOf(t, ids...))
	if back, err := all.undo(filmOf(t, ids...)); err != nil || !sameVersion(back, from) {
		t.Errorf("a reversed film is not undone: %v", err)
	}
}

// What a stranger wrote beside a project changes nothing and breaks nothing.
func TestStepsThatDoNotFit(t *testing.T) {
	now := filmOf(t, "a", "b")
	for _, line := range []string{
		`{"n":1,"label":"x","clips":{"in":[{"at":0,"item":{"id":"z","kind":"still","source":"s","duration":1}}]}}`,
		`{"n":1,"label":"x","clips":{"in":[{"at":7,"item":{"id":"a","kind":"still","source":"s","duration":1}}]}}`,
		`{"n":1,"label":"x","clips":{"in":[{"at":-1,"item":{"id":"a","kind":"still","source":"s","duration":1}}]}}`,
		`{"n":1,"label":"x","clips":{"out":[{"at":0,"item":{"id":"a","kind":"still","source":"","duration":1}}]}}`,
		`{"n":1,"label":"x","clips":7}`,
		`{"n":1,"label":"x","music":{"out":[{"at":0,"item":{"id":"m"}}]}}`,
		`{"n":1,"label":"x","master":{"was":{"loudness":3},"is":{}}}`,
		`{"n":1,"label":"x","output":{"was":{"width":3}}}`,
	} {
		s, _, err := KeptChange([]byte(line), "/")
		if err != nil {
			t.Fatal(err)
		}
		h := ResumeHistory(now, Past{[]*Change{s, s}, 2})
		if _, ok := h.Undo(); ok || !sameVersion(h.Now(), now) {
			t.Errorf("%s was undone", line)
		}
		if _, ok := h.CanUndo(); ok {
			t.Errorf("%s is still there to be undone", line)
		}
	}
	for _, line := range []string{"", "{", `{"n":0}`, `{"label":"x"}`, `[]`} {
		if _, _, err := KeptChange([]byte(line), "/"); err == nil {
			t.Errorf("%q is a step", line)
		}
	}
}

func BenchmarkHistory(b *testing.B) {
	var clips []Clip
	for i := range 500 {
		clips = append(clips, Clip{ID: ClipID(fmt.Sprint("c", i)), Kind: StillClip, Source: "/s.jpg", Duration: Rational(5, 1)})
	}
	line, err := NewTimeline(clips...)
	if err != nil {
		b.Fatal(err)
	}
	h := NewHistory(Version{Timeline: line})
	rng := rand.New(rand.NewPCG(5, 6))
	for i := range 10000 {
		next, err := h.Now().Timeline.SetDuration(ClipID(fmt.Sprint("c", rng.IntN(500))), Rational(int64(i+1), 1))
		if err != nil {
			b.Fatal(err)
		}
		h.Do("Set duration", Version{Timeline: next})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := h.Undo(); !ok {
			for range 10000 {
				h.Redo()
			}
		}
	}
}
