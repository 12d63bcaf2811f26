package editui

import (
	"errors"
	"path/filepath"
	"strconv"

	"parley/editor"
)

// Place is where things go that are brought in.
type Place struct {
	Before editor.ClipID // clips go before this one; "" the end
	On     editor.ClipID // subtitles belong to this one; "" to the one that is called as they are
	Music  *editor.Time  // sounds lie under the film from here on
}

// batch is what was brought in at once. Clips come into the film in the order
// in which they were given, whichever is looked into first, and all of them
// are one step.
type batch struct {
	key   string // of the step
	paths []string
	place Place
	found []*found
	next  int // what of found is in the film, or told
	clips int // that came in
	last  editor.ClipID
	tunes []editor.Source // sounds, which come last: alone they are clips, with pictures music
}

type found struct {
	path   string
	source editor.Source
	err    error
}

// errGivenUp is how looking into a path ends that the person gave up.
var errGivenUp = errors.New("given up")

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

// Bring begins to bring paths in. Each ticket has to be given back to Brought.
func (p *Presenter) Bring(place Place, paths []string) []Ticket {
	p.brings++
	paths = captionsLast(paths)
	b := &batch{key: "bring " + strconv.Itoa(p.brings), paths: paths, place: place, found: make([]*found, len(paths))}
	tickets := make([]Ticket, len(paths))
	for i, path := range paths {
		tickets[i] = Ticket{path, b, i}
	}
	if len(paths) > 0 {
		p.batches = append(p.batches, b)
	}
	return tickets
}

// Brought takes what paths were found to be, one error or source a ticket.
// What cannot be used gets one sentence; the rest comes in.
func (p *Presenter) Brought(t Ticket, s editor.Source, err error) {
	t.batch.found[t.i] = &found{t.Path, s, err}
	p.settleBatches()
}

// Arrival is what a path was found to be.
type Arrival struct {
	Ticket
	Source editor.Source
	Err    error
}

// Arrived is Brought for many at once.
func (p *Presenter) Arrived(all []Arrival) {
	for _, a := range all {
		a.batch.found[a.i] = &found{a.Path, a.Source, a.Err}
	}
	p.settleBatches()
}

func (p *Presenter) settleBatches() {
	for len(p.batches) > 0 && p.settleBatch(p.batches[0]) {
		p.batches = p.batches[1:]
	}
}

// settleBatch takes what is known of a batch in its order, and tells whether
// that was all of it.
func (p *Presenter) settleBatch(b *batch) bool {
	var clips []editor.Clip
	for ; b.next < len(b.found) && b.found[b.next] != nil; b.next++ {
		f := b.found[b.next]
		switch {
		case errors.Is(f.err, errGivenUp):
		case f.err != nil:
			p.Tell(sayErrorOf(f.err, f.path), Failure)
		case f.source.Captions != nil && p.captionOn(b, f.source, &clips):
		case soundOnly(f.source):
			b.tunes = append(b.tunes, f.source)
		default:
			p.settle(f.source, &clips)
		}
	}
	p.comeIn(b, clips)
	if b.next < len(b.found) {
		return false
	}
	p.layTunes(b)
	return true
}

// captionOn gives subtitles to a clip, of which there may be one among those
// that are to come in.
func (p *Presenter) captionOn(b *batch, s editor.Source, clips *[]editor.Clip) bool {
	p.comeIn(b, *clips)
	*clips = nil
	return p.caption(s, b.place.On)
}

// settle makes a clip of a source.
func (p *Presenter) settle(s editor.Source, clips *[]editor.Clip) {
	c, err := editor.NewClip("new", s)
	if err != nil {
		p.Tell(sayErrorOf(err, s.Path), Failure)
		return
	}
	p.know(s)
	*clips = append(*clips, c)
}

// know takes what a source is.
func (p *Presenter) know(s editor.Source) {
	p.library[s.Path] = s
	delete(p.missing, s.Path)
	p.sights++
}

// comeIn puts clips of a batch into the film, behind those that came before.
func (p *Presenter) comeIn(b *batch, clips []editor.Clip) {
	if len(clips) == 0 {
		return
	}
	line := p.line()
	i, ok := line.Index(b.place.Before)
	if !ok {
		i = line.Len()
	}
	if last, ok := line.Index(b.last); ok {
		i = last + 1
	}
	next, ids, err := line.InsertAll(i, clips)
	if err != nil {
		p.Tell(sayError(err), Failure)
		return
	}
	b.clips += len(clips)
	label := "Add " + clips[0].Label
	if b.clips > 1 {
		label = "Add " + strconv.Itoa(b.clips) + " clips"
	}
	p.advance(b.key, label, next)
	b.last = ids[len(ids)-1]
	p.selectAt(i + len(ids) - 1)
}

// soundOnly tells whether a source is a sound without a picture.
func soundOnly(s editor.Source) bool {
	if s.Media == nil || s.Media.Still {
		return false
	}
	_, picture := s.Media.Video()
	_, sound := s.Media.Audio()
	return sound && !picture
}

// layTunes lays the sounds of a batch under the film. Where there is nothing
// to lie under, they are clips themselves.
func (p *Presenter) layTunes(b *batch) {
	for _, s := range b.tunes {
		line := p.line()
		if line.Len() == 0 && b.place.Music == nil {
			var clips []editor.Clip
			p.settle(s, &clips)
			p.comeIn(b, clips)
			continue
		}
		at := p.musicEnd()
		if b.place.Music != nil {
			at = *b.place.Music
		}
		m, err := editor.NewMusic(line.NextMusicID(), s, at)
		if err == nil {
			line, err = line.WithMusic(m)
		}
		if err != nil {
			p.Tell(sayErrorOf(err, s.Path), Failure)
			continue
		}
		p.know(s)
		p.advance(b.key, "Add music", line)
		p.ChooseMusic(m.ID)
		if b.place.Music == nil {
			p.Tell(sayOf("{{.File}} lies under the film as music; it can be made a clip with the right button.", "File", m.Label), Info)
		}
		b.place.Music = nil // others follow it
	}
}

// musicEnd is where the music ends that the film has.
func (p *Presenter) musicEnd() (end editor.Time) {
	for _, m := range p.line().Music() {
		end = end.Max(m.At.Add(m.Length()))
	}
	return end
}

// importing is how many paths are being looked into.
func (p *Presenter) importing() int {
	n := p.folders
	for _, b := range p.batches {
		for _, f := range b.found {
			if f == nil {
				n++
			}
		}
	}
	return n
}
