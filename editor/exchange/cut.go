package exchange

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"parley/editor"
)

// ErrList is what a cut list that cannot be read is refused with; the error
// says in which line.
var ErrList = errors.New("this cut list cannot be used")

// Cut is a part of a source that a list wants to keep.
type Cut struct {
	From  editor.Time
	To    editor.Time // after From; nothing where ToEnd is set
	ToEnd bool        // the part goes on to the source's end
	Name  string      // one line, may be empty
	Of    string      // the name of the source, where the list gives one
	Line  int         // of the list, from 1
}

// Reading is what a list has to be read for.
type Reading struct {
	Source editor.Source // whose parts the list names
	Rate   editor.Ratio  // frames a second, for lists that count frames
}

// maxCuts bounds a cut list.
const maxCuts = 10000

// MaxList is the largest list that is read, in bytes.
const MaxList = 8 << 20

// Read reads a cut list as the parts of one source; path is its name, whose
// ending tells the format. Parts of other sources are left out where the list
// names the source that it is read for.
func Read(path string, data []byte, film Reading) ([]Cut, error) {
	format, ok := ByPath(path)
	if !ok || format.Read == nil {
		return nil, fmt.Errorf("%w: %s is no list that is known by its ending; use one of %s", ErrList, filepath.Base(path), readable())
	}
	if len(data) > MaxList {
		return nil, fmt.Errorf("%w: %d MB are too much for a list", ErrList, len(data)>>20)
	}
	text, err := editor.DecodeText(data)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrList, err)
	}
	cuts, err := format.Read(text, film)
	if err != nil {
		return nil, err
	}
	if len(cuts) == 0 {
		return nil, fmt.Errorf("%w: it names no part of a film", ErrList)
	}
	return only(cuts, film.Source), nil
}

// only are the cuts that name the source, or all where none does: files are
// renamed, and some lists name none.
func only(cuts []Cut, s editor.Source) []Cut {
	var of []Cut
	for _, c := range cuts {
		if c.Of != "" && (sameFile(c.Of, filepath.Base(s.Path)) || c.Of == oneLine(s.Label())) {
			of = append(of, c)
		}
	}
	if len(of) == 0 {
		return cuts
	}
	return of
}

// sameFile compares names as programs write them: some without the ending.
func sameFile(a, b string) bool {
	return strings.EqualFold(a, b) || strings.EqualFold(a, strings.TrimSuffix(b, filepath.Ext(b)))
}

func readable() string {
	var all []string
	for _, f := range Formats() {
		if f.Read != nil {
			all = append(all, f.Extension)
		}
	}
	return strings.Join(all, ", ")
}

// Clips makes the cuts clips of their source, in the list's order, all of one
// id: Timeline.InsertAll gives them their own.
func Clips(cuts []Cut, s editor.Source) ([]editor.Clip, error) {
	whole, err := editor.NewClip("part", s)
	if err != nil {
		return nil, err
	}
	if whole.Stands() {
		return nil, fmt.Errorf("%w: %s is a picture, which has no parts; choose a film", ErrList, s.Label())
	}
	clips := make([]editor.Clip, len(cuts))
	for i, cut := range cuts {
		if clips[i], err = cut.clip(whole); err != nil {
			return nil, err
		}
	}
	return clips, nil
}

// clip is the part of a source's whole that the cut names.
func (c Cut) clip(whole editor.Clip) (editor.Clip, error) {
	if c.From.Cmp(whole.Out) >= 0 {
		return whole, c.wrong("the part begins at %s s, but %s has only %s s; choose the film that the list was made for", c.From, whole.Label, whole.Out)
	}
	whole.In = c.From
	if !c.ToEnd {
		whole.Out = c.To.Min(whole.Out)
	}
	if c.Name != "" {
		whole.Label = c.Name
	}
	return whole, nil
}

// wrong is the error of a line.
func (c Cut) wrong(format string, args ...any) error { return wrong(c.Line, format, args...) }

func wrong(line int, format string, args ...any) error {
	return fmt.Errorf("%w: line %d: %s", ErrList, line, fmt.Sprintf(format, args...))
}

// check says what is wrong with a cut as it was read.
func (c Cut) check() error {
	switch {
	case c.From.Cmp(editor.Time{}) < 0:
		return c.wrong("the part begins before the film does, at %s s", c.From)
	case !c.ToEnd && c.To.Cmp(c.From) <= 0:
		return c.wrong("the part ends at %s s, not after its beginning at %s s", c.To, c.From)
	}
	return nil
}

// oneLine is a text without line ends, tabs and control characters, at most
// 200 letters.
func oneLine(text string) string {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029' || r == '\u0085' }), " ")
	if letters := []rune(strings.ToValidUTF8(text, "\uFFFD")); len(letters) > 200 {
		return string(letters[:199]) + "…"
	}
	return strings.ToValidUTF8(strings.TrimSpace(text), "\uFFFD")
}
