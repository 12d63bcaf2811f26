package ffmpeg

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"strings"
)

// ErrFilter is the cause where this ffmpeg lacks a filter.
var ErrFilter = errors.New("filter is not available")

// HasFilters says in one sentence where this ffmpeg lacks one of some filters;
// what names what they are for: "steady pictures".
func (t *Tools) HasFilters(ctx context.Context, what string, names ...string) error {
	list, err := t.Output(ctx, Command{Op: "list filters", Args: []string{"-filters"}}, maxAnswer)
	if err != nil {
		return err
	}
	there := filterNames(list)
	for _, name := range names {
		if !there[name] {
			return &Error{
				Op: "list filters", Sentence: "this ffmpeg cannot " + what + ", as it lacks the filter " + name,
				Hint: "install a full build with: sudo apt-get install ffmpeg", ExitCode: -1, Cause: ErrFilter,
			}
		}
	}
	return nil
}

// filterNames are the names in what ffmpeg answers to -filters: lines of flags, a
// name, and what goes in and out.
func filterNames(list []byte) map[string]bool {
	there := map[string]bool{}
	lines := bufio.NewScanner(bytes.NewReader(list))
	for lines.Scan() {
		if f := strings.Fields(lines.Text()); len(f) >= 3 && strings.Contains(f[2], "->") {
			there[f[1]] = true
		}
	}
	return there
}
