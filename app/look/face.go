package look

import (
	"hash/fnv"
	"image/color"
	"strings"
)

// faces are the colours behind an initial; white is readable on each.
var faces = []color.NRGBA{
	{0x3d, 0x7b, 0xff, 0xff}, {0x8a, 0x5c, 0xf0, 0xff}, {0xc2, 0x4d, 0x9b, 0xff}, {0x1f, 0x8a, 0x70, 0xff},
	{0xb8, 0x5c, 0x38, 0xff}, {0x2f, 0x7f, 0xa8, 0xff}, {0x6b, 0x7a, 0x2c, 0xff}, {0xa8, 0x3f, 0x4f, 0xff},
}

// FaceOf is the colour that stands for a person, the same each time.
func FaceOf(name string) color.Color {
	h := fnv.New32a()
	_, _ = h.Write([]byte(strings.ToLower(strings.TrimSpace(name)))) // never fails
	return faces[h.Sum32()%uint32(len(faces))]
}

// InitialOf is the first letter of a name.
func InitialOf(name string) string {
	for _, r := range strings.ToUpper(strings.TrimSpace(name)) {
		return string(r)
	}
	return "?"
}
