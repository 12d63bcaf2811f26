package editui

import (
	"slices"

	"parley/editor"
)

// Panel is what the panel beside the picture shows: all that can be done to
// the chosen clips, and to the film. A section that is not On does not apply
// and is not shown. Where several clips are chosen, the values are those of
// the first, and what is set is set for all.
type Panel struct {
	Page   Page
	Chosen int // clips
	Speed  SpeedSection

	Framing FramingSection
	Pan     PanSection
	People  PeopleSection
	Sound   SoundSection
	Titles  TitlesSection
	Join    JoinSection

	Film FilmSection
	Tool Tool
}

// panelState is what the presenter keeps for the panel.
type panelState struct {
	run       run
	effects   editor.Effects
	abilities Abilities
	title     titleID // that is being edited
	turned    Page
	tooling   tooling
	listens   bool // there is somebody who listens to sounds
	ducked    Text // how the preview plays music that gives way to speech
	proposing proposing
	levels    map[heardKey][]editor.Levels
	watches   bool // there is somebody who watches pictures
	dead      map[deadKey][]editor.Stretch
}

// FilmSection is what is done to the film as a whole.
type FilmSection struct {
	Aspect float64 // in heights
	Master MasterSection
	Tunes  []Tune
	Ducked Text // what is to be said of music that gives way to speech; zero: nothing
	Spread bool // there are pictures that could share the length of music

	Chapters []Chapter
}

// Page is one of the panel's pages.
type Page int

// The pages.
const (
	ClipPage Page = iota
	FilmPage
)

// Turn shows a page, until a clip is clicked, which shows its own.
func (p *Presenter) Turn(to Page) {
	p.turned, p.music = to, ""
	p.EndRun()
}

// page is the one that is shown: chosen music is part of the film.
func (p *Presenter) page() Page {
	if p.music != "" {
		return FilmPage
	}
	return p.turned
}

// panel tells what can be done with the chosen clips.
func (p *Presenter) panel() Panel {
	panel := Panel{Page: p.page(), Film: FilmSection{p.filmAspect(), p.master(), p.tunes(), p.ducked, p.canSpread(), p.chapters()}}
	line := p.line()
	for n, id := range p.fromFirst() {
		i, _ := line.Index(id)
		c := line.Clip(i)
		s := Panel{
			Speed: speedSection(c), Framing: p.framing(c), Pan: p.pan(c), People: p.people(c),
			Sound: p.sound(c), Join: p.join(c, i), Titles: p.titles(c),
		}
		if n == 0 {
			s.Page, s.Film, s.Tool = panel.Page, panel.Film, p.tool(c)
			panel = s
		} else {
			panel.add(s)
		}
		panel.Chosen++
	}
	return panel
}

// fromFirst are the chosen clips, the one first that is told about.
func (p *Presenter) fromFirst() []editor.ClipID {
	ids := slices.Clone(p.targets())
	if i := slices.Index(ids, p.selected); i > 0 {
		ids[0], ids[i] = ids[i], ids[0]
	}
	return ids
}

// add takes another chosen clip into account: what does not apply to it is not
// offered for all.
func (n *Panel) add(s Panel) {
	n.Titles, n.Sound.Tracks = TitlesSection{}, nil
	if !n.Join.On || !s.Join.On { // the film's first clip has none, and is left out
		if s.Join.On {
			n.Join = s.Join
		}
	} else {
		together(&n.Join.On, &n.Join.Summary, s.Join.On, s.Join.Summary)
	}
	together(&n.Speed.On, &n.Speed.Summary, s.Speed.On, s.Speed.Summary)
	together(&n.Framing.On, &n.Framing.Summary, s.Framing.On, s.Framing.Summary)
	together(&n.Pan.On, &n.Pan.Summary, s.Pan.On, s.Pan.Summary)
	together(&n.People.On, &n.People.Summary, s.People.On, s.People.Summary)
	together(&n.Sound.On, &n.Sound.Summary, s.Sound.On, s.Sound.Summary)
}

// together is what is told of two clips in one place.
func together(on *bool, summary *[]Text, also bool, other []Text) {
	*on = *on && also
	if !slices.EqualFunc(*summary, other, sameText) {
		*summary = []Text{say("Various")}
	}
}
