package ffmpeg

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"os"

	"golang.org/x/image/webp"
)

// Bounds of an animated WebP: a file claims what it likes.
const (
	maxWebPFile   = 256 << 20
	maxWebPPixels = 32 << 20 // of the canvas
	maxWebPFrames = 10_000
	maxWebPWork   = 1 << 31 // pixels of all pictures, some 20 s of work
)

// errWebP is what a damaged animation is answered with.
var errWebP = errors.New("damaged animated WebP")

// webpFrame is one picture of an animation, as the chunk ANMF of the WebP
// container specification describes it.
type webpFrame struct {
	at      image.Rectangle // on the canvas
	delay   uint32          // ms
	replace bool            // do not blend over what is there
	clear   bool            // empty the rectangle afterwards
	data    []byte          // chunks ALPH, VP8 and VP8L
}

// convertWebP makes an animated PNG of an animated WebP, which ffmpeg 5.1
// does not decode.
func (t *Tools) convertWebP(ctx context.Context, path string) (string, error) {
	return t.cached(path, ".apng", func(target string) error {
		info, err := os.Stat(path)
		if err != nil {
			return fileError(path, err)
		}
		if info.Size() > maxWebPFile {
			return badWebP(path, errors.New("it is too large"))
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return fileError(path, err)
		}
		canvas, frames, err := parseWebP(data)
		if err != nil {
			return badWebP(path, err)
		}
		return writeWebP(ctx, path, target, canvas, frames)
	})
}

func badWebP(path string, err error) error {
	return &Error{Op: "probe " + path, Sentence: fmt.Sprintf("the animated WebP cannot be read (%v)", err),
		Hint: "save it as GIF or PNG and use that", ExitCode: -1, Cause: ErrInvalid}
}

func writeWebP(ctx context.Context, path, target string, canvas image.Point, frames []webpFrame) error {
	f, err := os.OpenFile(target, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return fileError(target, err)
	}
	defer f.Close()
	out := newAPNG(f, canvas, len(frames))
	picture := image.NewNRGBA(image.Rectangle{Max: canvas})
	for _, frame := range frames {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err := frame.paint(picture); err != nil {
			return badWebP(path, err)
		}
		if err := out.add(picture, frame.delay); err != nil {
			return fileError(target, err)
		}
		if frame.clear {
			draw.Draw(picture, frame.at, image.Transparent, image.Point{}, draw.Src)
		}
	}
	if err := out.end(); err != nil {
		return fileError(target, err)
	}
	return f.Close()
}

// parseWebP finds the frames without decoding them.
func parseWebP(data []byte) (image.Point, []webpFrame, error) {
	if len(data) < 12 || string(data[:4]) != "RIFF" || string(data[8:12]) != "WEBP" {
		return image.Point{}, nil, errWebP
	}
	var canvas image.Point
	var frames []webpFrame
	for id, body := range riffChunks(data[12:]) {
		switch {
		case id == "VP8X" && len(body) >= 10:
			canvas = image.Pt(u24(body[4:])+1, u24(body[7:])+1)
		case id == "ANMF" && len(body) >= 16 && len(frames) < maxWebPFrames:
			frames = append(frames, newWebPFrame(body))
		}
	}
	if len(frames) == 0 || canvas.X < 1 || canvas.Y < 1 || canvas.X*canvas.Y > maxWebPPixels ||
		int64(canvas.X*canvas.Y)*int64(len(frames)) > maxWebPWork {
		return image.Point{}, nil, errWebP
	}
	for _, f := range frames {
		if !f.at.In(image.Rectangle{Max: canvas}) {
			return image.Point{}, nil, errWebP
		}
	}
	return canvas, frames, nil
}

func newWebPFrame(body []byte) webpFrame {
	x, y := 2*u24(body), 2*u24(body[3:])
	return webpFrame{
		at:      image.Rect(x, y, x+u24(body[6:])+1, y+u24(body[9:])+1),
		delay:   uint32(u24(body[12:])),
		replace: body[15]&2 != 0,
		clear:   body[15]&1 != 0,
		data:    body[16:],
	}
}

// paint puts the frame onto the canvas.
func (f webpFrame) paint(canvas draw.Image) error {
	still := f.still()
	size, err := webp.DecodeConfig(bytes.NewReader(still))
	if err != nil || size.Width != f.at.Dx() || size.Height != f.at.Dy() {
		return errWebP
	}
	picture, err := webp.Decode(bytes.NewReader(still))
	if err != nil {
		return errWebP
	}
	op := draw.Over
	if f.replace {
		op = draw.Src
	}
	draw.Draw(canvas, f.at, picture, picture.Bounds().Min, op)
	return nil
}

// still is the frame as a WebP file of its own.
func (f webpFrame) still() []byte {
	var chunks []byte
	for id, body := range riffChunks(f.data) {
		if id == "ALPH" {
			header := make([]byte, 10)
			header[0] = 0x10 // has alpha
			putU24(header[4:], f.at.Dx()-1)
			putU24(header[7:], f.at.Dy()-1)
			chunks = riffChunk(chunks, "VP8X", header)
		}
		if id == "ALPH" || id == "VP8 " || id == "VP8L" {
			chunks = riffChunk(chunks, id, body)
		}
	}
	return riffChunk(nil, "RIFF", append([]byte("WEBP"), chunks...))
}

// riffChunks goes through the chunks of RIFF data until it ends or lies.
func riffChunks(data []byte) func(func(string, []byte) bool) {
	return func(yield func(string, []byte) bool) {
		for len(data) >= 8 {
			id, n := string(data[:4]), int64(binary.LittleEndian.Uint32(data[4:]))
			data = data[8:]
			if n > int64(len(data)) || !yield(id, data[:n]) {
				return
			}
			data = data[min(n+n&1, int64(len(data))):]
		}
	}
}

func riffChunk(to []byte, id string, body []byte) []byte {
	to = append(to, id...)
	to = binary.LittleEndian.AppendUint32(to, uint32(len(body)))
	to = append(to, body...)
	if len(body)&1 == 1 {
		to = append(to, 0)
	}
	return to
}

func u24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }

func putU24(b []byte, n int) { b[0], b[1], b[2] = byte(n), byte(n>>8), byte(n>>16) }
