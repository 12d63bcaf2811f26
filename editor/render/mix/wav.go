package mix

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
)

// ErrWAV is what a file that is no sound that can be mixed is refused with.
var ErrWAV = errors.New("not a WAV file that can be mixed")

// wav is a WAV file of 16 bit or float samples, opened.
type wav struct {
	file  *os.File
	from  int64 // of the samples, in bytes
	pairs int64
	size  int // of a pair: 4 or 8 bytes
	buf   []byte
}

// WAV opens a WAV or RF64 file with two channels of 16 bit or float32 samples
// at the given rate.
func WAV(path string, rate int) Opener {
	return func() (Source, error) {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		w, err := readWAV(f, rate)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("%s: %w", path, err), f.Close())
		}
		return w, nil
	}
}

// Raw opens a file of bare float32 pairs.
func Raw(path string) Opener {
	return func() (Source, error) {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		info, err := f.Stat()
		if err != nil {
			return nil, errors.Join(err, f.Close())
		}
		return &wav{file: f, pairs: info.Size() / 8, size: 8}, nil
	}
}

// maxChunks bounds the chunks that may stand before the samples.
const maxChunks = 64

// readWAV reads the header. The length that it tells is not believed where it
// goes beyond the file: a file above 4 GB tells none that is true.
func readWAV(f *os.File, rate int) (*wav, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	w := &wav{file: f}
	at := int64(12)
	for range maxChunks {
		var head [8]byte
		if _, err := f.ReadAt(head[:], at); err != nil {
			return nil, fmt.Errorf("%w: it ends in its header", ErrWAV)
		}
		size := int64(binary.LittleEndian.Uint32(head[4:]))
		at += 8
		switch string(head[:4]) {
		case "fmt ":
			if err := w.format(f, at, rate); err != nil {
				return nil, err
			}
		case "data":
			if w.size == 0 {
				return nil, fmt.Errorf("%w: it does not tell its format", ErrWAV)
			}
			left := info.Size() - at
			if size < left && size != math.MaxUint32 {
				left = size
			}
			w.from, w.pairs = at, left/int64(w.size)
			return w, nil
		}
		at += size + size%2
	}
	return nil, fmt.Errorf("%w: it has no samples", ErrWAV)
}

// The formats of WAV: PCM, float, and "see the end of this chunk".
const (
	wavPCM        = 1
	wavFloat      = 3
	wavExtensible = 0xfffe
)

func (w *wav) format(f io.ReaderAt, at int64, rate int) error {
	var b [26]byte
	if n, err := f.ReadAt(b[:], at); n < 16 {
		return fmt.Errorf("%w: %w", ErrWAV, err)
	}
	kind, channels := binary.LittleEndian.Uint16(b[:]), binary.LittleEndian.Uint16(b[2:])
	hz, depth := binary.LittleEndian.Uint32(b[4:]), binary.LittleEndian.Uint16(b[14:])
	if kind == wavExtensible {
		kind = binary.LittleEndian.Uint16(b[24:])
	}
	switch {
	case channels == 2 && int(hz) == rate && kind == wavPCM && depth == 16:
		w.size = 4
	case channels == 2 && int(hz) == rate && kind == wavFloat && depth == 32:
		w.size = 8
	default:
		return fmt.Errorf("%w: format %d, %d channels, %d Hz, %d bit", ErrWAV, kind, channels, hz, depth)
	}
	return nil
}

// ReadSamples satisfies Source.
func (w *wav) ReadSamples(p []float32, at int64) error {
	clear(p)
	if at < 0 {
		skip := min(-2*at, int64(len(p)))
		p, at = p[skip:], 0
	}
	n := min(int64(len(p)/2), w.pairs-at)
	if n <= 0 {
		return nil
	}
	if need := int(n) * w.size; cap(w.buf) < need {
		w.buf = make([]byte, need)
	}
	b := w.buf[:int(n)*w.size]
	if _, err := w.file.ReadAt(b, w.from+at*int64(w.size)); err != nil {
		return fmt.Errorf("reading samples: %w", err)
	}
	w.decode(p[:2*n], b)
	return nil
}

func (w *wav) decode(p []float32, b []byte) {
	if w.size == 8 {
		for i := range p {
			v := math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
			if v != v || v > loudest || v < -loudest {
				v = 0 // a damaged file is to be heard as little as possible
			}
			p[i] = v
		}
		return
	}
	for i := range p {
		p[i] = float32(int16(binary.LittleEndian.Uint16(b[2*i:]))) / 32768
	}
}

// loudest is what no sound goes beyond, 40 dB above full scale.
const loudest = 100

// Close satisfies Source.
func (w *wav) Close() error { return w.file.Close() }
