package exchange

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"strings"

	"github.com/titanous/json5"

	"parley/editor"
)

// llcFormat is LosslessCut's own project. It is written as version 1, which
// all of its releases read, and read as any: what they differ in is of no
// concern here.
var llcFormat = Format{Name: "llc", Title: "LosslessCut", Extension: ".llc", Write: writeLLC, Read: readLLC}

type llcProject struct {
	Version     int      `json:"version"`
	MediaName   string   `json:"mediaFileName"`
	CutSegments []llcCut `json:"cutSegments"`
}

type llcCut struct {
	Start    *float64 `json:"start,omitempty"` // seconds; none: the beginning
	End      *float64 `json:"end,omitempty"`   // seconds; none: the end, or a mere marker
	Name     string   `json:"name"`
	Selected *bool    `json:"selected,omitempty"` // only parts that are selected are exported
}

// writeLLC writes JSON, which is JSON5 as well.
func writeLLC(w io.Writer, f Film) ([]Loss, error) {
	source, clips, lost, err := f.parts()
	if err != nil {
		return nil, err
	}
	p := llcProject{Version: 1, MediaName: filepath.Base(source.Path)}
	for _, c := range clips {
		from, to := rounded(c.In), rounded(c.Out)
		p.CutSegments = append(p.CutSegments, llcCut{Start: &from, End: &to, Name: partName(c)})
	}
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return lost, out.Encode(p)
}

// rounded is a time in seconds, to the microsecond.
func rounded(t editor.Time) float64 { return math.Round(t.Float()*1e6) / 1e6 }

func readLLC(text string, _ Reading) ([]Cut, error) {
	if deep(text) {
		return nil, fmt.Errorf("%w: this is no project of LosslessCut", ErrList)
	}
	var p struct {
		MediaName   string   `json:"mediaFileName"`
		CutSegments []llcCut `json:"cutSegments"`
	}
	if err := json5.Unmarshal([]byte(text), &p); err != nil {
		var syntax *json5.SyntaxError
		if errors.As(err, &syntax) {
			return nil, wrong(lineAt(text, syntax.Offset), "%s", syntax.Error())
		}
		return nil, fmt.Errorf("%w: this is no project of LosslessCut: %w", ErrList, err)
	}
	if len(p.CutSegments) > maxCuts {
		return nil, fmt.Errorf("%w: there are more than %d parts", ErrList, maxCuts)
	}
	var cuts []Cut
	for i, s := range p.CutSegments {
		cut, err := s.cut(i)
		if err != nil {
			return nil, err
		}
		cut.Of = p.MediaName
		if s.Selected == nil || *s.Selected {
			cuts = append(cuts, cut)
		}
	}
	return cuts, nil
}

// cut is part i of the project. The parts' lines are not known, as the file
// has no fixed form; their number stands in for it.
func (s llcCut) cut(i int) (Cut, error) {
	cut := Cut{Name: oneLine(s.Name), ToEnd: s.End == nil, Line: i + 1}
	for _, t := range []struct {
		seconds *float64
		into    *editor.Time
	}{{s.Start, &cut.From}, {s.End, &cut.To}} {
		if t.seconds == nil {
			continue
		}
		if math.IsNaN(*t.seconds) || math.Abs(*t.seconds) > 1e7 {
			return cut, fmt.Errorf("%w: part %d: %g s is no time", ErrList, i+1, *t.seconds)
		}
		*t.into = editor.Seconds(*t.seconds)
	}
	if err := cut.check(); err != nil {
		return cut, fmt.Errorf("%w: part %d ends before it begins, or begins before the film does", ErrList, i+1)
	}
	return cut, nil
}

// deep says whether brackets are nested as no project nests them: the reader
// of JSON5 goes down into each.
func deep(text string) bool {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		}
		if depth > 1000 {
			return true
		}
	}
	return false
}

// lineAt is the line, from 1, in which a byte of a text stands.
func lineAt(text string, offset int64) int {
	return 1 + strings.Count(text[:max(0, min(int64(len(text)), offset))], "\n")
}
