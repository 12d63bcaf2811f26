package exchange

import (
	"errors"
	"fmt"

	"parley/editor"
)

// ErrFilm is what a film that cannot be handed on is refused with.
var ErrFilm = errors.New("this film cannot be exported")

// Film is what is handed on.
type Film struct {
	Name     string // of the project, for people
	Timeline editor.Timeline
	Library  editor.Library
	Output   editor.Output // its rate is the one that frames are counted at
	Effects  editor.Effects

	// Source is whose parts a cut list tells, where it can tell of one only;
	// "" is the source that most of the film is taken from.
	Source string
}

// Loss is something of a film that a format cannot tell, in English, without
// a full stop: "speed".
type Loss string

// losses collects each Loss once, in the order of their finding.
type losses []Loss

func (l *losses) add(when bool, what Loss) {
	if !when {
		return
	}
	for _, known := range *l {
		if known == what {
			return
		}
	}
	*l = append(*l, what)
}

// item is a clip with the frames of the film that it stands for: from start up
// to, and without, end. The first overlap frames are shared with the clip
// before it.
type item struct {
	editor.Clip
	source     editor.Source
	start, end int64
	overlap    int64
}

// frames is how many frames the clip stands.
func (i item) frames() int64 { return i.end - i.start }

// items are the clips of a film that last a frame at least, in whole frames:
// where a clip begins is rounded once, so that nothing adds up.
func (f Film) items() ([]item, error) {
	if err := f.Output.Check(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFilm, err)
	}
	var all []item
	for begin, c := range f.Timeline.All() {
		it := item{Clip: c, source: f.Library[c.Source], start: begin.FrameRound(f.Output.Rate), end: begin.Add(c.Length()).FrameRound(f.Output.Rate)}
		if n := len(all); n > 0 {
			it.start = min(it.start, all[n-1].end) // a clip too short to be seen may have been between
			if n > 1 {
				it.start = max(it.start, all[n-2].end) // no three at once
			}
			it.overlap = all[n-1].end - it.start
		}
		if it.frames() > 0 {
			all = append(all, it)
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%w: it has no clip that lasts a frame; add one first", ErrFilm)
	}
	return all, nil
}

// label is the clip for people, in one line.
func (i item) label() string {
	if i.Label != "" {
		return oneLine(i.Label)
	}
	return oneLine(i.source.Label())
}
