package editui

import (
	"maps"
	"slices"
	"time"

	"parley/editor"
)

// Presenter turns what happened into a Model. It is pure and owned by one
// goroutine. Every edit is a step that can be undone.
type Presenter struct {
	history  *editor.History
	library  editor.Library
	extra    editor.Extra
	revision int // grows with everything that has to be saved

	selected  editor.ClipID          // the clip that the panel tells about, "" none
	also      map[editor.ClipID]bool // the others that are chosen; may hold clips that are gone
	anchor    editor.ClipID          // where a range of chosen clips begins
	music     editor.MusicID         // the music that is chosen instead of clips
	shown     stripFilm
	sights    int // grows when sources are found or lost
	playhead  editor.Time
	preview   *editor.Time // a time that is being typed or dragged, on the source's clock
	missing   map[string]bool
	batches   []*batch
	brings    int // batches so far
	knownAt   int // the revision whose sources were told of
	folders   int // that are being looked through
	opened    int // other projects, so far
	notices   []Notice
	noticeID  int
	exporting []exporting
	film      Film
	panelState

	waiting    []order   // films to be made after the one that is
	filmBegan  time.Time // when the film that is being made was begun
	filmLength float64   // of it, in seconds
}

// NewPresenter begins with a project, which may be nil for an empty film, and
// what can be undone in it.
func NewPresenter(p *editor.Project, past editor.Past) *Presenter {
	if p == nil {
		p = &editor.Project{}
	}
	e := &Presenter{
		history: editor.ResumeHistory(editor.Version{Timeline: p.Timeline, Output: p.Output}, past),
		library: editor.Library{},
		extra:   p.Extra,
		missing: map[string]bool{},
	}
	maps.Copy(e.library, p.Library)
	if p.Timeline.Len() > 0 {
		e.selected = p.Timeline.Clip(0).ID
	}
	return e
}

// Project is what is to be saved and rendered; it shares nothing that changes.
func (p *Presenter) Project() *editor.Project {
	now := p.history.Now()
	return &editor.Project{Timeline: now.Timeline, Output: now.Output, Library: maps.Clone(p.library), Extra: p.extra}
}

// Past is what can be undone, to be saved with Project.
func (p *Presenter) Past() editor.Past { return p.history.Past() }

// Revision grows whenever Project has something new to be saved.
func (p *Presenter) Revision() int { return p.revision }

// Source is what is known of a clip's source.
func (p *Presenter) Source(path string) (editor.Source, bool) {
	s, ok := p.library[path]
	return s, ok
}

// Sources are the paths of all that the film is made from, each once.
func (p *Presenter) Sources() []string { return p.line().Sources() }

// Unknown are sources of which nothing is known, not even that they are
// missing.
func (p *Presenter) Unknown() []string {
	if p.knownAt == p.revision {
		return nil
	}
	p.knownAt = p.revision
	var paths []string
	for _, path := range p.Sources() {
		if _, known := p.library[path]; !known && !p.missing[path] {
			paths = append(paths, path)
		}
	}
	return paths
}

// Probed takes what a source is found to be, at first or again. Clips of a
// source that has become shorter end where it does.
func (p *Presenter) Probed(s editor.Source) {
	p.library[s.Path] = s
	delete(p.missing, s.Path)
	p.revision++
	line, changed := p.line(), false
	for _, c := range line.Clips() {
		if c.Source != s.Path || c.Kind == editor.StillClip || c.Available == s.Length() {
			continue
		}
		c.Available = s.Length()
		c.Out = c.Out.Min(c.Available)
		next, err := line.Replace(c.ID, c)
		if err != nil {
			p.Tell(sayOf("{{.Name}} has changed and no longer has the part that the film shows; remove its clip or put the old file back.", "Name", c.Label), Failure)
			continue
		}
		line, changed = next, true
	}
	if changed {
		p.do("Follow a changed file", line, nil)
	}
}

// Found tells whether a source is where it was.
func (p *Presenter) Found(path string, there bool) {
	p.sights++
	delete(p.missing, path)
	if !there {
		p.missing[path] = true
	}
}

// Tell shows a sentence.
func (p *Presenter) Tell(t Text, kind NoticeKind) {
	for _, n := range p.notices {
		if n.Kind == kind && sameText(n.Text, t) {
			return
		}
	}
	p.noticeID++
	p.notices = append(p.notices, Notice{ID: p.noticeID, Text: t, Kind: kind})
}

func sameText(a, b Text) bool {
	return a.Key == b.Key && maps.EqualFunc(a.With, b.With, func(x, y any) bool { return x == y })
}

// Dismiss takes a notice away.
func (p *Presenter) Dismiss(id int) {
	p.notices = slices.DeleteFunc(slices.Clone(p.notices), func(n Notice) bool { return n.ID == id })
}

// Model is what is to be shown.
func (p *Presenter) Model() Model {
	line := p.line()
	m := Model{
		Selected:  -1,
		Playhead:  p.playhead,
		Length:    line.Duration(),
		Output:    p.spec(),
		Strip:     p.strip(),
		Missing:   p.lost(),
		Importing: p.importing(),
		Notices:   slices.Clone(p.notices),
		Film:      p.film,
	}
	m.Film.Waiting = p.waitingFor()
	m.Undo, _ = p.history.CanUndo()
	m.Redo, _ = p.history.CanRedo()
	for _, c := range line.All() {
		if c.ID == p.selected {
			m.Selected = len(m.Clips)
		}
		m.Clips = append(m.Clips, p.clip(c))
	}
	if m.Selected >= 0 {
		m.Inspector = p.inspector(m)
	}
	m.Panel, m.Proposal = p.panel(), p.proposal()
	return m
}

func (p *Presenter) clip(c editor.Clip) Clip {
	_, picture := p.library[c.Source].Picture()
	return Clip{Clip: c, Missing: p.missing[c.Source], Picture: picture, Rate: p.rate(c)}
}

func (p *Presenter) line() editor.Timeline { return p.history.Now().Timeline }
