package editui

import "parley/editor"

// Selection is the chosen clips in the film's order. The one that the panel
// tells about is among them.
func (p *Presenter) Selection() []editor.ClipID {
	var ids []editor.ClipID
	for _, c := range p.line().All() {
		if c.ID == p.selected || p.also[c.ID] {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// Choose chooses clips, the panel telling about the last of them, and leaves
// the playhead where it is. Clips that are not in the film are passed over.
func (p *Presenter) Choose(ids ...editor.ClipID) {
	p.selected, p.also, p.preview, p.music = "", nil, nil, ""
	for _, id := range ids {
		p.add(id)
	}
}

// add chooses one more clip, about which the panel tells from now on.
func (p *Presenter) add(id editor.ClipID) {
	if _, ok := p.line().Index(id); !ok {
		return
	}
	if p.also == nil {
		p.also = map[editor.ClipID]bool{}
	}
	p.also[id] = true
	p.selected, p.anchor, p.preview, p.music = id, id, nil, ""
}

// Toggle chooses a clip besides the others, or no longer.
func (p *Presenter) Toggle(id editor.ClipID) {
	if id != p.selected && !p.also[id] {
		p.also = mapOf(p.Selection())
		p.add(id)
		return
	}
	var rest []editor.ClipID
	for _, other := range p.Selection() {
		if other != id {
			rest = append(rest, other)
		}
	}
	p.Choose(rest...)
	p.anchor = id
}

// Extend chooses all clips from the one that was chosen first up to this one.
func (p *Presenter) Extend(id editor.ClipID) {
	line := p.line()
	to, ok := line.Index(id)
	if !ok {
		return
	}
	from, ok := line.Index(p.anchor)
	if !ok {
		from = to
	}
	anchor := p.anchor
	p.Choose()
	for i := min(from, to); i <= max(from, to); i++ {
		p.add(line.Clip(i).ID)
	}
	p.selected, p.anchor = id, anchor
	if from == to {
		p.anchor = id
	}
}

// ChooseAll chooses every clip.
func (p *Presenter) ChooseAll() {
	primary := p.selected
	p.Choose()
	for _, c := range p.line().All() {
		p.add(c.ID)
	}
	if _, ok := p.line().Index(primary); ok {
		p.selected = primary
	}
}

// ChooseLess goes back to one chosen clip, then to none.
func (p *Presenter) ChooseLess() {
	if len(p.Selection()) > 1 {
		p.Choose(p.selected)
		return
	}
	p.Choose()
}

func mapOf(ids []editor.ClipID) map[editor.ClipID]bool {
	set := make(map[editor.ClipID]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}
