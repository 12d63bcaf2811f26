package editui

import (
	"context"
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"parley/editor"
)

// TestTheMenuOfTitles: a template is chosen by keys, and what is written next
// stands in the title.
func TestTheMenuOfTitles(t *testing.T) {
	s := newStudio(t, &fakeStore{}, nil)
	s.presenter.UseEffects(fakeEffects)
	s.bring(Place{}, []string{"/b.mp4"})
	s.becomes(t, "*b.mp4 10")
	v, c := s.view.inspector.clip.titles, s.window.Canvas()
	key := func(name fyne.KeyName) { c.Focused().TypedKey(&fyne.KeyEvent{Name: name}) }
	v.fold.set(true)
	v.offer()
	if grid, ok := c.Focused().(*tiles); !ok || len(grid.tiles) != 1 || grid.tiles[0].name != "Lower third" {
		t.Fatalf("%T has the keys", c.Focused())
	}
	key(fyne.KeyEscape)
	if clip, _, _ := s.presenter.chosen(); c.Overlays().Top() != nil || len(clip.Titles) != 0 {
		t.Fatal("Escape does not close the menu")
	}
	v.offer()
	key(fyne.KeyReturn)
	if clip, _, _ := s.presenter.chosen(); c.Overlays().Top() != nil || len(clip.Titles) != 1 {
		t.Fatalf("the clip has the titles %v", clip.Titles)
	}
	d, scroll := fyne.CurrentApp().Driver(), s.view.inspector.scroll
	entry := s.view.inspector.clip.titles.form.texts[0].entry
	if top := d.AbsolutePositionForObject(entry).Y - d.AbsolutePositionForObject(scroll).Y; top < 0 || top+entry.Size().Height > scroll.Size().Height {
		t.Errorf("the entry is out of sight at %g of %g", top, scroll.Size().Height)
	}
	test.Type(c.Focused(), "Ann")
	if clip, _, _ := s.presenter.chosen(); clip.Titles[0].Text("title") != "Ann" {
		t.Errorf("it says %v", clip.Titles[0].Fields)
	}
}

// TestATextCardIsWrittenAtOnce: what is typed after the key for a card stands on
// the card; then the keys are the strip's again.
func TestATextCardIsWrittenAtOnce(t *testing.T) {
	s := newStudio(t, &fakeStore{}, nil)
	s.presenter.UseEffects(fakeEffects)
	s.bring(Place{}, []string{"/b.mp4"})
	s.becomes(t, "*b.mp4 10")
	c := s.window.Canvas()
	for _, end := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEscape} {
		s.view.focus()
		test.Type(c.Focused(), "t")
		test.Type(c.Focused(), "stf")
		if clip, _, _ := s.presenter.chosen(); len(clip.Titles) != 1 || clip.Titles[0].Text("title") != "stf" {
			t.Errorf("the card says %v", clip.Titles)
		}
		if at := s.presenter.playhead.Float(); at < 0.9 || at > 1.5 {
			t.Errorf("the playhead stands at %g s, where the text is only coming in", at)
		}
		c.Focused().TypedKey(&fyne.KeyEvent{Name: end})
		if c.Focused() != s.view.strip {
			t.Errorf("after %s %T has the keys", end, c.Focused())
		}
	}
	if n := s.presenter.line().Len(); n != 3 {
		t.Errorf("%d clips", n)
	}
}

// sketching can tell what one template looks like.
type sketching struct{ fakeLettering }

func (sketching) Sketch(name string) editor.Sketch {
	if name == "card" {
		return editor.Sketch{Ground: "#102030"}
	}
	return editor.Sketch{Boxes: []editor.SketchBox{{Rect: editor.Rect{X: 0.5, Y: 0.5, W: 0.25, H: 0.1}, Color: "#ff0000", Opacity: 1}}}
}

func TestTitlesAreSketched(t *testing.T) {
	s := newStudio(t, &fakeStore{}, nil)
	s.deps.Effects.Lettering = sketching{}
	s.presenter.UseEffects(s.deps.Effects)
	s.bring(Place{}, []string{"/b.mp4"})
	s.hops.wait(t, "sketches", func() bool { return len(s.sketches) == 2 })
	if got := s.sketches["lower-third"].Boxes; len(got) != 1 {
		t.Errorf("a lower third has the boxes %v", got)
	}
}

// Cards and lower thirds may be as many.
func TestALookIsChosenFromTemplatesOfItsKind(t *testing.T) {
	s := newStudio(t, &fakeStore{}, nil)
	f := s.view.inspector.clip.titles.form
	lower, card := fakeLettering{}.Templates()[0], fakeLettering{}.Templates()[1]
	section := TitlesSection{Templates: []editor.Template{lower, card}, Titles: []ClipTitle{{Template: lower}}}
	f.offer(section)
	section.Card, section.Titles[0].Template = true, card
	if f.offer(section); len(f.look.Options) != 1 || f.look.Options[0] != "Card" || f.look.Selected != "Card" {
		t.Errorf("a card's look is one of %q, %q", f.look.Options, f.look.Selected)
	}
}

// What the tools can do is asked again where pictures pushed the question out.
func TestWhatToolsCanDoIsAskedAgain(t *testing.T) {
	s := newStudio(t, &fakeStore{}, nil)
	s.bring(Place{}, []string{"/b.mp4"})
	s.becomes(t, "*b.mp4 10")
	busy := make(chan struct{})
	for range workers {
		s.pool.bring(job{run: func(context.Context) { <-busy }, drop: func() {}})
	}
	s.deps.Able = func(context.Context) Abilities { return Abilities{Steady: errors.New("no")} }
	s.learn()
	for range maxWaiting {
		s.pool.picture(job{run: func(context.Context) {}, drop: func() {}})
	}
	s.hops.wait(t, "the question to be dropped", func() bool { return !s.learnt })
	close(busy)
	s.learn()
	s.hops.wait(t, "an answer", func() bool { return s.presenter.abilities.Steady != nil })
}
