package editui

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"parley/app/timeline"
	"parley/editor"
)

// view is the tab's widgets. It only shows models and passes on what the
// person does.
type view struct {
	tab     *Tab
	model   Model
	hint    string // of the lane for music
	content *fyne.Container

	bar       *toolbar
	clips     *clipBar
	preview   *preview
	stand     standIn
	deck      *deck
	framer    *framer
	under     under
	inspector *inspector
	strip     *timeline.Strip
	empty     *emptyPage
	film      *filmBar
	notices   *noticeList
	missing   *missingBar
	full      *fyne.Container // what is there once the film has a clip
	side      *fyne.Container
}

func newView(t *Tab) *view {
	v := &view{tab: t, hint: lang.L("Music: drop a sound here")}
	v.bar = newToolbar(v)
	v.clips = newClipBar(t)
	pictures := newScreen(t.hop)
	v.deck = newDeck(t, pictures)
	v.preview = newPreview(pictures, previewTold{tapped: v.focus, resized: v.deck.resize})
	v.framer = newFramer(v.framerTold())
	v.inspector = newInspector(t)
	v.strip = timeline.NewStrip(v.actions(), v.picture, timeline.Waves{Clip: v.clipWave, Tune: v.tuneWave})
	v.empty = newEmptyPage(v.choose)
	v.film = newFilmBar(t)
	v.notices = newNoticeList(t)
	v.missing = newMissingBar(v)
	v.side = container.New(fixedWidth(344), container.New(layout.NewCustomPaddedLayout(0, 0, 0, 8), v.inspector.content))
	v.full = container.NewBorder(nil,
		container.NewVBox(v.clips.content, container.New(fixedHeight(212), v.strip)),
		nil, v.side, container.NewBorder(nil, v.deck.row.content, nil, nil,
			container.NewStack(v.preview.content, overPreview(v.framer))))
	v.content = container.NewBorder(v.bar.content,
		container.NewVBox(v.film.content, v.missing.content, v.notices.content), nil, nil,
		container.NewStack(v.full, v.empty.content))
	return v
}

// show shows a model.
func (v *view) show(m Model) {
	first := len(v.model.Clips) == 0 && len(m.Clips) > 0
	v.model = m
	visible(v.full, len(m.Clips) > 0)
	v.empty.show(m)
	v.bar.show(m)
	v.clips.show(m.Inspector)
	v.film.show(m.Film)
	v.notices.show(m.Notices)
	v.missing.show(m.Missing)
	v.inspector.show(m)
	m.Strip.Hint = v.hint
	v.strip.Set(m.Strip)
	v.showPreview()
	v.showFramer()
	if first && v.content.Visible() && v.tab.window.Canvas().Focused() == nil && fyne.CurrentApp().Driver().CanvasForObject(v.strip) != nil {
		v.focus()
	}
}

// repaint is called when a picture has been made.
func (v *view) repaint() {
	v.strip.Refresh()
	v.showPreview()
	v.bar.making(v.tab.pool.left())
	v.showFramer()
}

// picture is the strip's way to pictures.
func (v *view) picture(i int, at editor.Time) *image.RGBA {
	if i >= len(v.model.Clips) {
		return nil
	}
	return v.shot(v.model.Clips[i], at, stripSize)
}

// shot is a clip's picture at a moment of its source, or nil until it is made.
func (v *view) shot(c Clip, at editor.Time, size image.Point) *image.RGBA {
	s, ok := v.tab.presenter.Source(c.Source)
	if !ok {
		return nil
	}
	if c.Kind == editor.StillClip {
		at = editor.Time{}
	}
	q := shot{path: c.Source, at: at, size: size}
	if s.Recording != nil {
		film := image.Pt(v.model.Output.Width, v.model.Output.Height)
		q.arrangement, q.frame = c.Arrangement, shapedIn(film, image.Rectangle{Max: size}).Size()
	}
	return v.tab.pictures.get(q, s)
}

func (v *view) clip(id editor.ClipID) (Clip, bool) {
	for _, c := range v.model.Clips {
		if c.ID == id {
			return c, true
		}
	}
	return Clip{}, false
}

// showPreview shows the film, or the moment that is being chosen: the large
// picture of it, or a small one until that is made.
func (v *view) showPreview() {
	if v.deck.plays() && v.tab.presenter.preview == nil {
		v.showFilm()
		return
	}
	i := v.model.Inspector
	if !i.On {
		v.preview.show(previewState{})
		return
	}
	state := previewState{Clip: i.Clip, At: i.PreviewTime, Missing: i.Clip.Missing}
	if i.Clip.Picture && !i.Clip.Missing {
		state.Image = v.shot(i.Clip, i.PreviewTime, previewSize)
		state.Small = v.shot(i.Clip, i.Clip.In, stripSize)
	}
	v.preview.show(state)
}

// focus has keys go to the strip.
func (v *view) focus() {
	if len(v.model.Clips) > 0 {
		v.tab.window.Canvas().Focus(v.strip)
	}
}

// tr translates.
func tr(t Text) string {
	switch t.Key {
	case "":
		return ""
	case verbatimKey:
		return t.String()
	}
	return lang.L(t.Key, t.With)
}

func visible(o fyne.CanvasObject, on bool) {
	if on != o.Visible() {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
}
