package editui

import "parley/editor"

// Edits at the playhead.

// here is the clip at the playhead: the chosen one where the playhead stands
// in it, ends included, else the one that is seen.
func (p *Presenter) here() (c editor.Clip, since editor.Time, ok bool) {
	line := p.line()
	if c, i, ok := p.chosen(); ok {
		since := p.playhead.Sub(line.Start(i))
		if since.Num() >= 0 && since.Cmp(c.Length()) <= 0 {
			return c, since, true
		}
	}
	i, since, ok := line.Find(p.playhead)
	if !ok {
		return editor.Clip{}, editor.Time{}, false
	}
	return line.Clip(i), since, true
}

// Split cuts the film at the playhead.
func (p *Presenter) Split() {
	next, err := p.line().Split(p.playhead)
	if err != nil {
		p.Tell(say("There is nothing to cut in two here; click into the middle of a clip first."), Info)
		return
	}
	p.do("Split clip", next, nil)
	if i, _, ok := next.Find(p.playhead); ok {
		p.Choose(next.Clip(i).ID)
	}
}

// TrimHere makes the clip at the playhead begin (or end) there. What stands
// has no ends; its length is changed.
func (p *Presenter) TrimHere(beginning bool) {
	c, since, ok := p.here()
	switch {
	case !ok:
	case since.Num() <= 0 || since.Cmp(c.Length()) >= 0:
		p.Tell(say("The mark stands at the clip's edge; click into the clip where it shall be cut."), Info)
	case c.Stands() && beginning:
		p.SetDuration(c.ID, c.Duration.Sub(since))
	case c.Stands():
		p.SetDuration(c.ID, since)
	case beginning:
		p.TrimIn(c.ID, c.Moment(since))
	default:
		p.TrimOut(c.ID, c.Moment(since))
	}
}

// Freeze has the picture at the playhead stand still for a while.
func (p *Presenter) Freeze() {
	next, id, err := p.line().Freeze(p.playhead, editor.DefaultFreeze)
	if err != nil {
		p.Tell(say("There is no moving picture here that could stand still; click into a clip first."), Info)
		return
	}
	p.bringIn("Freeze picture", next, []editor.ClipID{id}, nil)
}

// Card puts a text card in at the cut nearest to the playhead, which goes to
// where its text is seen.
func (p *Presenter) Card() {
	for _, t := range p.templates() {
		if t.Card {
			next, id, err := p.line().InsertTitle(p.cutNear(), editor.Title{Template: t.Name}, editor.DefaultTitle)
			if p.bringIn("Add text card", next, []editor.ClipID{id}, err) {
				p.OpenTitle(0)
			}
			return
		}
	}
	p.Tell(say("There is no template for a text card; put one into the folder for titles."), Failure)
}

// Crossfade has the chosen clips fade in from those before them, or cuts
// where all of them do.
func (p *Presenter) Crossfade() {
	line := p.line()
	fade := editor.Transition{Kind: "crossfade", Length: defaultJoin}
	by, some := editor.Transition{}, false
	for _, id := range p.Selection() {
		i, _ := line.Index(id)
		if i > 0 {
			some = true
			if line.Clip(i).Transition.Cut() {
				by = fade
			}
		}
	}
	if !some {
		p.Tell(say("The first clip has none before it to fade from; choose another."), Info)
		return
	}
	next, err := line.SetTransition(p.Selection(), by)
	p.do("Change transition", next, err)
}

// Stretch gives the transition into a clip another length; what is dragged is
// one step. No time is a cut.
func (p *Presenter) Stretch(id editor.ClipID, length editor.Time) {
	line := p.line()
	i, ok := line.Index(id)
	if !ok || line.Clip(i).Transition.Length == length {
		return
	}
	by := line.Clip(i).Transition
	if by.Length = length; length.Num() <= 0 {
		by = editor.Transition{}
	}
	next, err := line.SetTransition([]editor.ClipID{id}, by)
	p.do("Change transition", next, err)
}

// FadeClip gives the sound of a clip a fade at its beginning or end.
func (p *Presenter) FadeClip(id editor.ClipID, beginning bool, length editor.Time) {
	next, err := p.line().Each([]editor.ClipID{id}, func(c *editor.Clip) {
		if beginning {
			c.Sound.FadeIn = length
		} else {
			c.Sound.FadeOut = length
		}
	})
	p.do("Fade sound", next, err)
}

// SpreadOverMusic has the chosen pictures, or all that the film has, share the
// length of the music that begins first.
func (p *Presenter) SpreadOverMusic() {
	line := p.line()
	music := line.Music()
	var ids []editor.ClipID
	chosen := mapOf(p.Selection())
	for _, c := range line.All() {
		if c.Stands() && (len(chosen) < 2 || chosen[c.ID]) {
			ids = append(ids, c.ID)
		}
	}
	if len(music) == 0 || len(ids) == 0 {
		p.Tell(say("Bring in music and pictures first; the pictures then share its length."), Info)
		return
	}
	next, err := line.Spread(ids, music[0].Length(), p.Project().Spec().Rate)
	p.do("Spread pictures", next, err)
}
