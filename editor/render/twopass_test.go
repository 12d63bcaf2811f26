package render

import (
	"testing"

	"parley/editor"
)

// TestTargetSize makes a film no larger than asked for, and not much smaller.
func TestTargetSize(t *testing.T) {
	const most = 400_000
	path, report := preset(t, numbered(t), "web-720p", func(o *editor.Output) { o.MaxSize = most })
	if report.Size > most {
		t.Errorf("%d bytes instead of %d", report.Size, int64(most))
	}
	if got := numbers(t, path); len(got) != 75 || got[74] != 534 {
		t.Errorf("frames %v", got)
	}
}
