package editui

import (
	"context"
	"errors"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"parley/editor"
)

// inspected is a tab with a still, a clip and a call; the clip is chosen and
// the playhead 3 s into it.
func inspected(t *testing.T) (*studio, *inspector) {
	t.Helper()
	s := newStudio(t, &fakeStore{}, nil)
	s.presenter.UseEffects(fakeEffects)
	s.Dropped(fyne.Position{}, uris("/a.jpg", "/b.mp4", "/call"))
	s.becomes(t, "a.jpg 5 b.mp4 10 *call 10")
	s.act(func(p *Presenter) { p.Select("c2", sec(8, 1)) })
	return s, s.view.inspector
}

func key(name fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: name} }

func (s *studio) clip(n int) editor.Clip { return s.presenter.line().Clip(n) }

func TestPartsOfThePanelFold(t *testing.T) {
	_, i := inspected(t)
	f := i.clip.sound.fold
	if f.body.Visible() {
		t.Error("the sound is open at first")
	}
	test.Tap(f.head)
	if !f.body.Visible() {
		t.Error("a tap opens nothing")
	}
	f.head.TypedKey(key(fyne.KeySpace))
	if f.body.Visible() {
		t.Error("a key closes nothing")
	}
	i.act(func(p *Presenter) { p.Volume(-6); p.Denoise(true) })
	if f.head.summary != "−6 dB · Less noise" {
		t.Errorf("the head tells %q", f.head.summary)
	}
}

func TestAChoiceByPointerAndKeys(t *testing.T) {
	s, i := inspected(t)
	i.clip.framing.fold.set(true)
	fits := i.clip.framing.fits
	fits.Resize(fyne.NewSize(300, 30))
	fits.Tapped(&fyne.PointEvent{Position: fyne.NewPos(290, 10)})
	if got := s.clip(1).Framing.Fit; got != editor.FitBlur || fits.chosen != 2 {
		t.Errorf("tapped the last: %q, shown %d", got, fits.chosen)
	}
	fits.TypedKey(key(fyne.KeyLeft))
	if got := s.clip(1).Framing.Fit; got != editor.FitFill || fits.chosen != 1 {
		t.Errorf("one to the left: %q, shown %d", got, fits.chosen)
	}
	s.Undo()
	s.Undo()
	if fits.chosen != 0 {
		t.Errorf("undone, shown %d", fits.chosen)
	}
}

func TestASliderIsOneStep(t *testing.T) {
	s, i := inspected(t)
	i.clip.sound.fold.set(true)
	d := i.clip.sound.volume
	d.slider.Resize(fyne.NewSize(200, 36))
	for x := float32(150); x > 40; x -= 10 {
		d.slider.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 10)}})
	}
	d.slider.DragEnd()
	dragged := s.clip(1).Sound.Gain
	if dragged > -20 || d.entry.Text != showGain(dragged) {
		t.Errorf("dragged to %g dB, shown %q", dragged, d.entry.Text)
	}
	d.slider.FocusGained()
	d.slider.TypedKey(key(fyne.KeyRight))
	d.slider.TypedKey(key(fyne.KeyRight))
	d.slider.FocusLost()
	if got := s.clip(1).Sound.Gain; got != dragged+1 {
		t.Errorf("two keys on: %g dB", got)
	}
	s.Undo()
	if got := s.clip(1).Sound.Gain; got != dragged {
		t.Errorf("undone the keys: %g dB, want %g", got, dragged)
	}
	s.Undo()
	if got := s.clip(1).Sound.Gain; got != 0 || d.slider.Value != 0 {
		t.Errorf("undone the drag: %g dB, the slider at %g", got, d.slider.Value)
	}
	d.slider.SetValue(0.8)
	if got := s.clip(1).Sound.Gain; got != 0 {
		t.Errorf("near no change it stands at %g dB", got)
	}
}

func TestNumbersAreWritten(t *testing.T) {
	s, i := inspected(t)
	e := i.clip.time.speed
	e.SetText("250%")
	e.TypedKey(key(fyne.KeyReturn))
	if got := s.clip(1).Speed; got != (editor.Ratio{Num: 5, Den: 2}) || e.Text != "2.5×" || i.clip.time.speeds.chosen != -1 {
		t.Errorf("a speed of %v, shown %q", got, e.Text)
	}
	e.SetText("backwards")
	e.TypedKey(key(fyne.KeyReturn))
	if !i.problem.Visible() || e.Text != "backwards" {
		t.Error("what is no speed is not complained about, or taken away")
	}
	e.TypedKey(key(fyne.KeyEscape))
	if e.Text != "2.5×" {
		t.Errorf("Escape leaves %q", e.Text)
	}
}

func TestWhatTheToolsCannotDoIsSaid(t *testing.T) {
	s, i := inspected(t)
	s.act(func(p *Presenter) { p.Stabilise(true) })
	if i.clip.framing.lacks.Text != "The film will be steady; this picture is as it was taken." {
		t.Errorf("of a steadied clip it says %q", i.clip.framing.lacks.Text)
	}
	s.Undo()
	if !i.clip.framing.steady.Visible() || i.clip.framing.lacks.Visible() {
		t.Error("steadying is not offered")
	}
	s.deps.Able = func(context.Context) Abilities { return Abilities{Steady: errors.New("it lacks vidstab")} }
	s.act(func(*Presenter) {})
	s.hops.wait(t, "the answer", func() bool { return !s.presenter.Model().Panel.Framing.Unsteady.IsZero() })
	if i.clip.framing.steady.Visible() || !i.clip.framing.lacks.Visible() || i.clip.framing.lacks.Text != "It lacks vidstab." {
		t.Errorf("said %q", i.clip.framing.lacks.Text)
	}
	s.act(func(p *Presenter) { p.Stabilise(true) })
	if !i.clip.framing.steady.Visible() {
		t.Error("what was steadied elsewhere cannot be left")
	}
}

func TestACropIsDraggedOnThePicture(t *testing.T) {
	s, i := inspected(t)
	test.Tap(i.clip.framing.crop)
	f := s.view.framer
	if !f.Visible() || s.window.Canvas().Focused() != f || !i.clip.framing.part.Visible() {
		t.Fatal("the tool is not over the picture, or has no keys")
	}
	f.Resize(fyne.NewSize(700, 400))
	at, size := f.Shown()
	if ratio := size.Width / size.Height; ratio < 1.77 || ratio > 1.78 {
		t.Errorf("the picture has the shape %g", ratio)
	}
	corner := at.AddXY(size.Width, size.Height)
	f.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: corner}})
	for _, part := range []float32{0.9, 0.8, 0.5} {
		f.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at.AddXY(size.Width*part, size.Height*part)}})
	}
	f.MouseUp(nil)
	if got, want := s.clip(1).Framing.Crop, (editor.Rect{W: 0.5, H: 0.5}); !sameRect(got, want) {
		t.Errorf("drawn to %v, want %v", got, want)
	}
	if got := i.clip.framing.numbers[CropWidth].Text; got != "640" {
		t.Errorf("the width is shown as %q", got)
	}
	f.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at.AddXY(size.Width/4, size.Height/4)}})
	f.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at.AddXY(size.Width/2, size.Height/4)}})
	f.DragEnd()
	if got, want := s.clip(1).Framing.Crop, (editor.Rect{X: 0.25, W: 0.5, H: 0.5}); !sameRect(got, want) {
		t.Errorf("moved to %v, want %v", got, want)
	}
	s.Undo()
	s.Undo()
	if got := s.clip(1).Framing.Crop; got != (editor.Rect{}) {
		t.Errorf("two drags are not two steps: %v", got)
	}
	f.TypedKey(key(fyne.KeyReturn))
	if f.Visible() || s.window.Canvas().Focused() == f {
		t.Error("Enter does not put the tool down")
	}
}

func TestAWayIsDrawnByKeys(t *testing.T) {
	s, i := inspected(t)
	test.Tap(i.clip.pan.draw)
	f := s.view.framer
	f.TypedKey(key(fyne.KeySpace))
	before := s.clip(1).Framing.Pan
	f.TypedKey(key(fyne.KeyRight))
	f.TypedKey(key(fyne.KeyRight))
	f.TypedRune('-')
	after := s.clip(1).Framing.Pan
	if after.From != before.From || after.To.X <= before.To.X || after.To.W >= before.To.W {
		t.Errorf("%v became %v", before, after)
	}
	f.KeyDown(key(desktop.KeyShiftLeft))
	f.TypedKey(key(fyne.KeyRight))
	f.KeyUp(key(desktop.KeyShiftLeft))
	if got := s.clip(1).Framing.Pan.To.W; got <= after.To.W {
		t.Error("Shift and an arrow do not make it larger")
	}
	s.act(func(p *Presenter) { p.Select("c1", sec(0, 1)) })
	if f.Visible() {
		t.Error("the tool stays for another clip")
	}
}

func TestTheWayIsChosenByKeys(t *testing.T) {
	s, i := inspected(t)
	i.clip.pan.fold.set(true)
	w := i.clip.pan.ways
	w.TypedKey(key(fyne.KeyRight))
	if s.clip(1).Framing.Pan.Moves() {
		t.Error("an arrow alone gives the camera a way")
	}
	w.TypedKey(key(fyne.KeyDown))
	w.TypedKey(key(fyne.KeySpace))
	if got, want := s.clip(1).Framing.Pan, wayOf(PanUp, 1); got != want {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestTheLayoutOfACallIsChosen(t *testing.T) {
	s, i := inspected(t)
	s.act(func(p *Presenter) { p.Select("c3", sec(16, 1)) })
	if !i.clip.people.fold.content.Visible() || i.clip.framing.fold.content.Visible() {
		t.Error("a call shows no people, or a framing")
	}
	tiles := i.clip.people.tiles
	tiles.TypedKey(key(fyne.KeyRight))
	if got := s.clip(2).Arrangement; got != editor.OnlyMe {
		t.Errorf("one to the right is %q", got)
	}
	tiles.Resize(fyne.NewSize(300, 200))
	tiles.Tapped(&fyne.PointEvent{Position: fyne.NewPos(280, 20)})
	if got := s.clip(2).Arrangement; got != editor.OnlyThem || tiles.chosen != 2 {
		t.Errorf("the last is %q, shown %d", got, tiles.chosen)
	}
}

func TestATitleIsWritten(t *testing.T) {
	s, i := inspected(t)
	v := i.clip.titles
	v.fold.set(true)
	i.act(func(p *Presenter) { p.AddTitle("lower-third") })
	v.form.focus()
	if len(v.form.texts) != 1 || s.window.Canvas().Focused() != v.form.texts[0].entry {
		t.Fatal("a new title is not ready to be written")
	}
	e := v.form.texts[0].entry
	for _, text := range []string{"ש", "שלום", "שלום 世界"} {
		e.SetText(text)
	}
	s.window.Canvas().Unfocus()
	if got := s.clip(1).Titles[0].Text("title"); got != "שלום 世界" {
		t.Errorf("written: %q", got)
	}
	s.Undo()
	if got := s.clip(1).Titles[0].Text("title"); got != "" || e.Text != "" {
		t.Errorf("undone: %q, shown %q", got, e.Text)
	}
	v.form.long.SetText("")
	v.form.long.TypedKey(key(fyne.KeyReturn))
	if got := s.clip(1).Titles[0].Length; got != (editor.Time{}) {
		t.Errorf("nothing written for the length: %s", got)
	}
	i.act(func(p *Presenter) { p.RemoveTitle(0) })
	if len(v.list.Objects) != 0 {
		t.Error("the title is still listed")
	}
}

func TestTransitionsAreChosen(t *testing.T) {
	s, i := inspected(t)
	v := i.clip.join
	if v.rest.Visible() {
		t.Error("a cut has a length")
	}
	v.kind.SetSelectedIndex(2)
	v.length.slider.SetValue(2)
	if got := s.clip(1).Transition; got.Kind != "wipe-left" || got.Length != sec(2, 1) {
		t.Errorf("%+v", got)
	}
	test.Tap(v.all)
	if got := s.clip(2).Transition; got.Kind != "wipe-left" {
		t.Errorf("the next one: %+v", got)
	}
	s.act(func(p *Presenter) { p.Select("c1", sec(0, 1)) })
	if v.fold.content.Visible() {
		t.Error("the first clip has something before it")
	}
}

func TestSeveralClipsAreSetTogether(t *testing.T) {
	s, i := inspected(t)
	s.act(func(p *Presenter) { p.Choose("c1", "c2") })
	if i.clip.name.Text != "2 clips" || i.clip.titles.fold.content.Visible() || i.clip.sound.fold.content.Visible() {
		t.Errorf("%q, or what cannot be set for both is shown", i.clip.name.Text)
	}
	i.clip.framing.fits.choose(1)
	if s.clip(0).Framing.Fit != editor.FitFill || s.clip(1).Framing.Fit != editor.FitFill {
		t.Error("only one is filled")
	}
	s.Undo()
	if s.clip(0).Framing.Fit != "" || s.clip(1).Framing.Fit != "" {
		t.Error("that was no single step")
	}
	s.act(func(p *Presenter) { p.Choose("c1"); p.Fit(editor.FitBlur); p.Choose("c1", "c2") })
	if got := i.clip.framing.fold.head.summary; got != "Various" {
		t.Errorf("unlike clips are told as %q", got)
	}
}

func TestTheFilmsPage(t *testing.T) {
	s, i := inspected(t)
	i.pages.choose(1)
	if !i.film.content.Visible() || i.clip.content.Visible() {
		t.Fatal("the page does not turn")
	}
	i.film.loud.SetSelectedIndex(1)
	if got := s.presenter.line().Master().Loudness; got != -16 {
		t.Errorf("%g LUFS", got)
	}
	s.act((*Presenter).Mark)
	row := i.film.chapters.rows[0]
	row.label.SetText("Hello")
	row.label.TypedKey(key(fyne.KeyReturn))
	if c := s.presenter.line().Chapters(); len(c) != 1 || c[0].Label != "Hello" || row.at.Text != "0:08" {
		t.Errorf("%+v, shown at %q", c, row.at.Text)
	}
	s.act(func(p *Presenter) { p.Scrub(sec(2, 1)) })
	if !i.film.content.Visible() {
		t.Error("the page turns while the film plays on into another clip")
	}
	s.act(func(p *Presenter) { p.Select("c1", sec(0, 1)) })
	if i.film.content.Visible() {
		t.Error("a clip that is clicked does not bring its page")
	}
}

// TestEverythingIsReachedByTab: the panel's controls get the focus one after
// the other, and are scrolled to.
func TestEverythingIsReachedByTab(t *testing.T) {
	s, i := inspected(t)
	for _, f := range []*fold{i.clip.framing.fold, i.clip.pan.fold, i.clip.sound.fold, i.clip.join.fold, i.clip.titles.fold} {
		f.set(true)
	}
	i.scroll.Refresh()
	c := s.window.Canvas()
	c.Focus(i.pages)
	seen := map[fyne.Focusable]bool{}
	for range 60 {
		c.FocusNext()
		o, ok := c.Focused().(fyne.CanvasObject)
		if !ok || seen[c.Focused()] {
			break
		}
		seen[c.Focused()] = true
		driver := fyne.CurrentApp().Driver()
		top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(i.scroll).Y
		if inPanel(i, o) && (top < -1 || top+o.Size().Height > i.scroll.Size().Height+1) {
			t.Errorf("%T at %g of %g is not scrolled to", o, top, i.scroll.Size().Height)
		}
	}
	for name, o := range map[string]fyne.Focusable{
		"a head": i.clip.sound.fold.head, "the speeds": i.clip.time.speeds, "an entry": i.clip.time.in, "the ways": i.clip.pan.ways,
		"a slider": i.clip.sound.volume.slider, "a list": i.clip.join.kind, "a box": i.clip.sound.mute, "a button": i.clip.framing.crop,
	} {
		if !seen[o] {
			t.Errorf("%s does not get the focus", name)
		}
	}
}

// inPanel says whether an object is in the part of the panel that is scrolled.
func inPanel(i *inspector, o fyne.CanvasObject) bool {
	var within func(fyne.CanvasObject) bool
	within = func(x fyne.CanvasObject) bool {
		c, ok := x.(*fyne.Container)
		return x == o || ok && slices.ContainsFunc(c.Objects, within)
	}
	return within(i.clip.content)
}
