package editui

import (
	"path/filepath"
	"slices"
	"strings"

	"parley/editor"
)

// caption gives subtitles to the clip that they belong to, the one that they
// were dropped on where there is such, and tells whether there is one.
func (p *Presenter) caption(s editor.Source, on editor.ClipID) bool {
	c, ok := p.captioned(s.Path)
	if i, dropped := p.line().Index(on); dropped {
		c, ok = p.line().Clip(i), true
	}
	if !ok {
		return false
	}
	p.know(s)
	c.Captions = s.Path
	next, err := p.line().Replace(c.ID, c)
	if p.do("Add subtitles", next, err) {
		p.Tell(Text{"{{.File}} now belongs to {{.Clip}}.", map[string]any{"File": filepath.Base(s.Path), "Clip": c.Label}}, Info)
	}
	return true
}

// captioned is the clip that a subtitle file belongs to: one that is named as
// it is ("talk.mp4" for "talk.srt" and "talk.en.srt"), else the selected one,
// else the last.
func (p *Presenter) captioned(path string) (editor.Clip, bool) {
	clips := p.line().Clips()
	slices.Reverse(clips)
	name := strings.ToLower(filepath.Base(path))
	for _, c := range clips {
		stem := strings.ToLower(filepath.Base(c.Source))
		stem = strings.TrimSuffix(stem, filepath.Ext(stem))
		if c.Source != "" && strings.HasPrefix(name, stem+".") {
			return c, true
		}
	}
	if c, _, ok := p.chosen(); ok {
		return c, true
	}
	if len(clips) > 0 {
		return clips[0], true
	}
	return editor.Clip{}, false
}

// captionsLast puts subtitle files behind all others.
func captionsLast(paths []string) []string {
	paths = slices.Clone(paths)
	slices.SortStableFunc(paths, func(a, b string) int { return rank(a) - rank(b) })
	return paths
}

func rank(path string) int {
	if editor.IsCaptions(path) {
		return 1
	}
	return 0
}
