package editor

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// busyTimeline is a film with everything that can be done to clips.
func busyTimeline(t *testing.T) Timeline {
	t.Helper()
	line := film(t,
		Clip{ID: "c1", Kind: MovingClip, Source: "/p/a.mp4", Out: Rational(4, 1), Available: Rational(4, 1), Speed: Ratio{2, 1},
			Markers:  []Marker{{At: Rational(1, 1), Label: "One"}, {At: Rational(9, 1), Label: "Cut off"}},
			Captions: "/p/a.srt", Framing: Framing{Fit: FitBlur, Rotate: 90, Crop: Rect{0, 0, 0.5, 0.5}}},
		Clip{ID: "c2", Kind: StillClip, Source: "/p/b.jpg", Duration: Rational(6, 1), Transition: Transition{Kind: "crossfade", Length: Rational(1, 1)},
			Framing: Framing{Pan: Pan{Whole, Rect{0.25, 0.25, 0.5, 0.5}}}, Sound: Sound{FadeOut: Rational(1, 2)},
			Titles:  []Title{{Template: "lower-third", Fields: map[string]string{"title": "Ann"}, At: Rational(2, 1), Length: Rational(3, 1)}},
			Markers: []Marker{{At: Rational(4, 1), Label: "Two"}}},
		Clip{ID: "c3", Kind: FreezeClip, Source: "/p/a.mp4", In: Rational(1, 1), Available: Rational(4, 1), Duration: Rational(1, 1),
			Transition: Transition{Kind: "wipe-left", Length: Rational(100, 1)}},
		Clip{ID: "c4", Kind: TitleClip, Duration: Rational(3, 1), Titles: []Title{{Template: "card", Fields: map[string]string{"title": "End"}}}},
	)
	line, err := line.WithMusic(Music{ID: "m1", Source: "/p/m.mp3", At: Rational(1, 1), Out: Rational(5, 1), Available: Rational(60, 1), Duck: true})
	if err != nil {
		t.Fatal(err)
	}
	line, err = line.WithMaster(Master{Loudness: -16, Subtitles: SubtitleBurnt})
	if err != nil {
		t.Fatal(err)
	}
	return line
}

func TestOverlaps(t *testing.T) {
	line := busyTimeline(t)
	want := []Time{{}, Rational(1, 1), Rational(13, 2), Rational(15, 2)}
	for i, start := range want {
		if got := line.Start(i); got != start {
			t.Errorf("clip %d begins at %s instead of %s", i, got, start)
		}
	}
	if got := line.Duration(); got != Rational(21, 2) {
		t.Errorf("the film lasts %s", got)
	}
	if i, since, ok := line.Find(Rational(3, 2)); i != 1 || since != Rational(1, 2) || !ok {
		t.Errorf("in a transition the later clip stands: %d, %s, %v", i, since, ok)
	}
	if _, _, ok := line.Find(line.Duration()); ok {
		t.Error("at its end the film has a clip")
	}
}

func TestChapters(t *testing.T) {
	got := busyTimeline(t).Chapters()
	want := []Chapter{{Rational(1, 2), "One", "c1"}, {Rational(5, 1), "Two", "c2"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("chapters %v, want %v", got, want)
	}
}

func TestCues(t *testing.T) {
	lib := Library{"/p/a.srt": {Path: "/p/a.srt", Captions: &Captions{Cues: []Cue{
		{Rational(1, 1), Rational(2, 1), "here"}, {Rational(3, 1), Rational(8, 1), "over the end"}, {Rational(7, 1), Rational(8, 1), "gone"},
	}}}}
	got := busyTimeline(t).Cues(lib)
	want := []Cue{{Rational(1, 2), Rational(1, 1), "here"}, {Rational(3, 2), Rational(2, 1), "over the end"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("cues %v, want %v", got, want)
	}
}

// TestSplitKeepsEffects holds that a cut changes nothing of what is shown.
func TestSplitKeepsEffects(t *testing.T) {
	line := busyTimeline(t)
	cut, err := line.Split(Rational(4, 1)) // 3 s into the still
	if err != nil {
		t.Fatal(err)
	}
	if cut.Duration() != line.Duration() {
		t.Errorf("the film lasts %s after the cut", cut.Duration())
	}
	first, second := cut.Clip(1), cut.Clip(2)
	if first.Framing.Pan.To != second.Framing.Pan.From || second.Framing.Pan.To != line.Clip(1).Framing.Pan.To {
		t.Errorf("the way jumps: %v, %v", first.Framing.Pan, second.Framing.Pan)
	}
	if from, to := second.Titles[0].Shown(second); from != (Time{}) || to != Rational(2, 1) {
		t.Errorf("the title stands from %s to %s in the second part", from, to)
	}
	if !reflect.DeepEqual(cut.Chapters()[1].At, line.Chapters()[1].At) {
		t.Error("the chapter moved")
	}
	if !second.Transition.Cut() || first.Sound.FadeOut != (Time{}) || second.Sound.FadeOut != Rational(1, 2) {
		t.Error("what belongs to the ends is at the cut")
	}
	cut, err = line.Split(Rational(1, 4)) // a clip at double speed
	if err != nil || cut.Clip(0).Out != Rational(1, 2) || cut.Clip(1).In != Rational(1, 2) {
		t.Errorf("a fast clip was cut at %s: %v", cut.Clip(0).Out, err)
	}
}

// TestEffectsSurvive writes and reads a project with everything in it, and
// with fields from the future in every part of it.
func TestEffectsSurvive(t *testing.T) {
	p := &Project{Timeline: busyTimeline(t), Library: Library{}}
	data, err := EncodeProject(p, "/p")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), "/p/") {
		t.Errorf("a path is not relative to the project: %s", data)
	}
	again, err := DecodeProject(data, "/p")
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(again.Timeline, p.Timeline) {
		t.Errorf("came back as %v", again.Timeline)
	}
	for _, name := range []string{"framing", "sound", "transition", "titles", "markers", "music", "master"} {
		future := strings.Replace(string(data), `"`+name+`": {`, `"`+name+`": {"future": [1],`, 1)
		future = strings.Replace(future, `"`+name+`": [
        {`, `"`+name+`": [{"future": [1],`, 1)
		future = strings.Replace(future, `"`+name+`": [
    {`, `"`+name+`": [{"future": [1],`, 1)
		p, err := DecodeProject([]byte(future), "/p")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		kept, err := EncodeProject(p, "/p")
		if err != nil || !json.Valid(kept) || !strings.Contains(string(kept), `"future"`) {
			t.Errorf("%s lost what it did not know: %v", name, err)
		}
	}
}

func TestEffectsRefused(t *testing.T) {
	good := Clip{ID: "a", Kind: MovingClip, Source: "/a", Out: Rational(1, 1), Available: Rational(1, 1)}
	for name, edit := range map[string]func(*Clip){
		"speed":             func(c *Clip) { c.Speed = Ratio{11, 1} },
		"backward":          func(c *Clip) { c.Speed = Ratio{-1, 1} },
		"rotation":          func(c *Clip) { c.Framing.Rotate = 45 },
		"crop outside":      func(c *Clip) { c.Framing.Crop = Rect{0.6, 0, 0.5, 1} },
		"crop of nothing":   func(c *Clip) { c.Framing.Crop = Rect{0.6, 0, 0, 1} },
		"pan":               func(c *Clip) { c.Framing.Pan = Pan{Whole, Rect{-1, 0, 1, 1}} },
		"fit":               func(c *Clip) { c.Framing.Fit = "stretch" },
		"gain":              func(c *Clip) { c.Sound.Gain = 60 },
		"fade":              func(c *Clip) { c.Sound.FadeIn = Rational(-1, 1) },
		"transition":        func(c *Clip) { c.Transition = Transition{Kind: "x'y", Length: Rational(1, 1)} },
		"template":          func(c *Clip) { c.Titles = []Title{{Template: "../x"}} },
		"layout":            func(c *Clip) { c.Arrangement = "a/b" },
		"text":              func(c *Clip) { c.Titles = []Title{{Template: "x", Fields: map[string]string{"a": "\xff"}}} },
		"marker":            func(c *Clip) { c.Markers = []Marker{{Label: strings.Repeat("x", 2000)}} },
		"freeze past end":   func(c *Clip) { c.Kind, c.In, c.Duration = FreezeClip, Rational(2, 1), Rational(1, 1) },
		"card for no time":  func(c *Clip) { c.Kind, c.Source = TitleClip, "" },
		"sound stream's no": func(c *Clip) { c.Sound.Tracks = []int{-1} },
	} {
		c := good
		edit(&c)
		if c.Check() == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
}
