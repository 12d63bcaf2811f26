package headless

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"parley/editor/render"
)

// progressLine shows progress on one line of a terminal, or one line a phase
// where the output is kept in a file.
func (p *program) progressLine() func(render.Progress) {
	if !isTerminal(p.err) {
		var phase render.Phase
		return func(r render.Progress) {
			if r.Phase != phase {
				phase = r.Phase
				fmt.Fprintln(p.err, phase)
			}
		}
	}
	return func(r render.Progress) {
		end := ""
		if r.Phase == render.Done {
			end = "\n"
		}
		fmt.Fprintf(p.err, "\r\033[K%s%s", progressText(r), end)
	}
}

// progressText is " 42 % rendering, 3.1x, 12s left".
func progressText(r render.Progress) string {
	text := fmt.Sprintf("%3.0f %% %s", 100*r.Fraction, r.Phase)
	if r.Phase == render.Done {
		return text
	}
	if r.Speed > 0 {
		text += fmt.Sprintf(", %.1fx", r.Speed)
	}
	if r.Left >= 0 {
		text += fmt.Sprintf(", %s left", r.Left.Round(time.Second))
	}
	return text
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

func (p *program) jsonProgress(r render.Progress) {
	// A reader that went away is noticed when the result is written.
	_ = json.NewEncoder(p.out).Encode(struct {
		Type string `json:"type"`
		render.Progress
	}{"progress", r})
}
