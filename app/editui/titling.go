package editui

import (
	"fmt"
	"maps"
	"slices"

	"parley/editor"
)

// TitlesSection tells of the texts on the chosen clip.
type TitlesSection struct {
	On        bool
	Summary   []Text
	Templates []editor.Template
	Titles    []ClipTitle
	Open      int // the one that is being edited, -1 for none
	Card      bool
	Captions  string // the subtitle file of the clip, "" for none
}

// ClipTitle is a title of a clip with its times on the film's clock, counted
// from the clip's beginning.
type ClipTitle struct {
	editor.Title
	Template editor.Template
	Known    bool // the template is there
	From, To editor.Time
	ToEnd    bool
}

// defaultTitle is how long a title stands unless told otherwise.
var defaultTitle = editor.Rational(5, 1)

func (p *Presenter) titles(c editor.Clip) TitlesSection {
	s := TitlesSection{Templates: p.templates(), Open: p.openTitle(c), Card: c.Kind == editor.TitleClip, Captions: c.Captions}
	s.On = len(s.Templates) > 0 || len(c.Titles) > 0
	for _, t := range c.Titles {
		template, err := p.effects.Template(t.Template)
		if err != nil {
			template = editor.Template{Name: t.Template}
		}
		_, to := t.Shown(c)
		s.Titles = append(s.Titles, ClipTitle{t, template, err == nil, c.Since(t.At), c.Since(to), t.Length.Num() == 0})
	}
	if n := len(c.Titles); n > 0 && !s.Card {
		s.Summary = []Text{sayOf("{{.N}} on it", "N", n)}
	}
	return s
}

func (p *Presenter) templates() []editor.Template {
	if p.effects.Lettering == nil {
		return nil
	}
	return p.effects.Lettering.Templates()
}

// openTitle is the title that is being edited. That of a card always is.
func (p *Presenter) openTitle(c editor.Clip) int {
	switch {
	case c.Kind == editor.TitleClip && len(c.Titles) > 0 && p.title.clip != c.ID:
		return 0
	case p.title.clip == c.ID && p.title.n < len(c.Titles):
		return p.title.n
	}
	return -1
}

// titleID names a title of the film until the film changes.
type titleID struct {
	clip editor.ClipID
	n    int // -1 for none
}

// OpenTitle begins to edit a title of the chosen clip; -1 ends that. The
// playhead goes to where the title is seen.
func (p *Presenter) OpenTitle(n int) {
	c, i, ok := p.chosen()
	if !ok {
		return
	}
	p.title = titleID{c.ID, n}
	p.EndRun()
	if n < 0 || n >= len(c.Titles) {
		return
	}
	start := p.line().Start(i)
	from, to := c.Titles[n].Shown(c)
	first, last := start.Add(c.Since(from)), start.Add(c.Since(to))
	// At its first moment a title may only be coming in.
	settled := first.Add(last.Sub(first).Div(editor.Ratio{Num: 3, Den: 1}).Min(editor.Rational(1, 1)))
	if p.playhead.Cmp(settled) < 0 || p.playhead.Cmp(last) >= 0 {
		p.playhead = settled
	}
}

// AddTitle puts a title on the chosen clip, from the playhead on.
func (p *Presenter) AddTitle(template string) {
	c, i, ok := p.chosen()
	if !ok {
		return
	}
	t := editor.Title{Template: template, Fields: map[string]string{}}
	since := p.playhead.Sub(p.line().Start(i))
	if since.Num() < 0 || since.Cmp(c.Length()) >= 0 {
		since = editor.Time{}
	}
	t.At = c.Moment(since)
	if rest := c.Length().Sub(since); rest.Cmp(defaultTitle) > 0 {
		t.Length = c.Moment(defaultTitle).Sub(c.Moment(editor.Time{}))
	}
	c.Titles = append(slices.Clone(c.Titles), t)
	next, err := p.line().Replace(c.ID, c)
	if p.do("Add title", next, err) {
		p.OpenTitle(len(c.Titles) - 1)
	}
}

// RemoveTitle takes a title off the chosen clip.
func (p *Presenter) RemoveTitle(n int) {
	c, _, ok := p.chosen()
	if !ok || n < 0 || n >= len(c.Titles) {
		return
	}
	c.Titles = slices.Delete(slices.Clone(c.Titles), n, n+1)
	if len(c.Titles) == 0 {
		c.Titles = nil
	}
	next, err := p.line().Replace(c.ID, c)
	if p.do("Remove title", next, err) {
		p.title = titleID{c.ID, -1}
	}
}

// retitle edits a title of the chosen clip.
func (p *Presenter) retitle(n int, key, label string, edit func(editor.Clip, *editor.Title)) {
	c, _, ok := p.chosen()
	if !ok || n < 0 || n >= len(c.Titles) {
		return
	}
	titles := slices.Clone(c.Titles)
	edit(c, &titles[n])
	if sameTitle(titles[n], c.Titles[n]) {
		return
	}
	c.Titles = titles
	next, err := p.line().Replace(c.ID, c)
	if err != nil {
		p.do(label, next, err)
		return
	}
	if key != "" {
		key = fmt.Sprint(key, c.ID, n)
	}
	p.advance(key, label, next)
}

func sameTitle(a, b editor.Title) bool {
	return a.Template == b.Template && a.At == b.At && a.Length == b.Length && maps.Equal(a.Fields, b.Fields)
}

// Write fills in a field of a title; what is typed without a pause is one step.
func (p *Presenter) Write(n int, field, text string) {
	p.retitle(n, "write "+field, "Write title", func(_ editor.Clip, t *editor.Title) {
		t.Fields = maps.Clone(t.Fields)
		if t.Fields == nil {
			t.Fields = map[string]string{}
		}
		t.Fields[field] = text
		if text == "" {
			delete(t.Fields, field)
		}
	})
}

// Retemplate has a title look like another template. What is written stays.
func (p *Presenter) Retemplate(n int, template string) {
	p.retitle(n, "", "Change look of title", func(_ editor.Clip, t *editor.Title) { t.Template = template })
}

// TitleAt has a title appear at a time after the clip's beginning.
func (p *Presenter) TitleAt(n int, since editor.Time) {
	p.retitle(n, "", "Move title", func(c editor.Clip, t *editor.Title) {
		t.At = c.Moment(since.Max(editor.Time{}).Min(c.Length()))
	})
}

// TitleFor has a title stand for a time; none is to the clip's end.
func (p *Presenter) TitleFor(n int, length editor.Time) {
	p.retitle(n, "", "Change length of title", func(c editor.Clip, t *editor.Title) {
		t.Length = c.Moment(length.Max(editor.Time{})).Sub(c.Moment(editor.Time{}))
	})
}

// Uncaption takes the subtitles off the chosen clip.
func (p *Presenter) Uncaption() {
	p.change("Remove subtitles", func(c *editor.Clip) { c.Captions = "" })
}
