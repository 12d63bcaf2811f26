package editui

import (
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"parley/editor"
)

// titlesView is the texts on a clip: a list, and the one that is being edited.
type titlesView struct {
	inspector *inspector
	fold      *fold
	list      *fyne.Container
	add       *heardButton
	card      *heardButton // before or after the clip, whichever cut is nearer
	form      *titleForm
	captions  *fyne.Container
	file      *line
	shown     TitlesSection
}

func newTitlesView(i *inspector) *titlesView {
	v := &titlesView{inspector: i, list: container.NewVBox(), form: newTitleForm(i), file: quiet("")}
	v.add = i.button(lang.L("Add a title"), theme.ContentAddIcon(), v.offer)
	remove := i.quietButton("", theme.DeleteIcon(), func() { i.act((*Presenter).Uncaption) })
	v.captions = container.NewVBox(row(lang.L("Subtitles"), container.NewVBox(gap(6), v.file), remove))
	v.card = i.button(lang.L("Text card"), nil, func() { i.tab.view.addCard() })
	v.fold = i.fold(lang.L("Titles"), false, v.list, wide(container.NewGridWithColumns(2, v.add, v.card)), v.captions)
	return v
}

// offer asks which template a new title is made from.
func (v *titlesView) offer() {
	var fit []editor.Template
	for _, t := range v.shown.Templates {
		if !t.Card || v.shown.Card { // a card is made to be all of the picture
			fit = append(fit, t)
		}
	}
	if len(fit) == 0 {
		return
	}
	menu := newTitleMenu(v.inspector, fit, func(template string) {
		v.inspector.act(func(p *Presenter) { p.AddTitle(template) })
		v.form.focus()
	})
	menu.show(v.inspector.tab.window.Canvas(), v.add)
}

func (v *titlesView) show(p Panel, other bool) {
	s := p.Titles
	v.fold.show(s.On && p.Chosen == 1, s.Summary)
	if !s.On {
		return
	}
	if s.Card && other {
		v.fold.set(true) // the text is all that there is
	}
	if s.Open != v.shown.Open || other || len(s.Titles) != len(v.shown.Titles) || s.Card != v.shown.Card {
		v.lay(s)
	}
	for n, o := range v.list.Objects {
		if head, ok := o.(*titleHead); ok && n < len(v.list.Objects) {
			head.show(s.Titles[head.n])
		}
	}
	if s.Open >= 0 {
		v.form.show(s, other)
	}
	visible(v.add, !s.Card && len(s.Templates) > 0)
	visible(v.card, slices.ContainsFunc(s.Templates, func(t editor.Template) bool { return t.Card }))
	visible(v.captions, s.Captions != "")
	write(v.file, filepath.Base(s.Captions))
	v.shown = s
}

// lay puts the form below the head of the title that is being edited.
func (v *titlesView) lay(s TitlesSection) {
	v.list.RemoveAll()
	for n := range s.Titles {
		if !s.Card {
			v.list.Add(newTitleHead(v.inspector, n, n == s.Open))
		}
		if n == s.Open {
			v.list.Add(v.form.content)
		}
	}
}

// titleText is a title in one line.
func titleText(t ClipTitle) string {
	for _, f := range t.Template.Fields {
		if text := t.Text(f.Name); text != "" && (f.Kind == editor.TextField || f.Kind == editor.LinesField) {
			return strings.Join(strings.Fields(text), " ")
		}
	}
	return ""
}

// titleHead is a title of the list: what it says and when, and a button that
// removes it.
type titleHead struct {
	widget.BaseWidget
	n       int
	content *fyne.Container
	name    *heardButton
}

func newTitleHead(i *inspector, n int, open bool) *titleHead {
	h := &titleHead{n: n}
	to, icon := n, theme.NavigateNextIcon()
	if open {
		to, icon = -1, theme.MenuDropDownIcon()
	}
	h.name = i.quietButton("", icon, func() { i.act(func(p *Presenter) { p.OpenTitle(to) }) })
	h.name.Alignment = widget.ButtonAlignLeading
	remove := i.quietButton("", theme.DeleteIcon(), func() { i.act(func(p *Presenter) { p.RemoveTitle(n) }) })
	h.content = container.NewBorder(nil, nil, nil, remove, container.New(&clipped{}, h.name))
	h.ExtendBaseWidget(h)
	return h
}

func (h *titleHead) show(t ClipTitle) {
	text := titleText(t)
	if text == "" {
		text = lang.L(t.Template.Label)
	}
	h.name.SetText(fitted(text, 200, theme.TextSize()))
}

// CreateRenderer is for Fyne.
func (h *titleHead) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(h.content)
}

// clipped gives its one object all the room there is, and asks for little.
type clipped struct{}

// MinSize is Fyne's.
func (clipped) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(60, objects[0].MinSize().Height)
}

// Layout is Fyne's.
func (clipped) Layout(objects []fyne.CanvasObject, size fyne.Size) { fill(objects, size) }
