package editui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"parley/editor"
)

// titleForm is where a title is written.
type titleForm struct {
	inspector *inspector
	content   *fyne.Container
	fields    *fyne.Container
	look      *heardSelect
	at, long  *momentEntry
	times     *fyne.Container
	texts     []*titleEntry
	template  string // that the fields are of
	templates []editor.Template
	n         int
}

func newTitleForm(i *inspector) *titleForm {
	f := &titleForm{inspector: i, fields: container.NewVBox()}
	f.look = i.choice(nil, func(n int) {
		i.act(func(p *Presenter) { p.Retemplate(f.n, f.templates[n].Name) })
	})
	entry := func(length bool) *momentEntry {
		return i.moment(func(string) {}, func(text string) error {
			return i.enter(func(p *Presenter) error { return p.EnterTitle(f.n, length, text) })
		}, i.done)
	}
	f.at, f.long = entry(false), entry(true)
	f.long.SetPlaceHolder(lang.L("to the end"))
	f.times = container.NewVBox(row(lang.L("Appears at"), f.at, nil), row(lang.L("Stands for"), f.long, nil))
	f.content = container.NewVBox(f.fields, row(lang.L("Look"), f.look, nil), f.times, gap(6))
	return f
}

func (f *titleForm) show(s TitlesSection, other bool) {
	t := s.Titles[s.Open]
	other = other || f.n != s.Open
	f.n = s.Open
	f.offer(s)
	if f.template != t.Template.Name || len(f.texts) != len(t.Template.Fields) {
		f.lay(t)
		other = true
	}
	for _, e := range f.texts {
		e.set(t.Fields[e.field.Name], other)
	}
	visible(f.times, !s.Card)
	f.at.set(showMoment(t.From), other)
	length := ""
	if !t.ToEnd {
		length = showMoment(t.To.Sub(t.From))
	}
	f.long.set(length, other)
}

// offer lists the templates that the title can be changed to.
func (f *titleForm) offer(s TitlesSection) {
	f.templates = f.templates[:0]
	var names []string
	chosen := -1
	for _, t := range s.Templates {
		if t.Card != s.Card {
			continue
		}
		if t.Name == s.Titles[s.Open].Template.Name {
			chosen = len(names)
		}
		f.templates, names = append(f.templates, t), append(names, lang.L(t.Label))
	}
	if !slices.Equal(names, f.look.Options) {
		f.look.Options = names
		f.look.Refresh()
	}
	f.look.set(chosen)
}

// lay makes the entries of a template.
func (f *titleForm) lay(t ClipTitle) {
	f.template, f.texts = t.Template.Name, nil
	f.fields.RemoveAll()
	for _, field := range t.Template.Fields {
		e := newTitleEntry(f.inspector, field, func(text string) {
			f.inspector.act(func(p *Presenter) { p.Write(f.n, field.Name, text) })
		})
		f.texts = append(f.texts, e)
		f.fields.Add(e.content)
	}
}

// focus has keys go to the first text.
func (f *titleForm) focus() {
	if len(f.texts) > 0 && f.texts[0].entry != nil {
		f.inspector.tab.window.Canvas().Focus(f.texts[0].entry)
	}
}
