package capture

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

func save(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// cut is a decoder that never ends, each picture 1 larger than the one before.
type cut struct {
	size, count, most int
	delay             time.Duration
	left              []byte
	closed            chan struct{}
	once              sync.Once
}

func newCut(want call.VideoFormat) *cut {
	return &cut{size: want.Width * want.Height * 3 / 2, closed: make(chan struct{})}
}

func (c *cut) Read(p []byte) (int, error) {
	if len(c.left) == 0 {
		if c.most > 0 && c.count == c.most {
			return 0, io.EOF
		}
		if c.delay > 0 {
			select {
			case <-time.After(c.delay):
			case <-c.closed:
				return 0, os.ErrClosed
			}
		}
		c.left = bytes.Repeat([]byte{byte(c.count)}, c.size)
		c.count++
	}
	n := copy(p, c.left)
	c.left = c.left[n:]
	return n, nil
}

func (c *cut) Close() error {
	c.once.Do(func() { close(c.closed) })
	return nil
}

func decodeWith(c **cut, set func(*cut)) OpenFile {
	return func(_ string, want call.VideoFormat) (io.ReadCloser, error) {
		*c = newCut(want)
		set(*c)
		return *c, nil
	}
}

func TestFilmKeepsItsOwnRate(t *testing.T) {
	path := save(t, "a.y4m", y4mOf("YUV4MPEG2 W4 H2 F24000:1001", 12, 3))
	synctest.Test(t, func(t *testing.T) {
		source, err := Open("file:"+path, call.VideoFormat{Width: 1280, Height: 720, FrameRate: 5})
		if err != nil {
			t.Fatal(err)
		}
		defer source.Close()
		pic, start := &call.Picture{}, time.Now()
		for i := range 2000 {
			if err := source.Read(pic); err != nil {
				t.Fatal(err)
			}
			due := time.Duration(float64(i) * 1001 / 24000 * float64(time.Second))
			if off := pic.At.Sub(start) - due; off.Abs() > time.Microsecond {
				t.Fatalf("picture %d is off by %v", i, off)
			}
			if pic.Y[0] != byte(100+i%3) {
				t.Fatalf("picture %d is %d", i, pic.Y[0])
			}
		}
	})
}

// A reader that comes late misses pictures, and no more than those.
func TestFilmGoesOnWithoutItsReader(t *testing.T) {
	path := save(t, "a.y4m", y4mOf("YUV4MPEG2 W4 H2 F25:1", 12, 100))
	synctest.Test(t, func(t *testing.T) {
		source, err := Open("file:"+path, call.VideoFormat{})
		if err != nil {
			t.Fatal(err)
		}
		defer source.Close()
		var got []byte
		pic := &call.Picture{}
		for _, pause := range []time.Duration{0, 0, 210 * time.Millisecond, 0, time.Hour + 10*time.Millisecond, 0, 210 * time.Millisecond} {
			<-time.After(pause)
			if err := source.Read(pic); err != nil {
				t.Fatal(err)
			}
			got = append(got, pic.Y[0]-100)
		}
		// After the hour it goes on where it was, and keeps time again.
		if want := []byte{0, 1, 6, 7, 8, 9, 14}; !slices.Equal(got, want) {
			t.Errorf("pictures %v, want %v", got, want)
		}
	})
}

func TestFilmThroughADecoder(t *testing.T) {
	path := save(t, "a.mp4", []byte("no Y4M"))
	synctest.Test(t, func(t *testing.T) {
		var asked call.VideoFormat
		var decoder *cut
		s := System{OpenFile: func(p string, want call.VideoFormat) (io.ReadCloser, error) {
			if p != path {
				t.Errorf("asked for %q", p)
			}
			asked, decoder = want, newCut(want)
			return decoder, nil
		}}
		source, err := s.Open("file:"+path, call.VideoFormat{Width: 65, Height: 49, FrameRate: 20})
		if err != nil {
			t.Fatal(err)
		}
		if asked != (call.VideoFormat{Width: 64, Height: 48, FrameRate: 20}) {
			t.Errorf("asked for %+v", asked)
		}
		pic, start := &call.Picture{}, time.Now()
		for i := range 50 {
			if err := source.Read(pic); err != nil {
				t.Fatal(err)
			}
			if off := pic.At.Sub(start) - time.Duration(i)*50*time.Millisecond; off.Abs() > time.Microsecond || pic.Y[0] != byte(i) || pic.Cr[24*32-1] != byte(i) || pic.Width() != 64 || pic.Height() != 48 {
				t.Fatalf("picture %d is %d at %v", i, pic.Y[0], pic.At.Sub(start))
			}
		}
		if err := errors.Join(source.Close(), source.Close()); err != nil {
			t.Error(err)
		}
		select {
		case <-decoder.closed:
		default:
			t.Error("the decoder was left running")
		}
		if err := source.Read(pic); !errors.Is(err, io.EOF) {
			t.Errorf("after Close: %v", err)
		}
	})
}

// One that is slow gives what it can, one picture after the other.
func TestFilmOfASlowDecoder(t *testing.T) {
	path := save(t, "a.mp4", []byte("no Y4M"))
	synctest.Test(t, func(t *testing.T) {
		var decoder *cut
		s := System{OpenFile: decodeWith(&decoder, func(c *cut) { c.delay = 60 * time.Millisecond })}
		source, err := s.Open("file:"+path, call.VideoFormat{Width: 16, Height: 16, FrameRate: 25})
		if err != nil {
			t.Fatal(err)
		}
		defer source.Close()
		pic := &call.Picture{}
		for i := range 20 {
			if err := source.Read(pic); err != nil || pic.Y[0] != byte(i) {
				t.Fatalf("picture %d is %d, %v", i, pic.Y[0], err)
			}
		}
		decoder.delay = 0 // now it can make up for that
		for range 100 {
			if err := source.Read(pic); err != nil {
				t.Fatal(err)
			}
		}
		late := source.(*film).pace.tick - int64(pic.Y[0])
		if late != 0 {
			t.Errorf("it is still %d pictures late", late)
		}
	})
}

func TestFilmCloseEndsARead(t *testing.T) {
	path := save(t, "a.mp4", []byte("no Y4M"))
	synctest.Test(t, func(t *testing.T) {
		var decoder *cut
		s := System{OpenFile: decodeWith(&decoder, func(*cut) {})}
		source, err := s.Open("file:"+path, call.VideoFormat{Width: 16, Height: 16})
		if err != nil {
			t.Fatal(err)
		}
		decoder.delay = time.Hour
		pic := &call.Picture{}
		if err := source.Read(pic); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error)
		go func() { ended <- source.Read(pic) }()
		<-time.After(time.Second)
		synctest.Wait()
		start := time.Now()
		if err := source.Close(); err != nil {
			t.Error(err)
		}
		if err := <-ended; !errors.Is(err, io.EOF) {
			t.Errorf("Read says %v", err)
		}
		if took := time.Since(start); took != 0 {
			t.Errorf("Close took %v", took)
		}
	})
}

func TestFilmThatEnds(t *testing.T) {
	path := save(t, "holiday.mp4", []byte("no Y4M"))
	synctest.Test(t, func(t *testing.T) {
		var decoder *cut
		s := System{OpenFile: decodeWith(&decoder, func(c *cut) { c.most = 2 })}
		source, err := s.Open("file:"+path, call.VideoFormat{Width: 16, Height: 16})
		if err != nil {
			t.Fatal(err)
		}
		defer source.Close()
		pic := &call.Picture{}
		if err := errors.Join(source.Read(pic), source.Read(pic)); err != nil {
			t.Error(err)
		}
		if err := source.Read(pic); !errors.Is(err, ErrGone) || errors.Is(err, io.EOF) || !strings.Contains(err.Error(), `"holiday.mp4"`) {
			t.Errorf("said %v", err)
		}
	})
}

func TestFilmErrors(t *testing.T) {
	folder := t.TempDir()
	pipe := filepath.Join(folder, "pipe.y4m")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	refused := errors.New("the file is damaged")
	failing := func(string, call.VideoFormat) (io.ReadCloser, error) { return nil, refused }
	for name, test := range map[string]struct {
		path   string
		decode OpenFile
		cause  error
		says   string
	}{
		"absent":  {filepath.Join(folder, "absent.y4m"), failing, os.ErrNotExist, "no such file"},
		"folder":  {folder, failing, nil, "no file"},
		"pipe":    {pipe, failing, nil, "no file"},
		"empty":   {save(t, "empty.y4m", nil), failing, refused, "damaged"},
		"nobody":  {save(t, "a.mp4", []byte("x")), nil, errNotY4M, "Y4M"},
		"decoder": {save(t, "b.mp4", []byte("x")), failing, refused, "damaged"},
		"header":  {save(t, "c.y4m", []byte("YUV4MPEG2 W4")), failing, nil, "too early"},
		"nothing": {save(t, "d.mp4", []byte("x")), func(string, call.VideoFormat) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader("x")), nil
		}, nil, "too early"},
	} {
		source, err := System{OpenFile: test.decode}.Open("file:"+test.path, call.VideoFormat{})
		if source != nil || !errors.Is(err, ErrFile) || errors.Is(err, io.EOF) {
			t.Errorf("%s: %v, %v", name, source, err)
			continue
		}
		if test.cause != nil && !errors.Is(err, test.cause) || !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), folder) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFilmWhoseDecoderHangs(t *testing.T) {
	path := save(t, "a.mp4", []byte("no Y4M"))
	synctest.Test(t, func(t *testing.T) {
		var decoder *cut
		s := System{OpenFile: decodeWith(&decoder, func(c *cut) { c.delay = time.Hour })}
		start := time.Now()
		source, err := s.Open("file:"+path, call.VideoFormat{Width: 16, Height: 16})
		if source != nil || !errors.Is(err, ErrFile) || !strings.Contains(err.Error(), "15s") {
			t.Errorf("got %v, %v", source, err)
		}
		if took := time.Since(start); took != openLimit {
			t.Errorf("gave up after %v", took)
		}
	})
}
