package record

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"
)

// Bounds of the part of a folder's name that comes from a person's name.
const (
	maxNameRunes = 40
	nameless     = "call"
)

// safeName makes a person's name fit to be part of a file name: letters,
// digits, '-' and '_', at most 40 runes, never empty, never led by '-'. It is
// no path whatever a peer calls itself.
func safeName(name string) string {
	var b strings.Builder
	runes, gap := 0, false
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' {
			gap = true
			continue
		}
		if r == unicode.ReplacementChar || runes >= maxNameRunes {
			break
		}
		if gap && runes > 0 {
			b.WriteByte('-')
			runes++
		}
		gap = false
		b.WriteRune(r)
		runes++
	}
	if b.Len() == 0 {
		return nameless
	}
	return b.String()
}

// shown bounds a text from a person or a peer for the manifest: 200 runes of
// valid UTF-8.
func shown(text string) string {
	runes := []rune(strings.ToValidUTF8(text, ""))
	return string(runes[:min(len(runes), maxLabel)])
}

// makeFolder makes root where it is missing, and in it a new folder of mode
// 0700 named after the local time and the other person. Where the name is
// taken, a number follows.
func makeFolder(root string, started time.Time, them string) (string, error) {
	if err := os.MkdirAll(root, 0o700); err != nil {
		return "", folderError(root, err)
	}
	base := filepath.Join(root, started.Local().Format("2006-01-02_15-04-05")+"_"+safeName(them))
	dir := base
	for n := 2; n < 1000; n++ {
		err := os.Mkdir(dir, 0o700)
		if err == nil {
			return dir, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return "", folderError(root, err)
		}
		dir = fmt.Sprintf("%s-%d", base, n)
	}
	return "", folderError(root, fs.ErrExist)
}

func folderError(root string, err error) error {
	return fmt.Errorf("cannot make a recording in %s: %w; choose another folder for recordings", root, cause(err))
}

// cause takes the path out of an error of package os, since a sentence around
// it names the place already.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
