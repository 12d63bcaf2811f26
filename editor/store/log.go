package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"sort"

	"parley/editor"
)

// HistoryExtension is what the history of a project has behind the project's
// name.
const HistoryExtension = ".history"

// log is the file with a project's history, JSON lines that are only ever
// added to:
//
//	{"format":"parley-history","version":1}
//	{"n":1,"label":"Split clip","clips":{…}}   the first edit
//	{"n":2,"label":"Move clip","clips":{…}}
//	{"done":2,"film":"9f86d0…"}                so many are done in the project file with this hash
//	{"keep":1}                                 what comes behind the first edit was forgotten
//
// A crash may tear the last line, or leave the project as it was before what
// was added last; both are found by the hash of the project file.
type log struct {
	path    string
	dir     string // the project's folder
	written []*editor.Change
	end     int64 // of what is good in the file; 0: it is to be begun
}

// maxHistory is how large a history may become, in bytes, before its older
// half is forgotten.
const maxHistory = 64 << 20

const logFormat = "parley-history"

// note is a line that is no edit.
type note struct {
	Format  string `json:"format,omitempty"`
	Version int    `json:"version,omitempty"`
	Done    *int   `json:"done,omitempty"`
	Film    string `json:"film,omitempty"`
	Keep    *int   `json:"keep,omitempty"`
}

func hashOf(project []byte) string {
	sum := sha256.Sum256(project)
	return hex.EncodeToString(sum[:])
}

// add writes what the file does not have of a history yet, and that it belongs
// to a project file.
func (l *log) add(past editor.Past, project []byte) error {
	if l.end > maxHistory {
		half := len(past.Steps) - len(past.Steps)/2
		drop := min(half, past.Done)
		past = editor.Past{Steps: past.Steps[drop:], Done: past.Done - drop}
		l.end, l.written = 0, nil
	}
	var lines bytes.Buffer
	if l.end == 0 {
		if err := l.setAside(); err != nil {
			return err
		}
		line(&lines, note{Format: logFormat, Version: 1})
	}
	same := l.same(past.Steps)
	if same < len(l.written) {
		line(&lines, note{Keep: &same})
	}
	for i, step := range past.Steps[same:] {
		data, err := step.Encode(same+i+1, l.dir)
		if err != nil {
			return err
		}
		lines.Write(data)
		lines.WriteByte('\n')
	}
	line(&lines, note{Done: &past.Done, Film: hashOf(project)})
	if err := l.write(lines.Bytes()); err != nil {
		l.end, l.written = 0, nil // begun anew when it works again
		return err
	}
	l.written = past.Steps
	return nil
}

// same is how many steps at the beginning the file has already. Histories
// that part never meet again, so it can be searched for by halves.
func (l *log) same(steps []*editor.Change) int {
	return sort.Search(min(len(steps), len(l.written)), func(i int) bool { return steps[i] != l.written[i] })
}

// line writes a note, which always can be written.
func line(b *bytes.Buffer, n note) {
	data, err := json.Marshal(n)
	if err != nil {
		panic(err)
	}
	b.Write(data)
	b.WriteByte('\n')
}

func (l *log) write(lines []byte) (err error) {
	f, err := os.OpenFile(l.path, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.Truncate(l.end); err != nil {
		return err
	}
	if _, err := f.WriteAt(lines, l.end); err != nil {
		return err
	}
	l.end += int64(len(lines))
	return f.Sync()
}

// setAside keeps a file that is not this project's history, once.
func (l *log) setAside() error {
	err := os.Rename(l.path, l.path+".old")
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}
