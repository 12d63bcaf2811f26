package editor

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
)

// clipsFormat marks a text that holds clips, as the clipboard carries them
// from one project to another.
const clipsFormat = "parley-clips"

// maxClipsText is the largest such text that is read, in bytes.
const maxClipsText = 16 << 20

// ErrClips is what a text that holds no clips is answered with.
var ErrClips = errors.New("the clipboard holds no clips")

type clipsText struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	Clips   []Clip `json:"clips"`
}

// EncodeClips writes clips as a text. Their paths are absolute; what is known
// of the sources is not in it.
func EncodeClips(clips []Clip) (string, error) {
	clips = slices.Clone(clips)
	for i := range clips {
		relativePaths{}.clip(&clips[i], keepBytes)
	}
	data, err := json.Marshal(clipsText{clipsFormat, ProjectVersion, clips})
	return string(data), err
}

// DecodeClips reads what EncodeClips writes; ErrClips where a text is anything
// else, ErrNewer where a newer version wrote it.
func DecodeClips(text string) ([]Clip, error) {
	var file clipsText
	if len(text) > maxClipsText {
		return nil, ErrClips
	}
	if err := json.Unmarshal([]byte(text), &file); err != nil || file.Format != clipsFormat {
		return nil, ErrClips
	}
	if file.Version > ProjectVersion {
		return nil, ErrNewer
	}
	for i := range file.Clips {
		c := &file.Clips[i]
		relativePaths{}.clip(c, relativePaths{}.absolute)
		for _, path := range []string{c.Source, c.Captions} {
			if path != "" && !filepath.IsAbs(path) {
				return nil, ErrClips
			}
		}
		if err := c.Check(); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrClips, err)
		}
	}
	return file.Clips, nil
}
