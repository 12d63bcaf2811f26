package editor

import (
	"encoding/json"
	"fmt"
	"reflect"
	"sync"
)

// Change is one edit that can be undone: what was different before it and after
// it, and no more. It is never changed once it was made, and safe for
// concurrent use.
type Change struct {
	label string
	kept  *keptChange // where it was read from a file: how it lies there

	once sync.Once
	edit edit
	err  error // why edit cannot be read
}

// edit is what a step changed.
type edit struct {
	Clips  delta[Clip]   `json:"clips,omitzero"`
	Music  delta[Music]  `json:"music,omitzero"`
	Master *swap[Master] `json:"master,omitempty"`
	Output *swap[Output] `json:"output,omitempty"`
}

// swap is a value that was replaced; nil is none.
type swap[T any] struct {
	Was *T `json:"was,omitempty"`
	Is  *T `json:"is,omitempty"`
}

func (s *swap[T]) back() *swap[T] {
	if s == nil {
		return nil
	}
	return &swap[T]{s.Is, s.Was}
}

// keptChange is a step as it lies in a file. It is decoded when it is undone or
// done again, so that opening a long history is quick.
type keptChange struct {
	data []byte
	dir  string
}

// newChange compares two versions.
func newChange(label string, from, to Version) *Change {
	s := &Change{label: label, edit: edit{
		Clips: deltaOf(from.Timeline.clips, to.Timeline.clips, clipID),
		Music: deltaOf(from.Timeline.music, to.Timeline.music, musicID),
	}}
	if a, b := from.Timeline.master, to.Timeline.master; !reflect.DeepEqual(a, b) {
		s.edit.Master = &swap[Master]{&a, &b}
	}
	if !reflect.DeepEqual(from.Output, to.Output) {
		s.edit.Output = &swap[Output]{from.Output, to.Output}
	}
	return s
}

// Label says what the step did ("Split clip").
func (s *Change) Label() string { return s.label }

// do makes the version before the step into the one after it.
func (s *Change) do(v Version) (Version, error) { return s.turn(v, false) }

// undo makes the version after the step into the one before it.
func (s *Change) undo(v Version) (Version, error) { return s.turn(v, true) }

func (s *Change) turn(v Version, back bool) (Version, error) {
	e, err := s.load()
	if err != nil {
		return v, err
	}
	if back {
		e = edit{e.Clips.back(), e.Music.back(), e.Master.back(), e.Output.back()}
	}
	return e.apply(v)
}

func (s *Change) load() (edit, error) {
	s.once.Do(func() {
		if s.kept != nil {
			s.edit, s.err = s.kept.decode()
		}
	})
	return s.edit, s.err
}

func (e edit) apply(v Version) (Version, error) {
	clips, err := e.Clips.apply(v.Timeline.clips, clipID)
	if err != nil {
		return v, err
	}
	next, err := v.Timeline.rebuilt(clips)
	if err != nil {
		return v, err
	}
	if next.music, err = e.Music.apply(v.Timeline.music, musicID); err != nil {
		return v, err
	}
	if e.Master != nil && e.Master.Is != nil {
		next.master = *e.Master.Is
	}
	v.Timeline = next
	if e.Output != nil {
		v.Output = e.Output.Is
	}
	return v, nil
}

// changeJSON is a step in a file. Its paths are relative to the file's folder.
type changeJSON struct {
	N     int    `json:"n"` // 1 is the first of the history
	Label string `json:"label"`
	edit
}

// Encode writes the step as one line of JSON for a file in the folder dir; n
// is its number, beginning with 1.
func (s *Change) Encode(n int, dir string) ([]byte, error) {
	e, err := s.load()
	if err != nil {
		return nil, err
	}
	return json.Marshal(changeJSON{n, s.label, e.turned(relativePaths{dir}.relative)})
}

// KeptChange is a step that was read from a file in the folder dir, and its
// number. What is wrong inside it shows only when it is undone.
func KeptChange(line []byte, dir string) (s *Change, n int, err error) {
	var head struct {
		N     int    `json:"n"`
		Label string `json:"label"`
	}
	if err := json.Unmarshal(line, &head); err != nil || head.N < 1 || len(head.Label) > maxLabel {
		return nil, 0, fmt.Errorf("%w: a line of the history is no step", ErrProject)
	}
	return &Change{label: head.Label, kept: &keptChange{line, dir}}, head.N, nil
}

func (k *keptChange) decode() (edit, error) {
	var file changeJSON
	if err := json.Unmarshal(k.data, &file); err != nil {
		return edit{}, fmt.Errorf("%w: %w", ErrProject, err)
	}
	e := file.edit.turned(relativePaths{k.dir}.absolute)
	return e, e.check()
}

// turned is a copy with other paths.
func (e edit) turned(turn func(string) string) edit {
	paths := relativePaths{}
	clip := func(c Clip) Clip { paths.clip(&c, turn); return c }
	music := func(m Music) Music { paths.music(&m, turn); return m }
	e.Clips = delta[Clip]{eachItem(e.Clips.Out, clip), eachItem(e.Clips.In, clip)}
	e.Music = delta[Music]{eachItem(e.Music.Out, music), eachItem(e.Music.In, music)}
	return e
}

func eachItem[T any](list []entry[T], f func(T) T) []entry[T] {
	var all []entry[T]
	for _, p := range list {
		all = append(all, entry[T]{p.At, f(p.Item)})
	}
	return all
}

// check refuses what no edit can have left. Clips are checked when the step
// is applied.
func (e edit) check() error {
	for _, list := range [][]entry[Music]{e.Music.Out, e.Music.In} {
		for _, p := range list {
			if err := p.Item.Check(); err != nil {
				return err
			}
		}
	}
	if m := e.Master; m != nil && (m.Was == nil || m.Is == nil || m.Was.check() != nil || m.Is.check() != nil) {
		return fmt.Errorf("%w: a step of the history masters the film impossibly", ErrProject)
	}
	if o := e.Output; o != nil {
		for _, out := range []*Output{o.Was, o.Is} {
			if out == nil {
				continue
			}
			if err := out.Check(); err != nil {
				return err
			}
		}
	}
	return nil
}
