package editui

import (
	"reflect"
	"strings"
	"testing"

	"parley/editor"
)

// fakeLettering has two templates and writes nothing.
type fakeLettering struct{}

func (fakeLettering) Templates() []editor.Template {
	field := []editor.TemplateField{{Name: "title", Label: "Title", Kind: editor.TextField}}
	return []editor.Template{{Name: "lower-third", Label: "Lower third", Fields: field}, {Name: "card", Label: "Card", Card: true, Fields: field}}
}

func (fakeLettering) Ground(editor.Title, editor.Output) (string, error) { return "color", nil }

func (fakeLettering) Script([]editor.ShownTitle, []editor.Cue, editor.Output) (string, error) {
	return "", nil
}

var fakeEffects = editor.Effects{
	Blends:    []editor.Blend{{Name: "crossfade", Label: "Crossfade"}, {Name: "wipe-left", Label: "Wipe"}},
	Lettering: fakeLettering{},
}

// panelled is a presenter with a still, a clip and a call, the clip chosen and
// the playhead 3 s into it.
func panelled(t *testing.T) *Presenter {
	t.Helper()
	p := brought(t, "/a.jpg", "/b.mp4", "/call")
	p.UseEffects(fakeEffects)
	p.Select("c2", editor.Rational(8, 1))
	return p
}

func sec(num, den int64) editor.Time { return editor.Rational(num, den) }

// TestPanelEdits: each edit does what it says to the chosen clip, is one step,
// and is undone by one.
func TestPanelEdits(t *testing.T) {
	tests := []struct {
		name string
		edit func(*Presenter)
		is   func(editor.Clip) bool
	}{
		{"fill", func(p *Presenter) { p.Fit(editor.FitFill) }, func(c editor.Clip) bool { return c.Framing.Fit == editor.FitFill }},
		{"turn", func(p *Presenter) { p.Rotate(1) }, func(c editor.Clip) bool { return c.Framing.Rotate == 90 }},
		{"turn back", func(p *Presenter) { p.Rotate(-1) }, func(c editor.Clip) bool { return c.Framing.Rotate == 270 }},
		{"steady", func(p *Presenter) { p.Stabilise(true) }, func(c editor.Clip) bool { return c.Framing.Stabilise }},
		{"crop to a square", func(p *Presenter) { p.CropTo(Shape{Ratio: 1}) }, func(c editor.Clip) bool {
			return sameRect(c.Framing.Crop, editor.Rect{X: 0.21875, Y: 0, W: 0.5625, H: 1})
		}},
		{"drag a crop", func(p *Presenter) {
			p.TakeTool(CropTool)
			p.ToolRect(0, editor.Rect{X: 0.1, Y: 0.1, W: 0.5, H: 0.5})
			p.ToolRect(0, editor.Rect{X: 0.2, Y: 0.1, W: 0.5, H: 0.5})
		}, func(c editor.Clip) bool {
			return sameRect(c.Framing.Crop, editor.Rect{X: 0.2, Y: 0.1, W: 0.5, H: 0.5})
		}},
		{"write a crop", func(p *Presenter) { _ = p.EnterCrop(CropWidth, "640") }, func(c editor.Clip) bool {
			return sameRect(c.Framing.Crop, editor.Rect{W: 0.5, H: 1})
		}},
		{"pan", func(p *Presenter) { p.Pan(PanRight) }, func(c editor.Clip) bool {
			return c.Framing.Pan.From.X == 0 && c.Framing.Pan.To.X > 0.19
		}},
		{"faster", func(p *Presenter) { p.SetSpeed(editor.Ratio{Num: 2, Den: 1}) }, func(c editor.Clip) bool { return c.Length() == sec(5, 1) }},
		{"louder, dragged", func(p *Presenter) { p.Volume(1); p.Volume(2); p.Volume(3.04) }, func(c editor.Clip) bool { return c.Sound.Gain == 3 }},
		{"louder than possible", func(p *Presenter) { p.Volume(99) }, func(c editor.Clip) bool { return c.Sound.Gain == editor.MaxGain }},
		{"mute", func(p *Presenter) { p.Mute(true) }, func(c editor.Clip) bool { return c.Sound.Mute }},
		{"less noise", func(p *Presenter) { p.Denoise(true) }, func(c editor.Clip) bool { return c.Sound.Denoise }},
		{"fade out", func(p *Presenter) { p.Fade(true, sec(2, 1)) }, func(c editor.Clip) bool { return c.Sound.FadeOut == sec(2, 1) }},
		{"fade longer than the clip", func(p *Presenter) { p.Fade(false, sec(99, 1)) }, func(c editor.Clip) bool { return c.Sound.FadeIn == sec(10, 1) }},
		{"crossfade", func(p *Presenter) { p.Join("crossfade") }, func(c editor.Clip) bool {
			return c.Transition.Kind == "crossfade" && c.Transition.Length == sec(1, 1)
		}},
		{"title", func(p *Presenter) { p.AddTitle("lower-third") }, func(c editor.Clip) bool {
			return len(c.Titles) == 1 && c.Titles[0].At == sec(3, 1) && c.Titles[0].Length == sec(5, 1)
		}},
	}
	for _, tt := range tests {
		p := panelled(t)
		p.EndRun()
		before := p.line()
		tt.edit(p)
		if c := p.line().Clip(1); !tt.is(c) || len(said(p)) > 0 {
			t.Errorf("%s: %+v, said %q", tt.name, c, said(p))
		}
		p.Undo()
		if got := p.line().Clip(1); !reflect.DeepEqual(got, before.Clip(1)) || p.Model().Undo != "Add 3 clips" {
			t.Errorf("%s: undone to %+v, before it is %q", tt.name, got, p.Model().Undo)
		}
	}
}

// TestPanelEditsThatChangeNothing are no steps.
func TestPanelEditsThatChangeNothing(t *testing.T) {
	for name, edit := range map[string]func(*Presenter){
		"fit as it is":        func(p *Presenter) { p.Fit(editor.FitInside) },
		"all around":          func(p *Presenter) { p.Rotate(4) },
		"nothing cut off":     func(p *Presenter) { p.Uncrop() },
		"no volume":           func(p *Presenter) { p.Volume(0) },
		"speed as it is":      func(p *Presenter) { p.SetSpeed(editor.Ratio{Num: 3, Den: 3}) },
		"a cut":               func(p *Presenter) { p.Join("") },
		"length of a cut":     func(p *Presenter) { p.JoinLength(sec(2, 1)) },
		"all joins as one":    func(p *Presenter) { p.JoinAll() },
		"the sound there is":  func(p *Presenter) { p.Hear(0, true) },
		"no sound at all":     func(p *Presenter) { p.Hear(0, false) },
		"loudness as it is":   func(p *Presenter) { p.Loudness(0) },
		"subtitles as always": func(p *Presenter) { p.Subtitle(editor.SubtitleTrack) },
		"fit of a call":       func(p *Presenter) { p.Select("c3", sec(20, 1)); p.Fit(editor.FitFill) },
		"join of the first":   func(p *Presenter) { p.Select("c1", sec(0, 1)); p.Join("crossfade") },
		"speed of a still":    func(p *Presenter) { p.Select("c1", sec(0, 1)); p.SetSpeed(editor.Ratio{Num: 2, Den: 1}) },
	} {
		p := panelled(t)
		revision := p.Revision()
		edit(p)
		if p.Revision() != revision || len(said(p)) > 0 {
			t.Errorf("%s is a step, said %q", name, said(p))
		}
	}
}

func TestWhatIsDraggedIsOneStepUntilItIsLetGo(t *testing.T) {
	p := brought(t, "/b.mp4", "/b.mp4")
	p.Select("c1", sec(0, 1))
	p.Volume(1)
	p.Volume(2)
	p.EndRun()
	p.Volume(3)
	p.Select("c2", sec(10, 1))
	p.Volume(4)
	got := func() [2]float64 { return [2]float64{p.line().Clip(0).Sound.Gain, p.line().Clip(1).Sound.Gain} }
	for _, want := range [][2]float64{{3, 4}, {3, 0}, {2, 0}, {0, 0}} {
		if got() != want {
			t.Errorf("volumes %v, want %v", got(), want)
		}
		p.Undo()
		p.Select("c2", sec(10, 1))
	}
}

// TestAWayKeepsTheFilmsShape whatever is done to the picture below it.
func TestAWayKeepsTheFilmsShape(t *testing.T) {
	p := panelled(t)
	p.Pan(ZoomIn)
	p.Rotate(1)
	p.CropTo(Shape{Ratio: 1})
	p.PanPart(true, editor.Rect{X: 0.5, Y: 0.5, W: 0.5, H: 0.1})
	c := p.line().Clip(1)
	for _, part := range []editor.Rect{c.Framing.Pan.From, c.Framing.Pan.To} {
		if got, want := part.W/part.H, p.panShape(c); got < want*0.999 || got > want*1.001 {
			t.Errorf("a part of shape %g, want %g", got, want)
		}
	}
	if got := p.Model().Panel.Pan.Summary[0].String(); got != "Closer" {
		t.Errorf("told as %q", got)
	}
	p.SwapPan()
	if got := p.Model().Panel.Pan.Summary[0].String(); got != "Further away" {
		t.Errorf("turned around, told as %q", got)
	}
	p.StopPan()
	if p.Model().Panel.Pan.Moves {
		t.Error("it still moves")
	}
}

func TestWrittenNumbers(t *testing.T) {
	tests := []struct {
		name  string
		enter func(*Presenter) error
		want  string // something of what is said; "" is taken
	}{
		{"speed", func(p *Presenter) error { return p.EnterSpeed("1,5x") }, ""},
		{"speed in percent", func(p *Presenter) error { return p.EnterSpeed("150 %") }, ""},
		{"speed as a fraction", func(p *Presenter) error { return p.EnterSpeed("3/2") }, ""},
		{"speed in words", func(p *Presenter) error { return p.EnterSpeed("fast") }, "how many times"},
		{"no speed", func(p *Presenter) error { return p.EnterSpeed("0") }, "from 0.1 to 10"},
		{"speed by nothing", func(p *Presenter) error { return p.EnterSpeed("1/0") }, "from 0.1 to 10"},
		{"volume", func(p *Presenter) error { return p.EnterVolume("−6,5 dB") }, ""},
		{"volume too loud", func(p *Presenter) error { return p.EnterVolume("40") }, "from -60 to 24"},
		{"volume in words", func(p *Presenter) error { return p.EnterVolume("loud") }, "volume in dB"},
		{"crop", func(p *Presenter) error { return p.EnterCrop(CropHeight, "360 px") }, ""},
		{"crop too wide", func(p *Presenter) error { return p.EnterCrop(CropWidth, "1281") }, "64 to 1280"},
		{"crop too narrow", func(p *Presenter) error { return p.EnterCrop(CropWidth, "3") }, "64 to 1280"},
		{"crop outside", func(p *Presenter) error { return p.EnterCrop(CropLeft, "10") }, "0 to 0"},
		{"crop in words", func(p *Presenter) error { return p.EnterCrop(CropTop, "half") }, "whole number"},
	}
	for _, tt := range tests {
		p := panelled(t)
		revision := p.Revision()
		err := tt.enter(p)
		if (err == nil) != (tt.want == "") || (p.Revision() != revision) != (err == nil) {
			t.Errorf("%s: %v, want %q; %d steps", tt.name, err, tt.want, p.Revision()-revision)
		}
		if err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: said %q, want something of %q", tt.name, err, tt.want)
		}
	}
}

func TestSpeedKeepsTheMomentUnderThePlayhead(t *testing.T) {
	p := panelled(t)
	p.SetSpeed(editor.Ratio{Num: 2, Den: 1})
	if m := p.Model(); m.Playhead != sec(13, 2) || m.Inspector.PreviewTime != sec(3, 1) {
		t.Errorf("the playhead is at %s, showing %s; want 6.5 and 3", m.Playhead, m.Inspector.PreviewTime)
	}
}

// TestThePanelShowsWhatApplies by kind of clip.
func TestThePanelShowsWhatApplies(t *testing.T) {
	sections := func(n Panel) string {
		var on []string
		for _, s := range []struct {
			name string
			on   bool
		}{
			{"speed", n.Speed.On}, {"framing", n.Framing.On}, {"pan", n.Pan.On}, {"people", n.People.On},
			{"sound", n.Sound.On}, {"titles", n.Titles.On}, {"join", n.Join.On},
		} {
			if s.on {
				on = append(on, s.name)
			}
		}
		return strings.Join(on, " ")
	}
	p := panelled(t)
	for _, tt := range []struct {
		clip editor.ClipID
		want string
	}{
		{"c1", "framing pan titles"},
		{"c2", "speed framing pan sound titles join"},
		{"c3", "speed pan people titles join"},
	} {
		p.Select(tt.clip, p.line().Start(0))
		if got := sections(p.Model().Panel); got != tt.want {
			t.Errorf("%s has the sections %q, want %q", tt.clip, got, tt.want)
		}
	}
	p.UseEffects(editor.Effects{})
	if got := sections(p.Model().Panel); got != "speed pan people" {
		t.Errorf("without effects: %q", got)
	}
}

func TestToolsArePutDown(t *testing.T) {
	p := panelled(t)
	p.TakeTool(PanTool)
	if tool := p.Model().Panel.Tool; tool.Kind != PanTool || len(tool.Rects) != 2 || !p.line().Clip(1).Framing.Pan.Moves() {
		t.Errorf("%+v", tool)
	}
	p.ToolRect(1, editor.Rect{X: 0.1, Y: 0.1, W: 0.3, H: 0.3})
	if tool := p.Model().Panel.Tool; tool.Part != 1 || !sameRect(tool.Rects[1], editor.Rect{X: 0.1, Y: 0.1, W: 0.3, H: 0.3}) {
		t.Errorf("dragged to %+v", tool)
	}
	p.Select("c1", sec(0, 1))
	if tool := p.Model().Panel.Tool; tool.Kind != NoTool {
		t.Errorf("another clip keeps it: %+v", tool)
	}
	p.TakeTool(CropTool)
	p.TakeTool(CropTool)
	if tool := p.Model().Panel.Tool; tool.Kind != NoTool {
		t.Errorf("taken twice: %+v", tool)
	}
	p.TakeTool(CropTool)
	p.HoldShape(Shape{Ratio: 1})
	if tool := p.Model().Panel.Tool; tool.Shape != 0.75 || !sameRect(tool.Rects[0], editor.Rect{X: 0.125, W: 0.75, H: 1}) {
		t.Errorf("a square of 4000 × 3000: %+v", tool)
	}
}

func TestJoins(t *testing.T) {
	p := panelled(t)
	p.Join("wipe-left")
	p.JoinLength(sec(1, 2))
	p.JoinLength(sec(99, 1))
	if s := p.Model().Panel.Join; s.Length != longestJoin || s.Real != sec(5, 2) || s.Longest != sec(5, 2) || s.Before != "a.jpg" {
		t.Errorf("%+v", s)
	}
	p.JoinAll()
	if c := p.line().Clip(2); c.Transition.Kind != "wipe-left" || !p.line().Clip(0).Transition.Cut() {
		t.Errorf("the other joins: %+v", c.Transition)
	}
	p.Undo()
	if !p.line().Clip(2).Transition.Cut() || p.line().Clip(1).Transition.Cut() {
		t.Error("all joins are no single step")
	}
}

func TestTitles(t *testing.T) {
	p := panelled(t)
	p.SetSpeed(editor.Ratio{Num: 2, Den: 1}) // 5 s of film, the playhead at 1.5
	p.AddTitle("lower-third")
	p.Write(0, "title", "A")
	p.Write(0, "title", "Ann\nعن")
	p.TitleAt(0, sec(1, 1))
	p.TitleFor(0, sec(2, 1))
	s := p.Model().Panel.Titles
	if s.Open != 0 || len(s.Titles) != 1 || s.Titles[0].Fields["title"] != "Ann\nعن" {
		t.Fatalf("%+v", s)
	}
	if title := s.Titles[0]; title.From != sec(1, 1) || title.To != sec(3, 1) || title.ToEnd || title.At != sec(2, 1) || title.Length != sec(4, 1) {
		t.Errorf("at twice the speed: %+v", title)
	}
	p.Undo()
	p.Undo()
	p.Undo()
	if got := p.line().Clip(1).Titles[0].Text("title"); got != "" {
		t.Errorf("what was typed is several steps: %q is left", got)
	}
	p.TitleFor(0, sec(0, 1))
	if title := p.Model().Panel.Titles.Titles[0]; !title.ToEnd || title.To != sec(5, 1) {
		t.Errorf("to the end: %+v", title)
	}
	p.RemoveTitle(0)
	if s := p.Model().Panel.Titles; len(s.Titles) != 0 || s.Open != -1 {
		t.Errorf("removed: %+v", s)
	}
}

func TestOpeningATitleShowsIt(t *testing.T) {
	p := panelled(t)
	p.AddTitle("lower-third") // from 3 to 8 s of the clip, which begins at 5
	if got := p.Model().Playhead; got != sec(9, 1) {
		t.Errorf("added at 8 s of the film, the playhead is at %s: the title may only be coming in", got)
	}
	p.Select("c2", sec(5, 1))
	p.OpenTitle(0)
	if got := p.Model().Playhead; got.Cmp(sec(8, 1)) < 0 || got.Cmp(sec(13, 1)) >= 0 {
		t.Errorf("the playhead is at %s", got)
	}
}

func TestMusicAndMaster(t *testing.T) {
	p := panelled(t)
	m, err := editor.NewMusic("m1", clipSource("/b.mp4", 10), sec(1, 1))
	if err != nil {
		t.Fatal(err)
	}
	next, err := p.line().WithMusic(m)
	p.do("Add music", next, err)
	p.TuneVolume("m1", -3)
	p.TuneVolume("m1", -6)
	p.TuneFade("m1", true, sec(3, 1))
	p.Duck("m1", false)
	p.Duck("m1", false)
	p.TuneAt("m1", sec(2, 1))
	p.Loudness(-16)
	p.Subtitle(editor.SubtitleBurnt)
	f := p.Model().Panel.Film
	if len(f.Tunes) != 1 || f.Master.Loudness != -16 || f.Master.Subtitles != editor.SubtitleBurnt {
		t.Fatalf("%+v", f)
	}
	if m := f.Tunes[0]; m.Gain != -6 || m.Duck || m.At != sec(2, 1) || m.FadeOut != sec(3, 1) {
		t.Errorf("%+v", m)
	}
	for range 6 {
		p.Undo()
	}
	if f := p.Model().Panel.Film; f.Master.Loudness != 0 || f.Tunes[0].Gain != 0 || !f.Tunes[0].Duck {
		t.Errorf("undone: %+v", f)
	}
	p.RemoveTune("m1")
	if f := p.Model().Panel.Film; len(f.Tunes) != 0 {
		t.Errorf("removed: %+v", f)
	}
}
