package exchange

import (
	"io"
	"path/filepath"
	"slices"
	"strings"
)

// Format is a way to hand a film to another program, or to take a cut list
// from one. It has Write or Read or both.
type Format struct {
	Name      string // a short word: "edl"
	Title     string // for people; the names of programs and formats are the same in every language
	Extension string // with the point, in small letters

	// Write writes the film and says what of it the format cannot tell.
	Write func(io.Writer, Film) ([]Loss, error)
	// Read reads a cut list: at most maxCuts parts, each with its line.
	Read func(text string, film Reading) ([]Cut, error)
}

// Formats are all formats, in the order in which they are offered.
func Formats() []Format {
	return []Format{
		otioFormat, mltFormat, edlFormat, llcFormat, csvFormat, tsvFormat, srtFormat, vttFormat,
	}
}

// ByName finds a format.
func ByName(name string) (Format, bool) {
	return find(func(f Format) bool { return f.Name == name })
}

// ByPath finds a format by the ending of a file's name.
func ByPath(path string) (Format, bool) {
	ext := strings.ToLower(filepath.Ext(path))
	return find(func(f Format) bool { return f.Extension == ext })
}

func find(is func(Format) bool) (Format, bool) {
	all := Formats()
	i := slices.IndexFunc(all, is)
	if i < 0 {
		return Format{}, false
	}
	return all[i], true
}
