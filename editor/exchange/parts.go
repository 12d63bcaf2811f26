package exchange

import (
	"fmt"
	"path/filepath"

	"parley/editor"
)

// What cut lists cannot tell.
const (
	LostOthers      Loss = "the parts of other files"
	LostStills      Loss = "pictures and title cards"
	LostTransitions Loss = "transitions"
	LostTitles      Loss = "titles"
	LostMusic       Loss = "music"
	LostSpeed       Loss = "speed"
	LostSound       Loss = "volume and fades"
	LostFraming     Loss = "crop, turns and camera moves"
	LostLayouts     Loss = "layouts of calls"
	LostMarkers     Loss = "chapters"
	LostSubtitles   Loss = "subtitles"
	LostLoudness    Loss = "the loudness of the whole"
)

// parts are the parts of one source that the film shows, in its order, and
// what a plain list of them does not tell.
func (f Film) parts() (editor.Source, []editor.Clip, []Loss, error) {
	path := f.Source
	if path == "" {
		path = f.mostShown()
	}
	var clips []editor.Clip
	var lost losses
	for _, c := range f.Timeline.Clips() {
		lost.add(c.Stands(), LostStills)
		lost.add(!c.Stands() && c.Source != path, LostOthers)
		if !c.Stands() && c.Source == path {
			clips = append(clips, c)
			lost.effects(c)
		}
	}
	lost.add(len(f.Timeline.Music()) > 0, LostMusic)
	if len(clips) == 0 {
		return editor.Source{}, nil, nil, fmt.Errorf("%w: it shows no part of a film that could be listed", ErrFilm)
	}
	source := f.Library[path]
	if source.Path == "" {
		source.Path = path
	}
	return source, clips, lost, nil
}

// effects notes all that is done to a clip.
func (l *losses) effects(c editor.Clip) {
	l.add(!c.Transition.Cut(), LostTransitions)
	l.add(len(c.Titles) > 0, LostTitles)
	l.add(c.Speed.Known() && c.Speed.Num != c.Speed.Den, LostSpeed)
	l.add(changed(c.Sound), LostSound)
	l.add(framed(c.Framing), LostFraming)
	l.add(c.Kind == editor.RecordingClip, LostLayouts)
	l.add(len(c.Markers) > 0, LostMarkers)
	l.add(c.Captions != "", LostSubtitles)
}

// changed says whether something is done to a sound.
func changed(s editor.Sound) bool {
	return s.Mute || s.Gain != 0 || s.FadeIn != (editor.Time{}) || s.FadeOut != (editor.Time{}) || s.Denoise || len(s.Tracks) > 0
}

// framed says whether a picture is put into the frame in another way than as
// it is.
func framed(f editor.Framing) bool {
	whole := f.Crop == editor.Rect{} || f.Crop == editor.Whole
	return f.Fit != "" && f.Fit != editor.FitInside || f.Rotate != 0 || !whole || f.Pan.Moves() || f.Stabilise
}

// mostShown is the source with a clock that the film shows longest.
func (f Film) mostShown() string {
	shown := map[string]editor.Time{}
	var best string
	for _, c := range f.Timeline.Clips() {
		if c.Stands() {
			continue
		}
		shown[c.Source] = shown[c.Source].Add(c.Length())
		if best == "" || shown[c.Source].Cmp(shown[best]) > 0 {
			best = c.Source
		}
	}
	return best
}

// partName is the name of a part in a list: none where it is its file's.
func partName(c editor.Clip) string {
	if c.Label == filepath.Base(c.Source) {
		return ""
	}
	return oneLine(c.Label)
}
