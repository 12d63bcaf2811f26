package editui

import "parley/editor"

// deadKey names the silences of a part of a source.
type deadKey struct {
	heardKey
	silence editor.Silence
}

// Unseen is a clip of the proposal with silences in which its pictures have
// still to be looked at.
type Unseen struct {
	Clip     editor.Clip
	Silences []editor.Stretch
	Silence  editor.Silence
}

func (s ProposalSettings) silence() editor.Silence {
	return editor.Silence{Floor: s.Floor, Least: s.Least}
}

// Unseen are the clips of which it has to be seen where their pictures stand
// still; those that are unheard are not among them.
func (p *Presenter) Unseen() []Unseen {
	q := p.proposing
	if q.kind != CutSilences || !q.settings.Dead {
		return nil
	}
	var all []Unseen
	for _, id := range q.clips {
		i, ok := p.line().Index(id)
		if !ok {
			continue
		}
		c := p.line().Clip(i)
		levels, heard := p.levels[keyOf(c)]
		if _, seen := p.dead[deadKey{keyOf(c), q.settings.silence()}]; heard && !seen {
			all = append(all, Unseen{c, c.Silences(levels, q.settings.silence()), q.settings.silence()})
		}
	}
	return all
}

// Seen takes the parts of silences in which the pictures stand still too.
func (p *Presenter) Seen(u Unseen, dead []editor.Stretch, err error) {
	if err != nil {
		if p.proposing.kind != NoProposal {
			p.proposing.problem = sayErrorOf(err, u.Clip.Source)
		}
		return
	}
	if p.dead == nil {
		p.dead = map[deadKey][]editor.Stretch{}
	}
	p.dead[deadKey{keyOf(u.Clip), u.Silence}] = dead
}
