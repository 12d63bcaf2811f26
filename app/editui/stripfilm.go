package editui

import (
	"maps"
	"slices"

	"parley/app/timeline"
	"parley/editor"
)

// stripFilm is the film as the strip shows it, made anew only when it changed.
type stripFilm struct {
	film     *timeline.Film
	output   editor.Output
	revision int // of the presenter, when it was made
	sights   int
}

// strip is what the strip shows.
func (p *Presenter) strip() timeline.Model {
	f := p.stripFilm()
	m := timeline.Model{Film: f, Chosen: make([]bool, len(f.Clips)), Tune: p.music, Playhead: p.playhead}
	for i := range f.Clips {
		m.Chosen[i] = f.Clips[i].ID == p.selected || p.also[f.Clips[i].ID]
	}
	return m
}

// spec is what the film is made as.
func (p *Presenter) spec() editor.Output {
	p.stripFilm()
	return p.shown.output
}

func (p *Presenter) stripFilm() *timeline.Film {
	if p.shown.film != nil && p.shown.revision == p.revision && p.shown.sights == p.sights {
		return p.shown.film
	}
	now := p.history.Now()
	spec := (&editor.Project{Timeline: now.Timeline, Output: now.Output, Library: p.library}).Spec()
	p.shown = stripFilm{&timeline.Film{Rate: spec.Rate}, spec, p.revision, p.sights}
	f := p.shown.film
	line, i := now.Timeline, 0
	for start, c := range line.All() {
		f.Clips = append(f.Clips, p.stripClip(c, start, line.Overlap(i)))
		i++
	}
	for _, m := range line.Music() {
		f.Tunes = append(f.Tunes, timeline.Tune{
			ID: m.ID, Label: m.Label, Missing: p.missing[m.Source], At: m.At, In: m.In, Out: m.Out, Available: m.Available,
			FadeIn: m.FadeIn, FadeOut: m.FadeOut,
		})
	}
	f.Markers = p.stripMarkers(line)
	for _, q := range line.Cues(p.library) {
		f.Cues = append(f.Cues, timeline.Span{From: q.From, To: q.To})
	}
	return f
}

func (p *Presenter) stripClip(c editor.Clip, start, overlap editor.Time) timeline.Clip {
	source := p.library[c.Source]
	_, picture := source.Picture()
	s := timeline.Clip{
		ID: c.ID, Kind: c.Kind, Label: c.Label, Missing: p.missing[c.Source], Picture: picture,
		Sound: p.isHeard(c), Mute: c.Sound.Mute, Start: start, Length: c.Length(), Overlap: overlap,
		In: c.In, Out: c.Out, Available: c.Available, Speed: c.Speed, Rate: p.rate(c), Joined: !c.Transition.Cut(),
		FadeIn: c.Sound.FadeIn, FadeOut: c.Sound.FadeOut,
	}
	for _, t := range c.Titles {
		from, to := t.Shown(c)
		if from.Cmp(to) < 0 {
			s.Titles = append(s.Titles, timeline.Bar{From: c.Since(from), To: c.Since(to), Text: p.wording(t)})
		}
	}
	if c.Kind == editor.TitleClip && s.Label == "" && len(s.Titles) > 0 {
		s.Label = s.Titles[0].Text
	}
	return s
}

// wording is what stands in a title, in short: its first text.
func (p *Presenter) wording(t editor.Title) string {
	if template, err := p.effects.Template(t.Template); err == nil {
		for _, f := range template.Fields {
			if text := t.Text(f.Name); text != "" && (f.Kind == editor.TextField || f.Kind == editor.LinesField) {
				return text
			}
		}
		return template.Label
	}
	for _, name := range slices.Sorted(maps.Keys(t.Fields)) {
		if text := t.Text(name); text != "" {
			return text
		}
	}
	return t.Template
}

func (p *Presenter) stripMarkers(line editor.Timeline) []timeline.Marker {
	var all []timeline.Marker
	for _, id := range line.Markers() {
		m, at, _ := line.Marker(id)
		all = append(all, timeline.Marker{ID: id, At: at, Label: m.Label})
	}
	slices.SortStableFunc(all, func(a, b timeline.Marker) int { return a.At.Cmp(b.At) })
	return all
}
