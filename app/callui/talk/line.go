// Package talk shows what is written and what files pass in a call. It is
// widgets alone, used on Fyne's goroutine.
package talk

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2/lang"
)

// Line is one thing that was written, or one file.
type Line struct {
	Mine  bool
	At    time.Time
	Text  string
	Seen  bool // of mine: it arrived
	File  File // of a file: its ID is not ""
	Notes bool // the program's word, of neither side
}

// File is one that is offered, on its way, or there.
type File struct {
	ID    string
	Name  string
	Size  int64
	Done  int64 // bytes that passed
	State FileState
	Path  string // where it is kept
	Why   string // it failed
}

// FileState is how far a file is.
type FileState int

// The states of a file.
const (
	Offered FileState = iota
	Moving
	Paused // until the next call with the same machine
	Kept
	Refused
	Cancelled
	Failed
)

// over tells that nothing more happens to it.
func (s FileState) over() bool { return s >= Kept }

// share of it that passed, from 0 to 1.
func (f File) share() float64 {
	if f.Size <= 0 {
		return 1
	}
	return min(float64(f.Done)/float64(f.Size), 1)
}

// words say how far a file is.
func (f File) words(mine bool) string {
	size := sizeOf(f.Size)
	switch f.State {
	case Moving:
		return fmt.Sprintf("%s / %s", sizeOf(f.Done), size)
	case Paused:
		return size + ", " + lang.L("goes on in the next call")
	case Kept:
		if mine {
			return size + ", " + lang.L("arrived")
		}
		return size + ", " + lang.L("kept")
	case Refused:
		return lang.L("not wanted")
	case Cancelled:
		return lang.L("cancelled")
	case Failed:
		return lang.L("failed: {{.Why}}", map[string]any{"Why": f.Why})
	}
	if mine {
		return size + ", " + lang.L("offered")
	}
	return size
}

// sizeOf writes a number of bytes as people do.
func sizeOf(n int64) string {
	value, unit := float64(n)/1000, "kB"
	for _, next := range []string{"MB", "GB", "TB"} {
		if value < 1000 {
			break
		}
		value, unit = value/1000, next
	}
	if value < 10 && unit != "kB" {
		return fmt.Sprintf("%.1f %s", value, unit)
	}
	return fmt.Sprintf("%.0f %s", max(value, min(float64(n), 1)), unit)
}
