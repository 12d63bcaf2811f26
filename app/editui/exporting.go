package editui

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"

	"parley/editor"
)

// Exporting tells that a film is being handed on.
func (p *Presenter) Exporting(file string) {
	p.Tell(sayOf("Writing {{.File}}…", "File", file), Info)
	p.exporting = append(p.exporting, exporting{file, p.noticeID})
}

// exporting is a file that is being written, and the notice that tells it.
type exporting struct {
	file   string
	notice int
}

// ExportProgress tells how much of it is done, 0 to 1.
func (p *Presenter) ExportProgress(file string, done float64) {
	i := slices.IndexFunc(p.exporting, func(e exporting) bool { return e.file == file })
	if i < 0 {
		return
	}
	p.notices = slices.Clone(p.notices)
	for k := range p.notices {
		if p.notices[k].ID == p.exporting[i].notice {
			p.notices[k].Text = Text{"Writing {{.File}}: {{.Percent}} %", map[string]any{"File": file, "Percent": int(math.Floor(100 * done))}}
		}
	}
}

// Exported tells what came of it; lost is what the file does not tell, as
// words to be shown.
func (p *Presenter) Exported(file, lost string, err error) {
	if i := slices.IndexFunc(p.exporting, func(e exporting) bool { return e.file == file }); i >= 0 {
		p.Dismiss(p.exporting[i].notice)
		p.exporting = slices.Delete(slices.Clone(p.exporting), i, i+1)
	}
	switch {
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
	whole := line.Clip(i)
	for k := range clips {
		clips[k].Captions, clips[k].Framing, clips[k].Sound, clips[k].Arrangement = whole.Captions, whole.Framing, whole.Sound, whole.Arrangement
	}
	next, err := line.Remove(id)
	if err == nil {
		next, _, err = next.InsertAll(i, clips)
	}
	if p.do(fmt.Sprintf("Cut by %s", filepath.Base(path)), next, err) {
		p.selectAt(i)
	}
}
