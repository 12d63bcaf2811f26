package store

import (
	"fmt"

	"parley/editor"
)

// maxCaptions is the largest subtitle file that is read, in bytes.
const maxCaptions = 32 << 20

// importCaptions reads a subtitle file. What comes back makes no clip of its
// own: a clip names it as its Captions.
func importCaptions(path string) (editor.Source, error) {
	data, err := ReadBounded(path, maxCaptions)
	if err != nil {
		return editor.Source{}, fmt.Errorf("these subtitles cannot be opened: %w", err)
	}
	c, err := editor.ParseCaptions(data)
	if err != nil {
		return editor.Source{}, fmt.Errorf("%s: %w", path, err)
	}
	return editor.Source{Path: path, Captions: c}, nil
}
