package capture

import (
	"errors"
	"image"
	"image/jpeg"
	"io"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pion/mediadevices/pkg/driver"
	"github.com/pion/mediadevices/pkg/frame"
	"github.com/pion/mediadevices/pkg/prop"

	"parley/call"
)

var mjpeg = []prop.Media{offer(frame.FormatMJPEG, 64, 48, 30)}

func openFake(t *testing.T, f *fakeCamera) *camera {
	t.Helper()
	c, err := openCamera("Eye", plugged(t, f, driver.Info{Label: t.Name()}), defaultFormat)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCameraGivesConvertedPictures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, test := range []struct {
			format frame.Format
			want   uint8
		}{{frame.FormatMJPEG, 235}, {frame.FormatYUYV, 255}} {
			f := &fakeCamera{offers: []prop.Media{offer(test.format, 64, 48, 30)}}
			tick := time.NewTicker(time.Second / 30)
			white := working(255)
			f.read = func(closed <-chan struct{}) (image.Image, error) {
				select {
				case <-tick.C:
					return white(closed)
				case <-closed:
					return nil, io.EOF
				}
			}
			c := openFake(t, f)
			pic, start := &call.Picture{}, time.Now()
			for i := range 5 {
				if err := c.Read(pic); err != nil {
					t.Fatal(err)
				}
				if due := start.Add(time.Duration(i+1) * (time.Second / 30)); !pic.At.Equal(due) {
					t.Errorf("picture %d was taken at %v, want %v", i, pic.At.Sub(start), due.Sub(start))
				}
			}
			if pic.Width() != 64 || pic.Height() != 48 || pic.Y[0] != test.want {
				t.Errorf("%s: %dx%d of luma %d, want 64x48 of %d", test.format, pic.Width(), pic.Height(), pic.Y[0], test.want)
			}
			if err := c.Close(); err != nil {
				t.Error(err)
			}
			if f.released != 5 {
				t.Errorf("%d of 5 pictures were given back", f.released)
			}
		}
	})
}

func TestCameraCloseWakesReadAndMayBeRepeated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeCamera{offers: mjpeg, read: silent}
		c := openFake(t, f)
		done := make(chan error)
		go func() { done <- c.Read(&call.Picture{}) }()
		synctest.Wait()
		for range 3 {
			if err := c.Close(); err != nil {
				t.Error(err)
			}
		}
		if err := <-done; !errors.Is(err, io.EOF) {
			t.Errorf("Read returned %v, want io.EOF", err)
		}
		if f.closes != 1 {
			t.Errorf("the driver was closed %d times", f.closes)
		}
		if err := c.Read(&call.Picture{}); !errors.Is(err, io.EOF) {
			t.Errorf("Read after Close returned %v, want io.EOF", err)
		}
	})
}

// A driver that sits in its read must not keep the reader from waking.
func TestCameraCloseWakesReadBeforeAStalledDriverReturns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := openFake(t, &fakeCamera{offers: mjpeg, read: func(<-chan struct{}) (image.Image, error) {
			<-time.After(5 * time.Second)
			return nil, errors.New("read timeout")
		}})
		start := time.Now()
		woken := make(chan time.Duration, 1)
		go func() {
			if err := c.Read(&call.Picture{}); err == nil {
				t.Error("Read gave a picture")
			}
			woken <- time.Since(start)
		}()
		synctest.Wait()
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		if after := <-woken; after != 0 {
			t.Errorf("Read woke after %v", after)
		}
		if after := time.Since(start); after != 5*time.Second {
			t.Errorf("Close returned after %v, want after the driver's 5s", after)
		}
	})
}

func TestCameraUnplugged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		given := false
		f := &fakeCamera{offers: mjpeg, read: func(closed <-chan struct{}) (image.Image, error) {
			if given {
				return nil, syscall.ENODEV
			}
			given = true
			return working(200)(closed)
		}}
		c := openFake(t, f)
		defer c.Close()
		synctest.Wait()
		if err := c.Read(&call.Picture{}); err != nil {
			t.Errorf("the last picture was lost: %v", err)
		}
		for range 2 {
			err := c.Read(&call.Picture{})
			if !errors.Is(err, ErrGone) || !errors.Is(err, syscall.ENODEV) || !strings.Contains(err.Error(), `"Eye"`) {
				t.Errorf("Read returned %v, want ErrGone with the camera's name", err)
			}
		}
	})
}

func TestCameraBearsBrokenPicturesForAWhile(t *testing.T) {
	for _, test := range []struct {
		broken int
		pause  time.Duration
		gone   bool
	}{
		{broken: failuresBorne - 1, pause: 33 * time.Millisecond},
		{broken: failuresBorne, pause: 33 * time.Millisecond, gone: true},
		{broken: 1, pause: 5 * time.Second},
		{broken: 2, pause: 5 * time.Second, gone: true},
	} {
		synctest.Test(t, func(t *testing.T) {
			n := 0
			c := openFake(t, &fakeCamera{offers: mjpeg, read: func(closed <-chan struct{}) (image.Image, error) {
				<-time.After(test.pause)
				if n++; n <= test.broken {
					return nil, jpeg.FormatError("missing SOI marker")
				}
				return working(200)(closed)
			}})
			defer c.Close()
			if err := c.Read(&call.Picture{}); errors.Is(err, ErrGone) != test.gone || (err != nil) != test.gone {
				t.Errorf("%d broken pictures, one each %v: Read returned %v", test.broken, test.pause, err)
			}
		})
	}
}

func TestOpenErrors(t *testing.T) {
	for name, test := range map[string]struct {
		fake *fakeCamera
		want error
		says string
	}{
		"permission": {&fakeCamera{openErr: syscall.EACCES}, ErrPermission, "sudo usermod -aG video $USER"},
		"busy":       {&fakeCamera{openErr: syscall.EBUSY}, ErrBusy, "another program"},
		"unplugged":  {&fakeCamera{openErr: syscall.ENOENT}, ErrGone, "plug it in"},
		"busy later": {&fakeCamera{offers: mjpeg, recErr: errors.New("Failed to map request buffers: device or resource busy")}, ErrBusy, "another program"},
		"no format":  {&fakeCamera{offers: []prop.Media{offer(frame.FormatZ16, 640, 480, 30)}}, ErrFormat, "offers no picture format"},
		"strange":    {&fakeCamera{openErr: syscall.EIO}, syscall.EIO, "does not open"},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := openCamera("Eye", plugged(t, test.fake, driver.Info{Label: name}), defaultFormat)
			if c != nil || !errors.Is(err, test.want) {
				t.Fatalf("got %v, %v; want %v", c, err, test.want)
			}
			if !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), `"Eye"`) {
				t.Errorf("%q does not say %q and the camera's name", err, test.says)
			}
			if opened := test.fake.openErr == nil; opened != (test.fake.closes == 1) {
				t.Errorf("closed %d times", test.fake.closes)
			}
		})
	}
}

func BenchmarkCameraRead(b *testing.B) {
	img := image.NewYCbCr(image.Rect(0, 0, 1280, 720), image.YCbCrSubsampleRatio422)
	f := &fakeCamera{read: func(<-chan struct{}) (image.Image, error) { return img, nil }}
	reader, err := f.VideoRecord(prop.Media{})
	if err != nil {
		b.Fatal(err)
	}
	c := &camera{reader: reader, full: true, slot: call.NewSlot(), arrived: make(chan struct{}, 1), stop: make(chan struct{})}
	pic := &call.Picture{}
	b.ReportAllocs()
	for b.Loop() {
		if err := errors.Join(c.take(), c.Read(pic)); err != nil {
			b.Fatal(err)
		}
	}
}
