package capture

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"parley/call"
)

// openLimit is how long a decoder may take for its first picture.
const openLimit = 15 * time.Second

// pictures are those of a film, beginning anew after the last.
type pictures interface {
	next(dst *call.Picture) error
	skip(n int64) (int64, error) // leaves out n or fewer, and says how many
	close() error
}

// film is a file played as a camera, at its own rate for ever. It owns no
// goroutine; pictures are read in Read.
type film struct {
	name string
	pace *pace

	mu       sync.Mutex // held while pictures is in use
	pictures pictures
	at       int64         // the next picture's place on the schedule, if none is missed
	begun    *call.Picture // read already, to see whether there is any; nil once it is given

	once     sync.Once
	closeErr error
}

// openFilm opens a file: YUV4MPEG2 directly, at its own size and rate, all
// else through decode, as it is wanted.
func openFilm(path string, want call.VideoFormat, decode OpenFile) (*film, error) {
	f, err := newFilm(path, want, decode)
	if err != nil {
		return nil, filmError(path, ended(err))
	}
	return f, nil
}

func newFilm(path string, want call.VideoFormat, decode OpenFile) (*film, error) {
	p, fps, err := openY4M(path)
	if errors.Is(err, errNotY4M) && decode != nil {
		p, fps, err = openRaw(path, want, decode)
	}
	if err != nil {
		return nil, err
	}
	f := &film{name: filepath.Base(path), pace: newPace(fps), pictures: p, begun: &call.Picture{}}
	limit := time.AfterFunc(openLimit, func() { _ = p.close() }) // the read then fails and says so
	err = p.next(f.begun)
	if !limit.Stop() {
		err = fmt.Errorf("its first picture took more than %v", openLimit)
	}
	if err != nil {
		return nil, errors.Join(err, p.close())
	}
	return f, nil
}

// y4mFile is a YUV4MPEG2 with the file that it is in.
type y4mFile struct {
	*y4m
	file *os.File
}

func (f y4mFile) close() error { return f.file.Close() }

func openY4M(path string) (pictures, float64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() { // to open a pipe would wait for its other end
		return nil, 0, errors.New("it is a folder or a device and no file")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	y, err := newY4M(file, info.Size())
	if err != nil {
		return nil, 0, errors.Join(err, file.Close())
	}
	return y4mFile{y, file}, y.header.fps, nil
}

func openRaw(path string, want call.VideoFormat, decode OpenFile) (pictures, float64, error) {
	want = withDefaults(want)
	want.Width, want.Height = max(want.Width&^1, 2), max(want.Height&^1, 2)
	in, err := decode(path, want)
	if err != nil {
		return nil, 0, err
	}
	interval := time.Duration(float64(time.Second) / want.FrameRate)
	return &rawFilm{in: in, width: want.Width, height: want.Height, quick: interval / 3}, want.FrameRate, nil
}

// Read waits until the next picture is due. A reader that comes late misses
// pictures, as with a camera. It returns io.EOF after Close, and an error that
// wraps ErrGone when the file can be read no further.
func (f *film) Read(dst *call.Picture) error {
	tick, err := f.pace.wait()
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	at := time.Now()
	err = f.read(dst, tick)
	if f.pace.stopped() {
		return io.EOF
	}
	if err != nil {
		return filmGone(f.name, ended(err))
	}
	dst.At = at
	return nil
}

// tooLate is how many seconds of pictures are caught up with; after more, as
// when the machine slept, the film goes on where it was.
const tooLate = 10

func (f *film) read(dst *call.Picture, tick int64) error {
	if f.begun != nil {
		dst.CopyFrom(f.begun)
		f.begun, f.at = nil, tick+1
		return nil
	}
	if behind := tick - f.at; float64(behind) > tooLate*f.pace.fps {
		f.at = tick
	} else if behind > 0 {
		skipped, err := f.pictures.skip(behind)
		if f.at += skipped; err != nil {
			return err
		}
	}
	f.at++
	return f.pictures.next(dst)
}

// Close ends a Read in progress and the decoder, and closes the file.
func (f *film) Close() error {
	f.once.Do(func() {
		f.pace.stop()
		f.closeErr = f.pictures.close()
		f.mu.Lock() // until a Read in progress is over
		defer f.mu.Unlock()
	})
	return f.closeErr
}

// ended makes the end of what has no end an error of its own: io.EOF is kept
// for a source that was closed.
func ended(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("its pictures end too early")
	}
	return err
}

func filmError(path string, cause error) error {
	return &explained{fmt.Sprintf("the file %q cannot be played as a camera (%v): choose another", filepath.Base(path), plain(cause)), ErrFile, cause}
}

func filmGone(name string, cause error) error {
	return &explained{fmt.Sprintf("the file %q gives no more pictures (%v): choose another", name, plain(cause)), ErrGone, cause}
}

// plain leaves out what the system adds to an error about a file: the call
// that failed and the path.
func plain(err error) error {
	if file, ok := errors.AsType[*os.PathError](err); ok {
		return file.Err
	}
	return err
}
