package exchange

import (
	"fmt"
	"path/filepath"
	"strings"

	"parley/editor"
)

// reels are the names of sources in an EDL by their paths: up to eight letters
// and digits, each once.
type reels map[string]string

// blackReel is what has no source.
const blackReel = "BL"

func (r reels) of(i item) string {
	if i.Kind == editor.TitleClip {
		return blackReel
	}
	if name, ok := r[i.Source]; ok {
		return name
	}
	stem := reelName(i.Source)
	name := stem
	for n := 2; r.taken(name); n++ {
		number := fmt.Sprint(n)
		name = stem[:min(len(stem), 8-len(number))] + number
	}
	r[i.Source] = name
	return name
}

func (r reels) taken(name string) bool {
	if name == blackReel || name == "AX" {
		return true
	}
	for _, known := range r {
		if known == name {
			return true
		}
	}
	return false
}

// reelName is what of a file's name can name a reel.
func reelName(path string) string {
	stem := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	var b strings.Builder
	for _, c := range strings.ToUpper(stem) {
		if (c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') && b.Len() < 8 {
			b.WriteRune(c)
		}
	}
	if b.Len() == 0 {
		return "REEL"
	}
	return b.String()
}
