package editui

import (
	"slices"
	"strings"
	"testing"

	"parley/editor"
)

// chosenShape is shape with every chosen clip in brackets.
func chosenShape(p *Presenter) string {
	ids := p.Selection()
	parts := strings.Fields(shape(p))
	var words []string
	for i := 0; i+1 < len(parts); i += 2 {
		word := parts[i] + " " + parts[i+1]
		if slices.Contains(ids, p.line().Clip(i/2).ID) {
			word = "[" + word + "]"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

func TestChoosingSeveralClips(t *testing.T) {
	tests := []struct {
		name string
		do   func(*Presenter)
		want string
	}{
		{"one more", func(p *Presenter) { p.Toggle("c4") }, "a.jpg 5 [b.mp4 10] c.jpg 5 [*d.mp4 10]"},
		{"one less", func(p *Presenter) { p.Toggle("c4"); p.Toggle("c2") }, "a.jpg 5 b.mp4 10 c.jpg 5 [*d.mp4 10]"},
		{"none", func(p *Presenter) { p.Toggle("c2") }, "a.jpg 5 b.mp4 10 c.jpg 5 d.mp4 10"},
		{"a range", func(p *Presenter) { p.Extend("c4") }, "a.jpg 5 [b.mp4 10] [c.jpg 5] [*d.mp4 10]"},
		{"a range the other way", func(p *Presenter) { p.Extend("c4"); p.Extend("c1") }, "[*a.jpg 5] [b.mp4 10] c.jpg 5 d.mp4 10"},
		{"a range from one that was added", func(p *Presenter) { p.Toggle("c4"); p.Extend("c3") }, "a.jpg 5 b.mp4 10 [*c.jpg 5] [d.mp4 10]"},
		{"all", func(p *Presenter) { p.ChooseAll() }, "[a.jpg 5] [*b.mp4 10] [c.jpg 5] [d.mp4 10]"},
		{"less of all", func(p *Presenter) { p.ChooseAll(); p.ChooseLess() }, "a.jpg 5 [*b.mp4 10] c.jpg 5 d.mp4 10"},
		{"less of one", func(p *Presenter) { p.ChooseLess() }, "a.jpg 5 b.mp4 10 c.jpg 5 d.mp4 10"},
		{"what is not there", func(p *Presenter) { p.Choose("c1", "zz") }, "[*a.jpg 5] b.mp4 10 c.jpg 5 d.mp4 10"},
		{"music", func(p *Presenter) { p.ChooseMusic("m1") }, "a.jpg 5 b.mp4 10 c.jpg 5 d.mp4 10"},
		{"a click", func(p *Presenter) { p.ChooseAll(); p.Select("c3", editor.Rational(16, 1)) }, "a.jpg 5 b.mp4 10 [*c.jpg 5] d.mp4 10"},
	}
	for _, tt := range tests {
		p := brought(t, "/a.jpg", "/b.mp4", "/c.jpg", "/d.mp4")
		p.Select("c2", editor.Rational(6, 1))
		tt.do(p)
		if got := chosenShape(p); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestEditsOfSeveralClips(t *testing.T) {
	tests := []struct {
		name string
		edit func(*Presenter)
		want string
	}{
		{"remove", func(p *Presenter) { p.Remove() }, "[*b.mp4 10] d.mp4 10"},
		{"duplicate", func(p *Presenter) { p.Duplicate() }, "a.jpg 5 b.mp4 10 c.jpg 5 [a.jpg 5] [*c.jpg 5] d.mp4 10"},
		{"move on", func(p *Presenter) { p.MoveBy(1) }, "b.mp4 10 d.mp4 10 [a.jpg 5] [*c.jpg 5]"},
		{"move back", func(p *Presenter) { p.MoveBy(-1) }, "[a.jpg 5] [*c.jpg 5] b.mp4 10 d.mp4 10"},
		{"move to where they are", func(p *Presenter) { p.Choose("c1"); p.Move([]editor.ClipID{"c1"}, 1) }, "[*a.jpg 5] b.mp4 10 c.jpg 5 d.mp4 10"},
		{"copy and paste", func(p *Presenter) { text := p.Copy(); p.Choose("c4"); p.Paste(text) }, "a.jpg 5 b.mp4 10 c.jpg 5 d.mp4 10 [a.jpg 5] [*c.jpg 5]"},
		{"cut and paste", func(p *Presenter) { text := p.Cut(); p.Choose("c2"); p.Paste(text) }, "b.mp4 10 [a.jpg 5] [*c.jpg 5] d.mp4 10"},
		{"paste at the mark", func(p *Presenter) {
			text := p.Copy()
			p.Choose()
			p.playhead = editor.Rational(14, 1)
			p.Paste(text)
		}, "a.jpg 5 b.mp4 10 [a.jpg 5] [*c.jpg 5] c.jpg 5 d.mp4 10"},
		{"freeze", func(p *Presenter) { p.Scrub(editor.Rational(8, 1)); p.Freeze() }, "a.jpg 5 b.mp4 3 [*b.mp4 2] b.mp4 7 c.jpg 5 d.mp4 10"},
		{"end at the mark, of a clip that is not chosen", func(p *Presenter) { p.playhead = editor.Rational(8, 1); p.TrimHere(false) }, "[a.jpg 5] b.mp4 3 [*c.jpg 5] d.mp4 10"},
		{"cross-fade", func(p *Presenter) { p.Crossfade() }, "[a.jpg 5] b.mp4 10 [*c.jpg 5] d.mp4 10"},
	}
	for _, tt := range tests {
		p := brought(t, "/a.jpg", "/b.mp4", "/c.jpg", "/d.mp4")
		p.Choose("c1", "c3")
		before := chosenShape(p)
		tt.edit(p)
		if got := chosenShape(p); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
		if len(said(p)) > 0 {
			t.Errorf("%s: said %q", tt.name, said(p))
		}
		for p.Past().Done > 1 { // bringing in was one step
			p.Undo()
		}
		if got, want := strings.NewReplacer("[", "", "]", "", "*", "").Replace(chosenShape(p)), strings.NewReplacer("[", "", "]", "", "*", "").Replace(before); got != want {
			t.Errorf("%s: undone it is %s, want %s", tt.name, got, want)
		}
	}
}

func TestACrossfadeGoesOnAndOff(t *testing.T) {
	p := brought(t, "/a.jpg", "/b.mp4", "/c.jpg")
	p.ChooseAll()
	p.Crossfade()
	if got := p.line().Duration(); got != editor.Rational(18, 1) {
		t.Errorf("the film lasts %s", got)
	}
	p.Stretch("c2", editor.Rational(2, 1))
	if got := p.line().Overlap(1); got != editor.Rational(2, 1) {
		t.Errorf("it takes %s", got)
	}
	p.Stretch("c3", editor.Time{})
	if tr := p.line().Clip(2).Transition; tr.Kind != "" {
		t.Errorf("a transition of no time is %+v", tr)
	}
	p.Choose("c2")
	p.Crossfade()
	if got := p.line().Duration(); got != editor.Rational(20, 1) {
		t.Errorf("without any the film lasts %s", got)
	}
	p.Choose("c1")
	p.Crossfade()
	if got := said(p); len(got) != 1 || !strings.Contains(got[0], "first clip") {
		t.Errorf("said %q", got)
	}
}

func TestMarkersOfTheFilm(t *testing.T) {
	p := brought(t, "/a.jpg", "/b.mp4")
	p.Scrub(editor.Rational(7, 1))
	p.Mark()
	p.Scrub(editor.Rational(36, 5))
	id, ok := p.MarkerHere()
	if !ok || id != (editor.MarkerID{Clip: "c2"}) {
		t.Fatalf("marker %v, %v", id, ok)
	}
	p.Rename(id, "Hello")
	done := p.Past().Done
	p.Rename(id, "Hello")
	if p.Past().Done != done {
		t.Error("naming it as it is called is a step")
	}
	p.MoveMarker(id, editor.Rational(2, 1))
	if got := p.line().Chapters(); len(got) != 1 || got[0].Label != "Hello" || got[0].At != editor.Rational(2, 1) {
		t.Errorf("chapters %v", got)
	}
	if _, ok := p.MarkerHere(); ok {
		t.Error("a marker is where none is")
	}
	p.Unmark(editor.MarkerID{Clip: "c1"})
	if len(p.line().Chapters()) > 0 {
		t.Error("it is still there")
	}
	p.MoveMarker(editor.MarkerID{Clip: "c1"}, editor.Time{})
	p.Scrub(editor.Rational(99, 1))
	p.Mark()
	if got := said(p); len(got) != 2 || !strings.Contains(got[1], "click into one") {
		t.Errorf("said %q", got)
	}
}

func TestThePlayheadGoesAlong(t *testing.T) {
	p := brought(t, "/a.jpg", "/b.mp4", "/c.jpg")
	at := func(n, d int64) editor.Time { return editor.Rational(n, d) }
	tests := []struct {
		name string
		do   func()
		want editor.Time
		clip editor.ClipID
	}{
		{"scrub", func() { p.Scrub(at(7, 1)) }, at(7, 1), "c2"},
		{"a second on", func() { p.StepSeconds(1) }, editor.Frames(240, p.Project().Spec().Rate), "c2"},
		{"next cut", func() { p.ToCut(true) }, at(15, 1), "c3"},
		{"the end is a cut", func() { p.ToCut(true) }, at(20, 1), "c3"},
		{"none behind it", func() { p.ToCut(true) }, at(20, 1), "c3"},
		{"cut before", func() { p.ToCut(false) }, at(15, 1), "c3"},
		{"beginning", func() { p.ToEnd(false) }, at(0, 1), "c1"},
		{"none before it", func() { p.ToCut(false) }, at(0, 1), "c1"},
		{"before the beginning", func() { p.Scrub(at(-3, 1)) }, at(0, 1), "c1"},
		{"end", func() { p.ToEnd(true) }, at(20, 1), "c3"},
		{"a frame on", func() { p.ToEnd(false); p.Step(1) }, editor.Frames(1, p.Project().Spec().Rate), "c1"},
	}
	for _, tt := range tests {
		tt.do()
		if p.playhead != tt.want || p.selected != tt.clip {
			t.Errorf("%s: at %s on %s, want %s on %s", tt.name, p.playhead, p.selected, tt.want, tt.clip)
		}
	}
	p.ChooseAll()
	p.Scrub(at(1, 1))
	if len(p.Selection()) != 3 {
		t.Error("moving the mark drops what was chosen")
	}
}

func TestPicturesShareTheMusic(t *testing.T) {
	p := brought(t, "/a.jpg", "/b.mp4", "/c.jpg")
	p.SpreadOverMusic()
	if got := said(p); len(got) != 1 || !strings.Contains(got[0], "music and pictures first") {
		t.Errorf("said %q", got)
	}
	line, err := p.line().WithMusic(editor.Music{ID: "m1", Source: "/m.mp3", Out: at60, Available: at60})
	if !p.do("music", line, err) {
		t.Fatal(err)
	}
	p.SpreadOverMusic()
	if got := p.line().Clip(0).Length().Add(p.line().Clip(2).Length()).Float(); got < 59.97 || got > 60.03 {
		t.Errorf("the pictures last %v s: %s", got, shape(p))
	}
	p.ChooseMusic("m1")
	p.Remove()
	if len(p.line().Music()) != 0 || p.line().Len() != 3 {
		t.Error("removing the chosen music does something else")
	}
}

var at60 = editor.Rational(60, 1)
