package editui

import "parley/editor"

// Edits that put clips in another order, and take them out.

// Move puts clips before a gap, a place between the clips as they stand, in
// the order that they have, and chooses them.
func (p *Presenter) Move(ids []editor.ClipID, gap int) {
	line := p.line()
	next, err := line.MoveAll(ids, max(0, min(gap, line.Len())))
	if err == nil && sameOrder(line, next) {
		return
	}
	if p.do("Move clip", next, err) {
		p.Choose(ids...)
		p.toFirst()
	}
}

func sameOrder(a, b editor.Timeline) bool {
	for i := range a.Len() {
		if a.Clip(i).ID != b.Clip(i).ID {
			return false
		}
	}
	return true
}

// moveTo puts a clip at a place, counted without it.
func (p *Presenter) moveTo(id editor.ClipID, to int) {
	if i, ok := p.line().Index(id); ok && to > i {
		to++
	}
	p.Move([]editor.ClipID{id}, to)
}

// toFirst puts the playhead where the first chosen clip begins.
func (p *Presenter) toFirst() {
	if ids := p.Selection(); len(ids) > 0 {
		i, _ := p.line().Index(ids[0])
		p.playhead = p.line().Start(i)
	}
}

// MoveBy moves the chosen clips by places.
func (p *Presenter) MoveBy(by int) {
	ids := p.Selection()
	if len(ids) == 0 {
		return
	}
	first, _ := p.line().Index(ids[0])
	last, _ := p.line().Index(ids[len(ids)-1])
	if by < 0 {
		p.Move(ids, first+by)
	} else {
		p.Move(ids, last+1+by)
	}
}

// Remove takes the chosen clips or music out; the clip behind is chosen.
func (p *Presenter) Remove() {
	if p.music != "" {
		p.RemoveTune(p.music)
		p.music = ""
		return
	}
	ids := p.Selection()
	if len(ids) == 0 {
		return
	}
	first, _ := p.line().Index(ids[0])
	next, err := p.line().RemoveAll(ids)
	if p.do("Remove clip", next, err) {
		p.selectAt(first)
	}
}

// Duplicate puts copies of the chosen clips behind them.
func (p *Presenter) Duplicate() {
	next, copies, err := p.line().DuplicateAll(p.Selection())
	if err != nil || len(copies) > 0 {
		p.bringIn("Duplicate clip", next, copies, err)
	}
}

// bringIn is do for an edit that puts clips into the film: they are chosen. It
// tells whether they came in.
func (p *Presenter) bringIn(label string, next editor.Timeline, ids []editor.ClipID, err error) bool {
	done := p.do(label, next, err)
	if done {
		p.Choose(ids...)
		p.toFirst()
	}
	return done
}

// Copy is the chosen clips as a text for the clipboard, "" where none are.
func (p *Presenter) Copy() string {
	var clips []editor.Clip
	for _, id := range p.Selection() {
		i, _ := p.line().Index(id)
		clips = append(clips, p.line().Clip(i))
	}
	if len(clips) == 0 {
		return ""
	}
	text, err := editor.EncodeClips(clips)
	if err != nil {
		p.Tell(sayError(err), Failure)
	}
	return text
}

// Cut is Copy, and takes the clips out.
func (p *Presenter) Cut() string {
	text := p.Copy()
	if text != "" {
		p.Remove()
	}
	return text
}

// Paste puts the clips of a text behind the last chosen clip, else where the
// playhead is.
func (p *Presenter) Paste(text string) {
	clips, err := editor.DecodeClips(text)
	if err != nil {
		p.Tell(say("There are no clips to paste; copy some with Ctrl+C first."), Info)
		return
	}
	next, ids, err := p.line().InsertAll(p.pastePlace(), clips)
	p.bringIn("Paste clip", next, ids, err)
}

// pastePlace is the place before which clips are pasted.
func (p *Presenter) pastePlace() int {
	if ids := p.Selection(); len(ids) > 0 {
		last, _ := p.line().Index(ids[len(ids)-1])
		return last + 1
	}
	return p.cutNear()
}

// cutNear is the place of the cut that is nearest to the playhead.
func (p *Presenter) cutNear() int {
	line := p.line()
	i, since, ok := line.Find(p.playhead)
	if !ok {
		return line.Len()
	}
	if since.Add(since).Cmp(line.Clip(i).Length()) > 0 {
		return i + 1
	}
	return i
}
