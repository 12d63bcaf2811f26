package editor

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// MusicID names a piece of music of a timeline for as long as it lives.
type MusicID string

// Music is sound that lies under the film, whatever clip is shown.
type Music struct {
	ID     MusicID `json:"id"`
	Source string  `json:"source"` // absolute path of a file
	Label  string  `json:"label,omitempty"`

	At        Time `json:"at"` // where it begins, on the film's clock
	In        Time `json:"in,omitzero"`
	Out       Time `json:"out"`
	Available Time `json:"available"` // how much the source has

	Gain    float64 `json:"gain,omitempty"` // dB, MinGain to MaxGain
	FadeIn  Time    `json:"fade_in,omitzero"`
	FadeOut Time    `json:"fade_out,omitzero"`
	Duck    bool    `json:"duck,omitempty"` // it is turned down while the film speaks

	Extra Extra `json:"-"`
}

// maxMusic bounds how much lies under a film.
const maxMusic = 1000

// NewMusic lays all of a source under the film at a time, ducked.
func NewMusic(id MusicID, s Source, at Time) (Music, error) {
	m := Music{ID: id, Source: s.Path, Label: s.Label(), At: at, Available: s.Length(), Out: s.Length(), Duck: true}
	if s.Media == nil {
		return m, fmt.Errorf("%w: %s is no file with sound", ErrClip, s.Path)
	}
	if _, ok := s.Media.Audio(); !ok {
		return m, fmt.Errorf("%w: %s has no sound that could be music", ErrClip, s.Path)
	}
	return m, m.Check()
}

// Length is how long the music is heard.
func (m Music) Length() Time { return m.Out.Sub(m.In) }

// Check says in one sentence what is wrong with the music, as ErrClip.
func (m Music) Check() error {
	switch {
	case m.ID == "" || m.Source == "":
		return fmt.Errorf("%w: a piece of music without an id or a source", ErrClip)
	case m.At.Cmp(Time{}) < 0 || m.At.Cmp(maxTime) > 0:
		return fmt.Errorf("%w: music cannot begin at %s s", ErrClip, m.At)
	case m.In.Cmp(Time{}) < 0 || m.Out.Cmp(m.In) <= 0 || m.Out.Cmp(m.Available) > 0 || m.Available.Cmp(maxTime) > 0:
		return fmt.Errorf("%w: the part from %s s to %s s of a piece of music of %s s is not possible", ErrClip, m.In, m.Out, m.Available)
	}
	if err := checkFades(m.FadeIn, m.FadeOut); err != nil {
		return err
	}
	return checkGain(m.Gain)
}

// Music is what lies under the film, in the order of At; the slice is the
// caller's.
func (t Timeline) Music() []Music { return slices.Clone(t.music) }

// WithMusic lays a piece of music under the film, or changes the one that has
// its id.
func (t Timeline) WithMusic(m Music) (Timeline, error) {
	if err := m.Check(); err != nil {
		return t, err
	}
	all := slices.DeleteFunc(t.Music(), func(x Music) bool { return x.ID == m.ID })
	if len(all) >= maxMusic {
		return t, fmt.Errorf("%w: more than %d pieces of music", ErrClip, maxMusic)
	}
	t.music = append(all, m)
	sortStable(t.music, func(a, b Music) int { return a.At.Cmp(b.At) })
	return t, nil
}

// WithoutMusic takes a piece of music away.
func (t Timeline) WithoutMusic(id MusicID) (Timeline, error) {
	all := slices.DeleteFunc(t.Music(), func(x Music) bool { return x.ID == id })
	if len(all) == len(t.music) {
		return t, fmt.Errorf("%w: the film has no music %q", ErrRange, id)
	}
	t.music = all
	return t, nil
}

// NextMusicID returns an id that no music of the timeline has.
func (t Timeline) NextMusicID() MusicID {
	var highest int64
	for _, m := range t.music {
		if n, err := strconv.ParseInt(strings.TrimPrefix(string(m.ID), "m"), 10, 32); err == nil {
			highest = max(highest, n)
		}
	}
	return MusicID("m" + strconv.FormatInt(highest+1, 10))
}

func sortStable[T any](s []T, cmp func(a, b T) int) { slices.SortStableFunc(s, cmp) }
