package filestore

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName bounds a file's name in bytes, with room for a number and the part's
// ending within the 255 of file systems.
const maxName = 180

// nameless is what a file without a usable name is called.
const nameless = "file"

// SafeName makes the name that the other side gives a file one that is a name
// on every system and nothing else: no folder, no device, not hidden, nothing
// that turns the text around or that a shell or Windows reads as more.
func SafeName(name string) string {
	name = strings.ToValidUTF8(name, "")
	name = strings.ReplaceAll(name, `\`, "/")
	name = path.Base(path.Clean("/" + name))
	name = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`/:*?"<>|`, r):
			return '_'
		case !unicode.IsPrint(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, name)
	name = strings.TrimLeft(name, ". -~")
	name = strings.TrimRight(shorten(name), ". ")
	if stem, _, _ := strings.Cut(name, "."); name == "" || strings.Trim(name, "_ ") == "" {
		return nameless
	} else if reserved[strings.ToUpper(strings.TrimSpace(stem))] {
		return "_" + name
	}
	return name
}

// shorten cuts the middle, so that the ending stays.
func shorten(name string) string {
	if len(name) <= maxName {
		return name
	}
	ext := path.Ext(name)
	if len(ext) > 20 {
		ext = ""
	}
	stem := name[:maxName-len(ext)]
	for !utf8.ValidString(stem) {
		stem = stem[:len(stem)-1]
	}
	return stem + ext
}

// reserved are names that are devices on Windows, whatever their ending.
var reserved = map[string]bool{"CON": true, "PRN": true, "AUX": true, "NUL": true, "CONIN$": true, "CONOUT$": true}

func init() {
	for _, port := range []string{"COM", "LPT"} {
		for _, n := range "0123456789¹²³" {
			reserved[port+string(n)] = true
		}
	}
}
