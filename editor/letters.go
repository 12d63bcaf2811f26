package editor

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
)

// letters is what is to be read in a scene, on its own clock.
type letters struct {
	titles []ShownTitle
	cues   []Cue
}

// letters are the titles of the clip and, where they are burnt, its subtitles,
// as far as they are seen in the scene.
func (s *scene) letters() letters {
	var l letters
	begin, length := Frames(s.from, s.Output.Rate), Frames(s.frames, s.Output.Rate)
	for _, t := range s.clip.Titles {
		// A title that goes on over the clip's end does not fade out at it: the
		// clip was cut in two there.
		_, until := t.Shown(s.clip)
		if t.Length.Cmp(Time{}) > 0 {
			until = t.At.Add(t.Length)
		}
		from, to := s.clip.Since(t.At).Sub(begin), s.clip.Since(until).Sub(begin)
		if from.Cmp(length) < 0 && to.Cmp(Time{}) > 0 && from.Cmp(to) < 0 {
			l.titles = append(l.titles, ShownTitle{Title: t, From: from, To: to})
		}
	}
	if s.timeline.master.Subtitles != SubtitleBurnt {
		return l
	}
	for _, q := range s.clip.cues(s.lib) {
		from, to := s.clip.Since(q.From).Sub(begin).Max(Time{}), s.clip.Since(q.To).Sub(begin).Min(length)
		if from.Cmp(to) < 0 {
			l.cues = append(l.cues, Cue{from, to, q.Text})
		}
	}
	return l
}

// errLettering is what a film with texts is refused with where nothing can
// write them.
var errLettering = errors.New("this Parley has no title templates; put their files back")

// write plans the titles over a picture.
func (s *scene) write(g *graph, picture string) (string, error) {
	l := s.letters()
	if len(l.titles)+len(l.cues) == 0 {
		return picture, nil
	}
	if s.effects.Lettering == nil {
		return "", errLettering
	}
	script, err := s.effects.Lettering.Script(l.titles, l.cues, s.Output)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(script))
	name := "t" + hex.EncodeToString(sum[:8]) + ".ass"
	g.file(name, script)
	return g.chain(picture, ScriptFilter(name)), nil
}

// card plans what a title stands on that is all of the picture.
func (s *scene) card(g *graph) (string, error) {
	if len(s.clip.Titles) == 0 {
		return s.black(g, s.whole()), nil
	}
	if s.effects.Lettering == nil {
		return "", errLettering
	}
	ground, err := s.effects.Lettering.Ground(s.clip.Titles[0], s.Output)
	if err != nil {
		return "", err
	}
	return s.hold(g, g.chain("", ground)), nil
}
