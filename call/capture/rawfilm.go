package capture

import (
	"io"
	"time"

	"parley/call"
)

// OpenFile decodes a film without end: it returns its pictures in 4:2:0, BT.601,
// limited range, planes following each other, at exactly the size (even) and
// about the rate that is wanted, beginning anew after the last. They come as
// fast as they are read; Close ends a Read in progress.
type OpenFile func(path string, want call.VideoFormat) (io.ReadCloser, error)

// rawFilm reads pictures from a decoder.
type rawFilm struct {
	in            io.ReadCloser
	width, height int
	quick         time.Duration // a picture that took less shows that there is time to skip
	lasted        time.Duration // of the last one
}

func (f *rawFilm) next(dst *call.Picture) error {
	began := time.Now()
	dst.Resize(f.width, f.height)
	err := readI420(f.in, dst)
	f.lasted = time.Since(began)
	return err
}

// skip leaves out one picture at most, and only where the decoder is well
// ahead of its time: one that is slow would only get slower.
func (f *rawFilm) skip(n int64) (int64, error) {
	if n < 1 || f.lasted > f.quick {
		return 0, nil
	}
	size := int64(f.width*f.height) * 3 / 2
	if _, err := io.CopyN(io.Discard, f.in, size); err != nil {
		return 0, err
	}
	return 1, nil
}

func (f *rawFilm) close() error { return f.in.Close() }
