package capture

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"image"
	"io"

	"parley/call"
)

// y4mLongestLine is how long the header's line may be, and a picture's.
const y4mLongestLine = 1024

// y4m reads the pictures of a YUV4MPEG2 file, again and again.
type y4m struct {
	header y4mHeader
	file   io.ReadSeeker
	first  int64 // where the first picture is
	in     *bufio.Reader
	image  image.Image // what is converted from; nil where nothing need be
	planes [][]byte    // its memory
	read   int64       // pictures since the file's beginning
}

// newY4M reads the header of a file of so many bytes. A file that has no whole
// picture is refused before memory for one is taken.
func newY4M(file io.ReadSeeker, size int64) (*y4m, error) {
	y := &y4m{file: file, in: bufio.NewReaderSize(file, y4mLongestLine)}
	magic, err := y.in.Peek(len(y4mMagic))
	if err != nil || string(magic) != y4mMagic {
		return nil, errNotY4M
	}
	line, err := y.line()
	if err != nil {
		return nil, err
	}
	y.first = int64(len(line)) + 1
	if y.header, err = parseY4MHeader(string(line)); err != nil {
		return nil, err
	}
	if size-y.first < y.header.frameSize() {
		return nil, errors.New("it has not one whole picture")
	}
	y.allocate()
	return y, nil
}

func (y *y4m) allocate() {
	h := y.header
	r := image.Rect(0, 0, h.width, h.height)
	switch {
	case h.direct():
	case h.grey && h.full:
		img := image.NewGray(r)
		y.image, y.planes = img, [][]byte{img.Pix}
	default:
		img := image.NewYCbCr(r, h.ratio)
		y.image, y.planes = img, [][]byte{img.Y, img.Cb, img.Cr}
		if h.grey {
			neutral(img)
			y.planes = y.planes[:1]
		}
	}
}

func neutral(img *image.YCbCr) {
	for i := range img.Cb {
		img.Cb[i], img.Cr[i] = 128, 128
	}
}

// line reads up to the end of a line, which is left out.
func (y *y4m) line() ([]byte, error) {
	line, err := y.in.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		return nil, fmt.Errorf("it has a line of more than %d bytes where a short one belongs", y4mLongestLine)
	}
	if err != nil {
		return nil, err
	}
	return line[:len(line)-1], nil
}

// next reads a picture; after the last whole one comes the first.
func (y *y4m) next(dst *call.Picture) error {
	return y.again(func() error {
		if y.image == nil {
			return y.readDirect(dst)
		}
		for _, plane := range y.planes {
			if _, err := io.ReadFull(y.in, plane); err != nil {
				return err
			}
		}
		return convert(dst, y.image, y.header.full)
	})
}

func (y *y4m) readDirect(dst *call.Picture) error {
	dst.Resize(y.header.width, y.header.height)
	return readI420(y.in, dst)
}

// skip leaves pictures out.
func (y *y4m) skip(n int64) (int64, error) {
	size := int(y.header.frameSize())
	for i := range n {
		err := y.again(func() error {
			_, err := y.in.Discard(size)
			return err
		})
		if err != nil {
			return i, err
		}
	}
	return n, nil
}

// again takes a picture's line, then its body; at the file's end once more
// from its beginning.
func (y *y4m) again(body func() error) error {
	err := y.one(body)
	if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	if y.read == 0 {
		return errors.New("it has not one whole picture any more")
	}
	if _, err := y.file.Seek(y.first, io.SeekStart); err != nil {
		return err
	}
	y.in.Reset(y.file)
	y.read = 0
	return y.one(body)
}

func (y *y4m) one(body func() error) error {
	line, err := y.line()
	if err != nil {
		return err
	}
	if word, _, _ := bytes.Cut(line, []byte(" ")); string(word) != "FRAME" {
		return errors.New("a picture does not begin where it should: the file is damaged")
	}
	if err := body(); err != nil {
		return err
	}
	y.read++
	return nil
}

// readI420 fills a picture with samples that follow each other.
func readI420(r io.Reader, dst *call.Picture) error {
	for _, plane := range [...][]byte{dst.Y, dst.Cb, dst.Cr} {
		if _, err := io.ReadFull(r, plane); err != nil {
			return err
		}
	}
	return nil
}
