package store

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"

	"parley/editor"
)

// maxLine is the longest line of a history that is read, in bytes.
const maxLine = 16 << 20

// read finds what can be undone in a project file with these contents; what
// the file says after that is passed over, and written over.
func (l *log) read(project []byte) editor.Past {
	l.written, l.end = nil, 0
	f, err := os.Open(l.path)
	if err != nil {
		return editor.Past{}
	}
	defer func() { _ = f.Close() }() // only read
	r := &logReader{dir: l.dir, film: hashOf(project)}
	r.all(bufio.NewReaderSize(io.LimitReader(f, 2*maxHistory), 1<<16))
	l.written, l.end = r.found.Steps, r.end
	return r.found
}

// logReader goes through a history from its beginning.
type logReader struct {
	dir, film string
	steps     []*editor.Change
	at        int64 // how far it was read

	found editor.Past // at the last line that belongs to the project
	end   int64       // of that line
}

func (r *logReader) all(lines *bufio.Reader) {
	for first := true; ; first = false {
		line, err := readLine(lines)
		if err != nil {
			return // the end, or a torn line
		}
		r.at += int64(len(line))
		if !r.take(line, first) {
			return
		}
	}
}

var errLine = errors.New("too long a line")

func readLine(lines *bufio.Reader) ([]byte, error) {
	var all []byte
	for {
		part, err := lines.ReadSlice('\n')
		all = append(all, part...)
		switch {
		case len(all) > maxLine:
			return nil, errLine
		case err == nil:
			return all, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		}
	}
}

// take reads one line, and tells whether the rest can be.
func (r *logReader) take(line []byte, first bool) bool {
	if bytes.HasPrefix(line, []byte(`{"n":`)) {
		step, n, err := editor.KeptChange(line, r.dir)
		if err != nil || first || n != len(r.steps)+1 {
			return false
		}
		r.steps = append(r.steps, step)
		return true
	}
	var n note
	if err := json.Unmarshal(line, &n); err != nil {
		return false
	}
	switch {
	case first:
		return n.Format == logFormat && n.Version == 1
	case n.Keep != nil:
		return r.forget(*n.Keep)
	case n.Done != nil && *n.Done >= 0 && *n.Done <= len(r.steps):
		if n.Film == r.film {
			r.found, r.end = editor.Past{Steps: r.steps[:len(r.steps):len(r.steps)], Done: *n.Done}, r.at
		}
		return true
	}
	return false
}

func (r *logReader) forget(keep int) bool {
	if keep < 0 || keep > len(r.steps) {
		return false
	}
	r.steps = r.steps[:keep:keep] // what was found keeps the others
	return true
}
