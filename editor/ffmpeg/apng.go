package ffmpeg

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"io"
)

// apng writes an animated PNG of whole pictures (APNG specification 1.0: the
// chunks acTL, fcTL and fdAT beside those of a PNG). A failed write is kept
// and returned by the next call.
type apng struct {
	w        io.Writer
	size     image.Point
	frames   int
	written  int
	sequence uint32
	err      error
}

func newAPNG(w io.Writer, size image.Point, frames int) *apng {
	return &apng{w: w, size: size, frames: frames}
}

// add writes a picture that stands for delay ms. Browsers take 0 for as fast
// as can be and then show 100 ms; so does this.
func (a *apng) add(picture *image.NRGBA, delay uint32) error {
	if delay == 0 {
		delay = 100
	}
	var still bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&still, alwaysAlpha{picture}); err != nil {
		return err
	}
	const signature = 8
	for data := still.Bytes()[signature:]; len(data) >= 12; {
		n := int(binary.BigEndian.Uint32(data))
		a.translate(string(data[4:8]), data[8:8+n], delay)
		data = data[12+n:]
	}
	a.written++
	return a.err
}

// translate passes on what a chunk of a still is in the animation.
func (a *apng) translate(id string, body []byte, delay uint32) {
	switch id {
	case "IHDR":
		if a.written == 0 {
			a.raw([]byte("\x89PNG\r\n\x1a\n"))
			a.chunk(id, body)
			a.chunk("acTL", u32s(uint32(a.frames), 0))
		}
		a.control(delay)
	case "IDAT":
		if a.written == 0 {
			a.chunk(id, body)
			return
		}
		a.chunk("fdAT", append(a.number(), body...))
	}
}

// control announces a picture: the whole canvas, replacing what was there.
func (a *apng) control(delay uint32) {
	body := append(a.number(), u32s(uint32(a.size.X), uint32(a.size.Y), 0, 0)...)
	body = binary.BigEndian.AppendUint16(body, uint16(min(delay, 65535)))
	body = binary.BigEndian.AppendUint16(body, 1000)
	a.chunk("fcTL", append(body, 0, 0))
}

func (a *apng) end() error {
	a.chunk("IEND", nil)
	return a.err
}

// number is the next of the sequence that fcTL and fdAT share.
func (a *apng) number() []byte {
	a.sequence++
	return u32s(a.sequence - 1)
}

func (a *apng) chunk(id string, body []byte) {
	all := append(u32s(uint32(len(body))), id...)
	all = append(all, body...)
	a.raw(binary.BigEndian.AppendUint32(all, crc32.ChecksumIEEE(all[4:])))
}

func (a *apng) raw(data []byte) {
	if a.err == nil {
		_, a.err = a.w.Write(data)
	}
}

func u32s(numbers ...uint32) []byte {
	var out []byte
	for _, n := range numbers {
		out = binary.BigEndian.AppendUint32(out, n)
	}
	return out
}

// alwaysAlpha keeps the encoder from dropping the alpha channel of a picture
// that happens to be opaque: all pictures of an animation have one format.
type alwaysAlpha struct{ *image.NRGBA }

// Opaque is asked by image/png.
func (alwaysAlpha) Opaque() bool { return false }
