package typeface

import (
	"encoding/binary"
	"errors"
	"os"

	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
)

// face is what libass does with a font. Lengths are in em.
type face struct {
	family         string
	weight         int
	italic         bool
	height, ascent float64
}

// plainFace is taken where a font's file tells nothing.
var plainFace = face{weight: 400, height: 1.2, ascent: 0.95}

// face looks into the file of a font, once.
func (f *Fonts) face(of *font.Face) face {
	if known, ok := f.faces[of.Font]; ok {
		return known
	}
	location := f.fonts.FontLocation(of.Font)
	read, err := readFace(location.File, int(location.Index))
	if err != nil {
		read = plainFace
	}
	f.faces[of.Font] = read
	return read
}

func readFace(path string, index int) (face, error) {
	file, err := os.Open(path)
	if err != nil {
		return face{}, err
	}
	loaders, err := ot.NewLoaders(file)
	if err == nil && index >= len(loaders) {
		err = errors.New("the file has fewer fonts")
	}
	var read face
	if err == nil {
		read, err = describe(loaders[index])
	}
	return read, errors.Join(err, file.Close())
}

func describe(l *ot.Loader) (face, error) {
	d, _ := font.Describe(l, nil)
	f := face{family: d.Family, weight: int(d.Aspect.Weight), italic: d.Aspect.Style == font.StyleItalic}
	perEm, err := number(l, "head", 18)
	if err != nil || perEm == 0 {
		return f, errors.Join(err, errors.New("the font has no size"))
	}
	// libass does as Windows does: a font's size is the height for which
	// Windows cuts off, where the font tells it.
	up, errUp := number(l, "OS/2", 74)
	down, errDown := number(l, "OS/2", 76)
	if errUp != nil || errDown != nil || up+down == 0 {
		up, errUp = number(l, "hhea", 4)
		down, errDown = number(l, "hhea", 6)
		down = -down
	}
	f.height, f.ascent = (up+down)/perEm, up/perEm
	if f.height <= 0 {
		errDown = errors.New("the font has no height")
	}
	return f, errors.Join(errUp, errDown)
}

// number reads a signed number of a font's table.
func number(l *ot.Loader, table string, at int) (float64, error) {
	data, err := l.RawTable(ot.MustNewTag(table))
	if err != nil {
		return 0, err
	}
	if len(data) < at+2 {
		return 0, errors.New("the table " + table + " is short")
	}
	return float64(int16(binary.BigEndian.Uint16(data[at:]))), nil
}
