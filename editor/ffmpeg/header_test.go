package ffmpeg

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/editor"
)

// stillOf makes a picture of a format.
func stillOf(t testing.TB, tools *Tools, name, format string) string {
	return generate(t, tools, name, "-f lavfi -i testsrc2=s=70x50 -frames:v 1 -update 1 -pix_fmt "+format)
}

// insert puts bytes into a file at a place and writes it anew.
func insert(t testing.TB, path string, at int, data []byte) string {
	t.Helper()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return write(t, filepath.Base(path), string(bytes.Join([][]byte{whole[:at], data, whole[at:]}, nil)))
}

// exif is the segment of a JPEG that gives an orientation.
func exif(orientation uint16, order binary.AppendByteOrder, begin string) []byte {
	tiff := order.AppendUint32([]byte(begin), 8)
	tiff = order.AppendUint16(tiff, 2)
	tiff = order.AppendUint32(order.AppendUint16(order.AppendUint16(tiff, 0x0100), 3), 1)
	tiff = append(order.AppendUint16(tiff, 70), 0, 0)
	tiff = order.AppendUint32(order.AppendUint16(order.AppendUint16(tiff, 0x0112), 3), 1)
	tiff = append(order.AppendUint16(tiff, orientation), 0, 0, 0, 0, 0, 0)
	data := append([]byte("Exif\x00\x00"), tiff...)
	return append(binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(data)+2)), data...)
}

// What the header alone tells is what ffprobe tells, to the last field.
func TestHeadersTellWhatFfprobeTells(t *testing.T) {
	tools := found(t)
	var paths []string
	for _, format := range []string{"yuvj420p", "yuvj422p", "yuvj444p"} {
		paths = append(paths, stillOf(t, tools, "a.jpg", format))
	}
	for _, format := range []string{"rgb24", "rgba", "gray", "ya8", "pal8", "rgb48be", "rgba64be", "gray16be", "ya16be"} {
		paths = append(paths, stillOf(t, tools, "a.png", format))
	}
	for orientation := range uint16(10) {
		paths = append(paths, insert(t, paths[0], 2, exif(orientation, binary.BigEndian, "MM\x00*")),
			insert(t, paths[0], 2, exif(orientation, binary.LittleEndian, "II*\x00")))
	}
	read := 0
	for _, path := range paths {
		quick, ok := header(path)
		if !ok {
			t.Log("left to ffprobe:", path)
			continue
		}
		read++
		src, err := tools.source(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		slow, err := tools.examine(t.Context(), src)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(slow, quick); diff != "" {
			t.Errorf("%s: ffprobe and the header differ: %s", path, diff)
		}
	}
	// ffmpeg itself writes 4:2:2 and 4:4:4 with sampling factors that others do
	// not use; those two, and turns by a quarter, are left to ffprobe.
	if read < 1+9+8 {
		t.Errorf("only %d of %d headers were read", read, len(paths))
	}
}

// What is unusual, damaged or cut short is left to ffprobe.
func TestHeadersThatAreLeftAlone(t *testing.T) {
	tools := found(t)
	jpeg, png := stillOf(t, tools, "a.jpg", "yuvj420p"), stillOf(t, tools, "a.png", "rgb24")
	chunk := func(name string, data []byte) []byte {
		return append(append(append(binary.BigEndian.AppendUint32(nil, uint32(len(data))), name...), data...), 0, 0, 0, 0)
	}
	whole, err := os.ReadFile(jpeg)
	if err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{
		"mirrored":       insert(t, jpeg, 2, exif(4, binary.BigEndian, "MM\x00*")),
		"Adobe's":        insert(t, jpeg, 2, append([]byte{0xff, 0xee, 0, 14}, "Adobe\x00\x00\x00\x00\x00\x00\x00"...)),
		"broken EXIF":    insert(t, jpeg, 2, append([]byte{0xff, 0xe1, 0, 12}, "Exif\x00\x00MM\x00*"...)),
		"cut short":      write(t, "b.jpg", string(whole[:len(whole)-30])),
		"only a start":   write(t, "c.jpg", string(whole[:40])),
		"a profile":      insert(t, png, 33, chunk("iCCP", []byte("x"))),
		"an animation":   insert(t, png, 33, chunk("acTL", make([]byte, 8))),
		"square no more": insert(t, png, 33, chunk("pHYs", []byte{0, 0, 0, 1, 0, 0, 0, 2, 0})),
		"not a picture":  write(t, "d.jpg", "hello"),
		"not there":      filepath.Join(t.TempDir(), "none.jpg"),
	} {
		if m, ok := header(path); ok {
			t.Errorf("%s: %+v", name, m)
		}
	}
}

func FuzzPictureHeader(f *testing.F) {
	f.Add([]byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"))
	f.Add([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"))
	f.Add(append([]byte("\xff\xd8"), exif(6, binary.LittleEndian, "II*\x00")...))
	f.Fuzz(func(t *testing.T, data []byte) {
		v, _, ok := pictureHeader(data)
		if ok && (v.PixelFormat == "" || v.CodedWidth <= 0 || v.CodedHeight <= 0 || v.Kind != editor.StreamKind("")) {
			t.Errorf("%+v", v)
		}
	})
}

func BenchmarkHeader(b *testing.B) {
	tools := found(b)
	path := stillOf(b, tools, "a.jpg", "yuvj420p")
	for b.Loop() {
		if _, ok := header(path); !ok {
			b.Fatal("it is not read")
		}
	}
}
