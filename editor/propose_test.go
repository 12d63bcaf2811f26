package editor

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// proposedFilm is a still, a clip of 20 s that comes in over a transition, and
// a still that does so too.
func proposedFilm(t *testing.T) Timeline {
	still := func(id ClipID) Clip {
		return Clip{ID: id, Kind: StillClip, Source: "/s", Duration: Rational(10, 1)}
	}
	c := clipOf(20)
	c.ID = "c2"
	c.Transition = Transition{Kind: "crossfade", Length: Rational(1, 1)}
	c.Sound = Sound{FadeIn: Rational(1, 2), FadeOut: Rational(1, 3)}
	c.Titles = []Title{{Template: "plain", At: Rational(12, 1)}}
	c.Markers = []Marker{{At: Rational(25, 1), Label: "here"}}
	last := still("c3")
	last.Transition = Transition{Kind: "wipe", Length: Rational(1, 1)}
	return film(t, still("c1"), c, last)
}

func lineOf(t Timeline) string {
	var parts []string
	for start, c := range t.All() {
		if c.Stands() {
			continue
		}
		parts = append(parts, fmt.Sprintf("%s@%s %s-%s %s", c.ID, start, c.In, c.Out, c.Arrangement))
	}
	return strings.Join(parts, ", ")
}

func TestProposeSilenceCuts(t *testing.T) {
	s := func(from, to int64) Stretch { return Stretch{Rational(from, 10), Rational(to, 10)} }
	tests := []struct {
		name  string
		quiet []Stretch
		line  string
		parts string
		saved string
	}{
		{"in the middle", []Stretch{s(150, 180)}, "c2@9 10-15.2 , c4@14.2 17.8-30 ", "14.2-16.8", "2.6"},
		{"two, out of order", []Stretch{s(250, 270), s(150, 180)}, "c2@9 10-15.2 , c4@14.2 17.8-25.2 , c5@21.6 26.8-30 ", "14.2-16.8 24.2-25.8", "4.2"},
		{"overlapping", []Stretch{s(150, 180), s(170, 200)}, "c2@9 10-15.2 , c4@14.2 19.8-30 ", "14.2-16.8 16.8-18.8", "4.6"},
		{"at the beginning", []Stretch{s(90, 130)}, "c2@9 12.8-30 ", "9-11.8", "2.8"},
		{"at the end", []Stretch{s(270, 400)}, "c2@9 10-27.2 ", "26.2-29", "2.8"},
		{"all of it", []Stretch{s(100, 300)}, "", "9-29", "19"},
		{"too short", []Stretch{s(150, 155)}, "c2@9 10-30 ", "", "0"},
		{"elsewhere", []Stretch{s(10, 90), s(310, 400)}, "c2@9 10-30 ", "", "0"},
		{"nothing", nil, "c2@9 10-30 ", "", "0"},
	}
	for _, tt := range tests {
		line := proposedFilm(t)
		p, err := ProposeSilenceCuts(line, "c2", tt.quiet, Rational(2, 10))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var parts []string
		for _, part := range p.Parts {
			if !part.Goes {
				t.Errorf("%s: %+v does not go", tt.name, part)
			}
			parts = append(parts, fmt.Sprintf("%s-%s", part.From, part.To))
		}
		if got := lineOf(p.Timeline); got != tt.line || strings.Join(parts, " ") != tt.parts || p.Saved.String() != tt.saved {
			t.Errorf("%s: %q, %q goes, %s s saved", tt.name, got, parts, p.Saved)
		}
		if line.Duration().Sub(p.Timeline.Duration()) != p.Saved {
			t.Errorf("%s: the film is not %s s shorter", tt.name, p.Saved)
		}
		keepsEnds(t, tt.name, p.Timeline)
	}
}

// keepsEnds checks that what was done to the clip's ends is done to those of
// its pieces, and nothing of it in between.
func keepsEnds(t *testing.T, name string, line Timeline) {
	t.Helper()
	var pieces []Clip
	for _, c := range line.Clips() {
		if !c.Stands() {
			pieces = append(pieces, c)
		}
	}
	for i, c := range pieces {
		first, last := i == 0, i == len(pieces)-1
		if (c.Transition.Kind == "crossfade") != first || (c.Sound.FadeIn != Time{}) != first || (c.Sound.FadeOut != Time{}) != last {
			t.Errorf("%s: piece %d of %d has %+v, %+v", name, i, len(pieces), c.Transition, c.Sound)
		}
	}
}

func TestProposeSpeakerCuts(t *testing.T) {
	turn := func(from, to int64, who Party) Turn {
		return Turn{Stretch{Rational(from, 1), Rational(to, 1)}, who}
	}
	own := OnlySpeakers
	own.Both = ""
	tests := []struct {
		name    string
		turns   []Turn
		layouts SpeakerLayouts
		line    string
		parts   int
	}{
		{"turns", []Turn{turn(0, 5, Me), turn(5, 12, Them), turn(12, 20, Both)}, OnlySpeakers,
			"c2@9 10-15 me, c4@14 15-22 them, c5@21 22-30 side-by-side", 3},
		{"the same layout twice", []Turn{turn(0, 5, Me), turn(5, 12, Me), turn(12, 20, Them)}, OnlySpeakers, "c2@9 10-22 me, c4@21 22-30 them", 2},
		{"its own layout", []Turn{turn(0, 20, Both)}, own, "c2@9 10-30 ", 0},
		{"longer than the clip", []Turn{turn(0, 5, Me), turn(5, 90, Them), turn(90, 99, Me)}, OnlySpeakers, "c2@9 10-15 me, c4@14 15-30 them", 2},
		{"nobody", nil, OnlySpeakers, "c2@9 10-30 ", 0},
	}
	for _, tt := range tests {
		p, err := ProposeSpeakerCuts(proposedFilm(t), "c2", tt.turns, tt.layouts)
		if err != nil || lineOf(p.Timeline) != tt.line || len(p.Parts) != tt.parts {
			t.Errorf("%s: %q, %d parts, %v", tt.name, lineOf(p.Timeline), len(p.Parts), err)
		}
		if p.Saved != (Time{}) || p.Timeline.Duration() != proposedFilm(t).Duration() {
			t.Errorf("%s: the film became shorter", tt.name)
		}
		keepsEnds(t, tt.name, p.Timeline)
	}
}

// TestProposeAtSpeed counts on the film's clock what is twice as fast there.
func TestProposeAtSpeed(t *testing.T) {
	c := clipOf(20)
	c.Speed = Ratio{2, 1}
	p, err := ProposeSilenceCuts(film(t, c), "c1", []Stretch{{Rational(14, 1), Rational(18, 1)}}, Time{})
	if err != nil || len(p.Parts) != 1 || p.Parts[0].From != Rational(2, 1) || p.Parts[0].To != Rational(4, 1) || p.Timeline.Duration() != Rational(8, 1) {
		t.Errorf("%+v, %s s, %v", p.Parts, p.Timeline.Duration(), err)
	}
}

func TestProposeRefuses(t *testing.T) {
	line := proposedFilm(t)
	if _, err := ProposeSilenceCuts(line, "c1", nil, Time{}); !errors.Is(err, ErrClip) {
		t.Errorf("a still: %v", err)
	}
	if _, err := ProposeSpeakerCuts(line, "none", nil, OnlySpeakers); !errors.Is(err, ErrRange) {
		t.Errorf("no clip: %v", err)
	}
}
