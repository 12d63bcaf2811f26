package exchange

import (
	"path/filepath"

	"parley/editor"
)

// fileName is the name of the file that the clip shows, in one line; of a
// card its title, and of a recording the name of the call.
func (i item) fileName() string {
	switch i.Kind {
	case editor.TitleClip:
		return i.label()
	case editor.RecordingClip:
		if i.source.Recording != nil {
			return oneLine(i.source.Label())
		}
	}
	return oneLine(filepath.Base(i.Source))
}

// silent says whether nothing is heard of the clip.
func (i item) silent() bool {
	if i.Stands() || i.Sound.Mute {
		return true
	}
	if i.source.Recording != nil {
		return len(i.source.Recording.Of(editor.AudioStream)) == 0
	}
	if i.source.Media == nil {
		return false // not known
	}
	_, ok := i.source.Media.Audio()
	return !ok
}
