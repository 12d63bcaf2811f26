package editui

import (
	"path/filepath"

	"parley/editor"
)

// batch is what was brought in at once. Clips come into the film in the order
// in which they were given, whichever is looked into first.
type batch struct {
	paths []string
	at    editor.ClipID // the clip before which they go; "" the end
	found []*found
	next  int // what of found is in the film, or told
}

type found struct {
	path   string
	source editor.Source
	err    error
}

// awaits tells whether a path of the batch is still being looked into.
func (b *batch) awaits(path string) bool {
	for i, f := range b.found {
		if f == nil && filepath.Clean(b.paths[i]) == path {
			return true
		}
	}
	return false
}

// Ticket is one path of a batch that is being looked into.
type Ticket struct {
	Path  string
	batch *batch
	i     int
}

// Bring begins to bring paths in before a clip, or at the end where there is
// no such clip; subtitles come after the clips that they may belong to. Each
// ticket has to be given back to Brought.
func (p *Presenter) Bring(before editor.ClipID, paths []string) []Ticket {
	paths = captionsLast(paths)
	b := &batch{paths: paths, at: before, found: make([]*found, len(paths))}
	tickets := make([]Ticket, len(paths))
	for i, path := range paths {
		tickets[i] = Ticket{path, b, i}
	}
	if len(paths) > 0 {
		p.batches = append(p.batches, b)
	}
	return tickets
}

// Brought takes what a path was found to be. What cannot be used gets one
// sentence; the rest comes in.
func (p *Presenter) Brought(t Ticket, s editor.Source, err error) {
	t.batch.found[t.i] = &found{t.Path, s, err}
	for len(p.batches) > 0 && p.settleBatch(p.batches[0]) {
		p.batches = p.batches[1:]
	}
}

// settleBatch takes what is known of a batch in its order, and tells whether
// that was all of it.
func (p *Presenter) settleBatch(b *batch) bool {
	for ; b.next < len(b.found); b.next++ {
		if b.found[b.next] == nil {
			return false
		}
		p.settle(b, b.found[b.next])
	}
	return true
}

func (p *Presenter) settle(b *batch, f *found) {
	if f.err != nil {
		p.Tell(sayErrorOf(f.err, f.path), Failure)
		return
	}
	if f.source.Captions != nil && p.caption(f.source) {
		return
	}
	line := p.line()
	c, err := editor.NewClip(line.NextID(), f.source)
	if err != nil {
		p.Tell(sayErrorOf(err, f.path, f.source.Path), Failure)
		return
	}
	i, ok := line.Index(b.at)
	if !ok {
		i = line.Len()
	}
	p.library[f.source.Path] = f.source
	delete(p.missing, f.source.Path)
	next, err := line.Insert(i, c)
	if p.do("Add "+c.Label, next, err) {
		p.selectAt(i)
	}
}

// importing is how many paths are being looked into.
func (p *Presenter) importing() int {
	n := 0
	for _, b := range p.batches {
		for _, f := range b.found {
			if f == nil {
				n++
			}
		}
	}
	return n
}
