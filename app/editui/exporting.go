package editui

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"

	"parley/editor"
)

// exporting is a file that is being written, by the notice that tells it.
type exporting struct {
	notice int
	file   string
}

// Exporting tells that a film is being handed on. The number is what it is
// known by.
func (p *Presenter) Exporting(file string) int {
	p.noticeID++
	p.notices = append(slices.Clone(p.notices), Notice{ID: p.noticeID, Text: sayOf("Writing {{.File}}…", "File", file), Goes: true})
	p.exporting = append(slices.Clone(p.exporting), exporting{p.noticeID, file})
	return p.noticeID
}

// exported is the place of what is being written, -1 where it no longer is.
func (p *Presenter) exported(id int) int {
	return slices.IndexFunc(p.exporting, func(e exporting) bool { return e.notice == id })
}

// ExportProgress tells how much of it is done, 0 to 1.
func (p *Presenter) ExportProgress(id int, done float64) {
	i := p.exported(id)
	if i < 0 {
		return
	}
	p.notices = slices.Clone(p.notices)
	for k := range p.notices {
		if p.notices[k].ID == id {
			p.notices[k].Text = Text{"Writing {{.File}}: {{.Percent}} %", map[string]any{"File": p.exporting[i].file, "Percent": int(math.Floor(100 * done))}}
		}
	}
}

// Exported tells what came of it; lost is what the file does not tell, as
// words to be shown.
func (p *Presenter) Exported(id int, lost string, err error) {
	i := p.exported(id)
	if i < 0 {
		return
	}
	file := p.exporting[i].file
	p.Dismiss(id)
	p.exporting = slices.Delete(slices.Clone(p.exporting), i, i+1)
	switch {
	case errors.Is(err, context.Canceled):
		p.Tell(sayOf("{{.File}} was given up.", "File", file), Info)
	case err != nil:
		p.Tell(sayError(err), Failure)
	case lost != "":
		p.Tell(Text{"{{.File}} is written. It does not tell of: {{.Lost}}.", map[string]any{"File": file, "Lost": lost}}, Info)
	default:
		p.Tell(sayOf("{{.File}} is written.", "File", file), Info)
	}
}

// cuttable is the chosen clip with its source, if a cut list can be for it.
func (p *Presenter) cuttable() (editor.Clip, editor.Source, bool) {
	c, _, ok := p.chosen()
	if !ok || c.Stands() {
		return c, editor.Source{}, false
	}
	s, ok := p.library[c.Source]
	return c, s, ok
}

// CutBy puts the parts that a cut list names in the place of a clip.
func (p *Presenter) CutBy(id editor.ClipID, path string, clips []editor.Clip, err error) {
	if err != nil {
		p.Tell(sayErrorOf(err, path), Failure)
		return
	}
	line := p.line()
	i, ok := line.Index(id)
	if !ok {
		return // it was removed meanwhile
	}
	clips = partsOf(line.Clip(i), clips)
	next, err := line.Remove(id)
	if err == nil {
		next, _, err = next.InsertAll(i, clips)
	}
	if p.do(fmt.Sprintf("Cut by %s", filepath.Base(path)), next, err) {
		p.selectAt(i)
	}
}

// partsOf are parts of a clip, to which is done what was done to it: what is at
// its ends stays there.
func partsOf(whole editor.Clip, parts []editor.Clip) []editor.Clip {
	all := make([]editor.Clip, len(parts))
	for k, part := range parts {
		c := whole
		c.In, c.Out, c.Label = part.In, part.Out, part.Label
		if k > 0 {
			c.Transition, c.Sound.FadeIn = editor.Transition{}, editor.Time{}
		}
		if k < len(parts)-1 {
			c.Sound.FadeOut = editor.Time{}
		}
		all[k] = c
	}
	return all
}
