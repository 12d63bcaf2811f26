package capture

import (
	"errors"
	"fmt"
	"image"
	"strconv"
	"strings"
)

// y4mHeader is the first line of a YUV4MPEG2 file: see yuv4mpeg(5) of
// mjpegtools.
type y4mHeader struct {
	width, height int
	fps           float64
	ratio         image.YCbCrSubsampleRatio
	grey          bool // no chroma at all
	full          bool // full range, as the extension XCOLORRANGE says
}

const (
	y4mMagic   = "YUV4MPEG2"
	y4mLargest = 8192 // pixels a side
	y4mFastest = 240  // pictures a second
)

// errNotY4M is a file that is no YUV4MPEG2, or of a kind that is left to others.
var errNotY4M = errors.New("not a Y4M file of 8 bits")

// y4mKinds are the kinds of chroma, by the letters after C. Where the samples
// of 4:2:0 lie differs by half a pixel at most.
var y4mKinds = map[string]image.YCbCrSubsampleRatio{
	"420": image.YCbCrSubsampleRatio420, "420jpeg": image.YCbCrSubsampleRatio420,
	"420mpeg2": image.YCbCrSubsampleRatio420, "420paldv": image.YCbCrSubsampleRatio420,
	"422": image.YCbCrSubsampleRatio422, "444": image.YCbCrSubsampleRatio444,
	"411": image.YCbCrSubsampleRatio411, "mono": image.YCbCrSubsampleRatio420,
}

// parseY4MHeader reads the first line, without its end. It comes from a
// stranger. An error wraps errNotY4M where others may know what to do.
func parseY4MHeader(line string) (y4mHeader, error) {
	words := strings.Split(line, " ")
	if words[0] != y4mMagic {
		return y4mHeader{}, errNotY4M
	}
	h := y4mHeader{fps: 25, ratio: image.YCbCrSubsampleRatio420} // where it does not say
	for _, word := range words[1:] {
		if word == "" {
			continue
		}
		if err := h.take(word[0], word[1:]); err != nil {
			return y4mHeader{}, err
		}
	}
	if h.width == 0 || h.height == 0 {
		return y4mHeader{}, errors.New("it does not say how large its pictures are")
	}
	return h, nil
}

func (h *y4mHeader) take(tag byte, value string) (err error) {
	switch tag {
	case 'W':
		h.width, err = y4mSide(value)
	case 'H':
		h.height, err = y4mSide(value)
	case 'F':
		h.fps, err = y4mRate(value)
	case 'C':
		ratio, known := y4mKinds[value]
		if !known {
			return fmt.Errorf("%w: its pixels are of the kind %.20q", errNotY4M, value)
		}
		h.ratio, h.grey = ratio, value == "mono"
	case 'X':
		h.full = h.full || value == "COLORRANGE=FULL"
	}
	return err
}

func y4mSide(value string) (int, error) {
	n, err := strconv.Atoi(value)
	if err != nil || n < 2 || n > y4mLargest {
		return 0, fmt.Errorf("its pictures cannot be %.20q pixels wide or high", value)
	}
	return n, nil
}

// y4mRate reads a rate such as 30000:1001; 0:0 is one that is not known.
func y4mRate(value string) (float64, error) {
	n, d, _ := strings.Cut(value, ":")
	num, err1 := strconv.ParseUint(n, 10, 31)
	den, err2 := strconv.ParseUint(d, 10, 31)
	if err := errors.Join(err1, err2); err != nil {
		return 0, fmt.Errorf("it cannot have %.20q pictures a second", value)
	}
	if num == 0 && den == 0 {
		return 25, nil
	}
	fps := float64(num) / float64(den)
	if !(fps >= 0.1 && fps <= y4mFastest) {
		return 0, fmt.Errorf("it cannot have %.20q pictures a second", value)
	}
	return fps, nil
}

// frameSize is how many bytes a picture has.
func (h y4mHeader) frameSize() int64 {
	w, ht := int64(h.width), int64(h.height)
	if h.grey {
		return w * ht
	}
	across, down, _ := subsampling(h.ratio)
	a, d := int64(across), int64(down)
	return w*ht + 2*((w+a-1)/a)*((ht+d-1)/d)
}

// direct says whether the samples are as call.Picture has them.
func (h y4mHeader) direct() bool {
	return !h.grey && !h.full && h.ratio == image.YCbCrSubsampleRatio420 && h.width%2 == 0 && h.height%2 == 0
}
