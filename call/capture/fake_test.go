package capture

import (
	"image"
	"io"
	"slices"
	"sync"
	"testing"

	"github.com/pion/mediadevices/pkg/driver"
	"github.com/pion/mediadevices/pkg/frame"
	"github.com/pion/mediadevices/pkg/io/video"
	"github.com/pion/mediadevices/pkg/prop"
)

// fakeCamera is a driver adapter whose pictures and errors come from read.
type fakeCamera struct {
	offers  []prop.Media
	openErr error
	recErr  error
	// read gives the next picture; closed is closed when the driver is.
	read func(closed <-chan struct{}) (image.Image, error)

	mu       sync.Mutex
	closed   chan struct{}
	opens    int
	closes   int
	recorded prop.Media
	released int
}

func (f *fakeCamera) Open() error {
	f.opens++
	if f.openErr != nil {
		return f.openErr
	}
	f.closed = make(chan struct{})
	return nil
}

func (f *fakeCamera) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closes++
	close(f.closed) // a second time panics, as it would close a stranger's file
	return nil
}

func (f *fakeCamera) Properties() []prop.Media { return slices.Clone(f.offers) }

func (f *fakeCamera) VideoRecord(p prop.Media) (video.Reader, error) {
	f.recorded = p
	if f.recErr != nil {
		return nil, f.recErr
	}
	release := func() { f.released++ }
	return video.ReaderFunc(func() (image.Image, func(), error) {
		img, err := f.read(f.closed)
		if err != nil {
			return nil, nil, err // as the driver's JPEG decoder does
		}
		return img, release, nil
	}), nil
}

func offer(format frame.Format, w, h int, fps float32) prop.Media {
	return prop.Media{Video: prop.Video{Width: w, Height: h, FrameRate: fps, FrameFormat: format}}
}

// silent waits until the driver is closed.
func silent(closed <-chan struct{}) (image.Image, error) {
	<-closed
	return nil, io.EOF
}

// working gives the same grey picture for ever.
func working(grey uint8) func(<-chan struct{}) (image.Image, error) {
	img := image.NewYCbCr(image.Rect(0, 0, 64, 48), image.YCbCrSubsampleRatio422)
	for i := range img.Y {
		img.Y[i] = grey
	}
	return func(<-chan struct{}) (image.Image, error) { return img, nil }
}

// plugged has mediadevices make a driver of a fake, and takes it out of the
// registry again.
func plugged(t *testing.T, f *fakeCamera, info driver.Info) driver.Driver {
	t.Helper()
	info.DeviceType = driver.Camera
	manager := driver.GetManager()
	if err := manager.Register(f, info); err != nil {
		t.Fatal(err)
	}
	here := manager.Query(func(d driver.Driver) bool { return d.Info() == info })
	if len(here) != 1 {
		t.Fatalf("%d drivers are registered as %+v", len(here), info)
	}
	manager.Delete(here[0].ID())
	return here[0]
}
