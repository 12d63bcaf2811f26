package editor

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// said is levels, one a LevelStep, of a text of tenths of a second: # is loud
// speech, + quieter, _ the noise of a room, and a space no sound at all.
func said(text string) []float64 {
	r := rand.New(rand.NewPCG(uint64(len(text)), 1))
	var db []float64
	for _, c := range text {
		for range 5 {
			level := map[rune]float64{'#': -20, '+': -31, '_': -55, ' ': SilentLevel}[c]
			if level > SilentLevel {
				level += 4 * (r.Float64() - 0.5)
			}
			db = append(db, level)
		}
	}
	return db
}

func clipOf(seconds int64) Clip {
	return Clip{ID: "c1", Kind: MovingClip, Source: "/a", Available: Rational(1000, 1), In: Rational(10, 1), Out: Rational(10+seconds, 1)}
}

// inTenths writes stretches as tenths of a second after a clip's In.
func inTenths(c Clip, all []Stretch) string {
	var parts []string
	for _, s := range all {
		parts = append(parts, fmt.Sprintf("%d-%d", s.From.Sub(c.In).FrameRound(Ratio{10, 1}), s.To.Sub(c.In).FrameRound(Ratio{10, 1})))
	}
	return strings.Join(parts, " ")
}

func TestSilences(t *testing.T) {
	speech := "##+##_#+##" // with a gap too short to count
	pause := strings.Repeat("_", 10)
	tests := []struct {
		name   string
		voices []string
		want   string
	}{
		{"a pause", []string{speech + pause + speech}, "10-20"},
		{"digital silence", []string{speech + strings.Repeat(" ", 10) + speech}, "10-20"},
		{"at the ends", []string{pause + speech + pause}, "0-10 20-30"},
		{"the other speaks", []string{speech + pause + pause, pause + speech + pause}, "20-30"},
		{"a noisy room and nobody", []string{pause + pause + pause}, "0-30"},
		{"nobody beside one", []string{speech + pause + speech, pause + pause + pause}, "10-20"},
		{"no pause", []string{speech + speech + speech}, ""},
		{"music", []string{strings.Repeat("+", 30)}, ""},
		{"no sound", nil, "0-30"},
		{"a short track", []string{speech}, "10-30"},
	}
	for _, tt := range tests {
		c := clipOf(3)
		var voices []Levels
		for _, v := range tt.voices {
			voices = append(voices, Levels{DB: said(v)})
		}
		if got := inTenths(c, c.Silences(voices, Silence{Least: Rational(7, 10)})); got != tt.want {
			t.Errorf("%s: %q instead of %q", tt.name, got, tt.want)
		}
	}
}

// watcher is a Watcher by a function.
type watcher func(m *Media, from, to Time) ([]Stretch, error)

func (w watcher) Frozen(_ context.Context, m *Media, _ int, from, to, _ Time) ([]Stretch, error) {
	return w(m, from, to)
}

func TestDeadAir(t *testing.T) {
	c := clipOf(60)
	picture := media("/a", Rational(1000, 1), picture(640, 360, Ratio{25, 1}), audio())
	picture.Streams[0].Start, picture.Start = Rational(3, 1), Rational(3, 1)
	quiet := []Stretch{{Rational(20, 1), Rational(30, 1)}, {Rational(40, 1), Rational(41, 1)}, {Rational(50, 1), Rational(60, 1)}}
	w := watcher(func(_ *Media, from, _ Time) ([]Stretch, error) {
		if from == Rational(23, 1) { // 20 s on the clip's clock
			return []Stretch{{Rational(25, 1), Rational(33, 1)}}, nil
		}
		return nil, nil
	})
	got, err := DeadAir(t.Context(), w, c, Source{Path: "/a", Media: picture}, quiet, Rational(2, 1))
	if err != nil || !slices.Equal(got, []Stretch{{Rational(22, 1), Rational(30, 1)}}) {
		t.Errorf("%v, %v", got, err)
	}
	failed := errors.New("failed")
	if _, err := DeadAir(t.Context(), watcher(func(*Media, Time, Time) ([]Stretch, error) { return nil, failed }), c, Source{Media: picture}, quiet, Rational(2, 1)); !errors.Is(err, failed) {
		t.Errorf("%v", err)
	}
	only := media("/a", Rational(1000, 1), audio())
	if got, err := DeadAir(t.Context(), w, c, Source{Media: only}, quiet, Rational(2, 1)); err != nil || got != nil {
		t.Errorf("without a picture: %v, %v", got, err)
	}
}

// TestDeadAirOfACall wants both pictures to show nothing.
func TestDeadAirOfACall(t *testing.T) {
	lib := callLibrary()
	c := Clip{ID: "c1", Kind: RecordingClip, Source: "/r", Available: Rational(10, 1), Out: Rational(10, 1)}
	w := watcher(func(m *Media, from, to Time) ([]Stretch, error) {
		if strings.HasSuffix(m.Path, "mv.mkv") {
			return []Stretch{{from, to}}, nil
		}
		return []Stretch{{Rational(4, 1), Rational(7, 1)}}, nil
	})
	got, err := DeadAir(t.Context(), w, c, lib["/r"], []Stretch{{Time{}, Rational(10, 1)}}, Rational(2, 1))
	if err != nil || !slices.Equal(got, []Stretch{{Rational(4, 1), Rational(7, 1)}}) {
		t.Errorf("%v, %v", got, err)
	}
}

// TestListen asks for every voice of a clip, on its file's clock.
func TestListen(t *testing.T) {
	var asked []string
	l := listener(func(m *Media, stream int, from, to Time) []float64 {
		asked = append(asked, fmt.Sprintf("%s:%d %s-%s", m.Path, stream, from, to))
		return []float64{-10}
	})
	call := callLibrary()
	c := Clip{ID: "c1", Kind: RecordingClip, Source: "/r", Available: Rational(10, 1), In: Rational(2, 1), Out: Rational(10, 1)}
	got, err := Listen(t.Context(), l, c, call["/r"])
	if err != nil || len(got) != 2 || got[0].Who != Me || got[1].Who != Them {
		t.Errorf("%+v, %v", got, err)
	}
	m := media("/m", Rational(9, 1), picture(2, 2, Ratio{25, 1}), audio(), audio())
	for i := range m.Streams {
		m.Streams[i].Index, m.Streams[i].Start = i, Rational(3, 1)
	}
	m.Start = Rational(3, 1)
	file := Clip{ID: "c1", Kind: MovingClip, Source: "/m", Available: Rational(9, 1), In: Rational(1, 1), Out: Rational(4, 1), Sound: Sound{Tracks: []int{1}}}
	if _, err := Listen(t.Context(), l, file, Source{Media: m}); err != nil {
		t.Error(err)
	}
	file.Sound.Mute = true
	if got, err := Listen(t.Context(), l, file, Source{Media: m}); err != nil || got != nil {
		t.Errorf("a clip that is mute: %v, %v", got, err)
	}
	if want := []string{"/r/ma.mkv:0 2-10", "/r/ta.mkv:0 2-10", "/m:2 4-7"}; !slices.Equal(asked, want) {
		t.Errorf("asked for %q", asked)
	}
}

type listener func(m *Media, stream int, from, to Time) []float64

func (l listener) Levels(_ context.Context, m *Media, stream int, from, to, _ Time) ([]float64, error) {
	return l(m, stream, from, to), nil
}

// TestTurns reads who has the word: capital letters of the want are who, with
// the tenth of a second at which the turn begins.
func TestTurns(t *testing.T) {
	rep := strings.Repeat
	tests := []struct {
		name, me, them, want string
	}{
		{"one after the other", rep("#", 30) + rep("_", 30), rep("_", 30) + rep("#", 30), "me 0, them 28"},
		{"a pause is of who spoke last", rep("#", 30) + rep("_", 60), rep("_", 60) + rep("#", 30), "me 0, them 58"},
		{"a word thrown in", rep("#", 60), rep("_", 20) + "####" + rep("_", 36), "me 0"},
		{"a word thrown in, into a pause", rep("#", 20) + rep("_", 8) + rep("#", 32), rep("_", 22) + "####" + rep("_", 34), "me 0"},
		{"both at once", rep("#", 80), rep("_", 30) + rep("#", 30) + rep("_", 20), "me 0, both 28, me 58"},
		{"the other is heard through", rep("#", 60), rep("_", 20) + strings.Repeat("_", 40), "me 0"},
		{"silence first", rep("_", 20) + rep("#", 20), rep("_", 40), "me 0"},
		{"nobody", rep("_", 40), rep("_", 40), ""},
		{"nothing", "", "", ""},
		{"one track is shorter", rep("#", 20), rep("_", 20) + rep("#", 20), "me 0, them 18"},
		{"short exchanges", rep("##########__________", 3), rep("__________##########", 3), "both 0"},
	}
	step := LevelStep
	for _, tt := range tests {
		turns := Turns(said(tt.me), said(tt.them), step)
		var got []string
		var end Time
		for _, turn := range turns {
			got = append(got, fmt.Sprintf("%s %d", turn.Who, turn.From.FrameRound(Ratio{10, 1})))
			if turn.From != end || turn.Length().Cmp(Time{}) <= 0 {
				t.Errorf("%s: a gap before %+v", tt.name, turn)
			}
			end = turn.To
		}
		if got := strings.Join(got, ", "); !near(got, tt.want) {
			t.Errorf("%s: %q instead of %q", tt.name, got, tt.want)
		}
		if n := max(len(tt.me), len(tt.them)); len(turns) > 0 && end != Rational(int64(n), 10) {
			t.Errorf("%s: the turns end at %s s", tt.name, end)
		}
	}
	if Turns([]float64{-10}, nil, Time{}) != nil {
		t.Error("turns of no time")
	}
}

// near compares turns whose beginnings may be off by 3 tenths of a second.
func near(got, want string) bool {
	a, b := strings.Split(got, ", "), strings.Split(want, ", ")
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		var whoA, whoB string
		var atA, atB int
		na, _ := fmt.Sscan(a[i], &whoA, &atA)
		nb, _ := fmt.Sscan(b[i], &whoB, &atB)
		if na != nb || whoA != whoB || max(atA-atB, atB-atA) > 3 {
			return false
		}
	}
	return true
}
