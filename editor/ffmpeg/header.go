package ffmpeg

import (
	"bytes"
	"encoding/binary"
	"io"
	"os"

	"parley/editor"
)

// maxHeader is how far into a picture its header may reach: JPEGs carry
// thumbnails and profiles before it.
const maxHeader = 1 << 20

// header reads what Probe would find out of a JPEG or PNG without starting a
// process, so that a folder of hundreds comes in within seconds. It answers
// only for the usual: whatever is unlike what cameras and screens write is
// left to ffprobe.
func header(path string) (*editor.Media, bool) {
	f, err := os.Open(path)
	if err != nil {
		return nil, false
	}
	defer f.Close() // only read
	head := make([]byte, maxHeader)
	n, err := io.ReadFull(f, head)
	if err != nil && err != io.ErrUnexpectedEOF {
		return nil, false
	}
	v, end, ok := pictureHeader(head[:n])
	if !ok || !endsWith(f, end) {
		return nil, false
	}
	v.Kind, v.Frames, v.SAR = editor.VideoStream, 1, editor.Ratio{Num: 1, Den: 1}
	v.TimeBase, v.FullRange = editor.Rational(1, 25), true
	v.Alpha = hasAlpha(v.PixelFormat)
	display(&v)
	return &editor.Media{Format: "image2", Still: true, Streams: []editor.Stream{v}}, true
}

// pictureHeader also tells what a whole picture ends with.
func pictureHeader(head []byte) (v editor.Stream, end string, ok bool) {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		v, ok = jpegHeader(head)
		return v, "\xff\xd9", ok
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		v, ok = pngHeader(head[8:])
		return v, "IEND\xaeB`\x82", ok
	}
	return v, "", false
}

func endsWith(f *os.File, end string) bool {
	info, err := f.Stat()
	if err != nil {
		return false
	}
	tail := make([]byte, len(end))
	_, err = f.ReadAt(tail, info.Size()-int64(len(end)))
	return err == nil && string(tail) == end
}

// pngHeader reads the chunks before the picture: https://www.w3.org/TR/png-3/
func pngHeader(b []byte) (v editor.Stream, ok bool) {
	v.Codec = "png"
	for len(b) >= 8 {
		size, name := int(binary.BigEndian.Uint32(b)), string(b[4:8])
		if name == "IDAT" {
			return v, v.PixelFormat != "" && plausible(&v)
		}
		if size > len(b)-12 {
			return v, false
		}
		data := b[8 : 8+size]
		switch name {
		case "IHDR":
			if size != 13 {
				return v, false
			}
			v.CodedWidth, v.CodedHeight = int(binary.BigEndian.Uint32(data)), int(binary.BigEndian.Uint32(data[4:]))
			v.PixelFormat = pngFormats[[2]byte{data[8], data[9]}]
		case "pHYs":
			if size != 9 || !bytes.Equal(data[:4], data[4:8]) || bytes.Equal(data[:4], make([]byte, 4)) {
				return v, false
			}
		case "PLTE", "tEXt", "zTXt", "iTXt", "tIME", "bKGD":
		default: // colours, transparency, a rotation, an animation
			return v, false
		}
		b = b[12+size:]
	}
	return v, false
}

// pngFormats are ffmpeg's names by bit depth and colour type.
var pngFormats = map[[2]byte]string{
	{8, 0}: "gray", {8, 2}: "rgb24", {8, 3}: "pal8", {8, 4}: "ya8", {8, 6}: "rgba",
	{16, 0}: "gray16be", {16, 2}: "rgb48be", {16, 4}: "ya16be", {16, 6}: "rgba64be",
}

func plausible(v *editor.Stream) bool {
	return v.CodedWidth > 0 && v.CodedHeight > 0 && v.CodedWidth <= maxPicture && v.CodedHeight <= maxPicture
}

// jpegHeader reads the segments up to the picture: ITU T.81, annex B.
func jpegHeader(b []byte) (v editor.Stream, ok bool) {
	v.Codec, v.ColorSpace = "mjpeg", "bt470bg"
	for b = b[2:]; len(b) >= 4 && b[0] == 0xff; {
		marker, size := b[1], int(binary.BigEndian.Uint16(b[2:]))
		switch {
		case marker == 0xff: // padding
			b = b[1:]
			continue
		case size < 2 || size > len(b)-2:
			return v, false
		}
		data := b[4 : 2+size]
		switch marker {
		case 0xda: // the picture
			return v, v.PixelFormat != "" && plausible(&v)
		case 0xc0, 0xc2:
			if !jpegFrame(&v, marker, data) {
				return v, false
			}
		case 0xe0:
			if bytes.HasPrefix(data, []byte("JFIF\x00")) && (len(data) < 12 || !bytes.Equal(data[8:10], data[10:12])) {
				return v, false
			}
		case 0xe1:
			if bytes.HasPrefix(data, []byte("Exif\x00\x00")) {
				if v.Rotation, ok = exifRotation(data[6:]); !ok {
					return v, false
				}
			}
		case 0xee: // Adobe's: the colours may be others
			return v, false
		case 0xc1, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf:
			return v, false
		}
		b = b[2+size:]
	}
	return v, false
}

// jpegFrame reads the size and the sampling of the colours.
func jpegFrame(v *editor.Stream, marker byte, data []byte) bool {
	if len(data) != 6+3*3 || data[0] != 8 || data[5] != 3 {
		return false
	}
	v.Profile = "Baseline"
	if marker == 0xc2 {
		v.Profile = "Progressive"
	}
	v.CodedHeight, v.CodedWidth = int(binary.BigEndian.Uint16(data[1:])), int(binary.BigEndian.Uint16(data[3:]))
	if data[6] == 'R' || data[10] != 0x11 || data[13] != 0x11 {
		return false
	}
	switch data[7] {
	case 0x22:
		v.PixelFormat = "yuvj420p"
	case 0x21:
		v.PixelFormat = "yuvj422p"
	case 0x11:
		v.PixelFormat = "yuvj444p"
	}
	return v.PixelFormat != ""
}

// exifRotation reads the orientation out of a TIFF header; ok is false for
// what is mirrored or makes no sense.
func exifRotation(b []byte) (degrees int, ok bool) {
	var order binary.ByteOrder = binary.BigEndian
	switch {
	case bytes.HasPrefix(b, []byte("II*\x00")):
		order = binary.LittleEndian
	case !bytes.HasPrefix(b, []byte("MM\x00*")):
		return 0, false
	}
	if len(b) < 8 {
		return 0, false
	}
	at := int64(order.Uint32(b[4:]))
	if at+2 > int64(len(b)) {
		return 0, false
	}
	n := int64(order.Uint16(b[at:]))
	if at+2+12*n > int64(len(b)) {
		return 0, false
	}
	for entry := b[at+2:]; n > 0; n, entry = n-1, entry[12:] {
		if order.Uint16(entry) != 0x0112 {
			continue
		}
		degrees, ok = map[uint16]int{1: 0, 3: 180, 6: 90, 8: 270}[order.Uint16(entry[8:])]
		return degrees, ok && order.Uint16(entry[2:]) == 3
	}
	return 0, true
}
