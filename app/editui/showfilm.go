package editui

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"parley/editor"
)

// Played puts the playhead where the film plays. The selection stays.
func (p *Presenter) Played(at editor.Time) { p.playhead, p.preview = at, nil }

// here is the clip that stands at the playhead, the last one at the film's end.
func (v *view) here() (Clip, editor.Time, bool) {
	line := v.tab.presenter.line()
	i, since, ok := line.Find(v.tab.presenter.playhead)
	if n := line.Len(); !ok && n > 0 {
		i, since = n-1, line.Clip(n-1).Length()
	}
	if i >= len(v.model.Clips) {
		return Clip{}, editor.Time{}, false
	}
	c := v.model.Clips[i]
	return c, c.Moment(since), true
}

// showFilm shows the film at the playhead, and until its picture is there the
// nearest one of the clip that has been made for the strip.
func (v *view) showFilm() {
	c, at, ok := v.here()
	if !ok {
		v.preview.showFilm(nil, "", nil)
		return
	}
	trouble, icon := v.whyBlack(c)
	var small *image.RGBA
	if !v.deck.exact() && !v.deck.playing() && !c.Missing && asItIs(c.Framing) {
		out := v.model.Output
		small = v.stand.get(v.tab.pictures.near(c.Source, c.Arrangement, at), float64(out.Width)/float64(max(1, out.Height)))
	}
	v.preview.showFilm(small, trouble, icon)
}

// whyBlack is why nothing of a clip is seen, "" where something is.
func (v *view) whyBlack(c Clip) (string, fyne.Resource) {
	switch {
	case c.Missing:
		return lang.L("This file is missing. Put it back where it was, or remove the clip."), theme.WarningIcon()
	case v.deck.why() != nil:
		return v.deck.why().Error(), theme.WarningIcon()
	case !c.Picture && c.Kind != editor.TitleClip:
		return lang.L("Only sound: the film is black here."), theme.VolumeUpIcon()
	}
	return "", nil
}

// played follows the playhead while the film plays: the strip, and nothing
// that costs more.
func (v *view) played() {
	p := v.tab.presenter
	v.model.Playhead, v.model.Strip = p.playhead, p.strip()
	v.model.Strip.Hint = v.hint
	v.strip.Set(v.model.Strip)
}
