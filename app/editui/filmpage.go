package editui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"parley/editor"
)

// filmPage is what is done to the film as a whole.
type filmPage struct {
	content   *fyne.Container
	facts     *line
	loud      *heardSelect
	later     *lines // that the preview is not as loud
	loudness  []Choice
	subtitles *segments
	cues      *line
	reading   *fold
	tunes     *tunesView
	chapters  *chaptersView
}

func newFilmPage(i *inspector) *filmPage {
	f := &filmPage{facts: quiet(""), cues: quiet(""), loudness: loudnesses(), tunes: newTunesView(i), chapters: newChaptersView(i, lang.L("Chapters"), true)}
	var names []string
	for _, l := range f.loudness {
		names = append(names, tr(l.Label))
	}
	f.loud = i.choice(names, func(n int) {
		lufs, err := strconv.ParseFloat(f.loudness[n].Name, 64)
		if err == nil {
			i.act(func(p *Presenter) { p.Loudness(lufs) })
		}
	})
	names = nil
	for _, s := range subtitling() {
		names = append(names, tr(s.Label))
	}
	f.subtitles = i.segments(names, func(n int) {
		i.act(func(p *Presenter) { p.Subtitle(editor.Subtitles(subtitling()[n].Name)) })
	})
	name := widget.NewLabelWithStyle(lang.L("The film"), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	name.SizeName = theme.SizeNameSubHeadingText
	f.later = quietLines(lang.L("The film is made as loud as this. The preview plays it as loud as it was recorded."))
	sound := i.fold(lang.L("Loudness"), true, wide(f.loud), wide(f.later))
	f.reading = i.fold(lang.L("Subtitles"), true, wide(f.subtitles), indent(f.cues))
	f.content = container.NewVBox(container.NewBorder(nil, nil, nil, container.NewCenter(indent(f.facts)), name), sound.content, f.reading.content, f.tunes.fold.content, f.chapters.fold.content)
	return f
}

func (f *filmPage) show(m Model) {
	s := m.Panel.Film
	write(f.facts, lang.L("{{.N}} clips", map[string]any{"N": len(m.Clips)})+" · "+showLength(m.Length))
	for n, l := range f.loudness {
		if lufs, err := strconv.ParseFloat(l.Name, 64); err == nil && lufs == s.Master.Loudness {
			f.loud.set(n)
		}
	}
	visible(f.later, s.Master.Loudness != 0)
	for n, choice := range subtitling() {
		if choice.Name == string(s.Master.Subtitles) {
			f.subtitles.set(n)
		}
	}
	f.reading.show(s.Master.Cues > 0, nil)
	write(f.cues, lang.L("{{.N}} subtitles", map[string]any{"N": s.Master.Cues}))
	f.tunes.show(s.Tunes, s.Ducked, s.Spread)
	f.chapters.show(s.Chapters, true)
}
