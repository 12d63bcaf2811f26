package capture

import (
	"errors"
	"io"
	"sync"
	"time"

	"github.com/pion/mediadevices/pkg/driver"
	"github.com/pion/mediadevices/pkg/frame"
	"github.com/pion/mediadevices/pkg/io/video"

	"parley/call"
)

const (
	// failuresBorne is how many reads in a row may fail, about a second's worth
	// of broken pictures.
	failuresBorne = 30
	// silenceBorne is how long a camera may give nothing. The driver answers a
	// read after 5 s without a picture.
	silenceBorne = 9 * time.Second
)

// camera is an open camera. Its goroutine reads the driver and fills slot.
type camera struct {
	name   string
	driver driver.Driver
	reader video.Reader
	full   bool // its samples are of full range

	slot    *call.Slot
	arrived chan struct{} // holds one token when a picture was put
	stop    chan struct{}
	done    chan struct{}
	err     error // why the goroutine ended; valid once done is closed

	once     sync.Once
	closeErr error
}

// openCamera opens a driver in the format nearest to want.
func openCamera(name string, d driver.Driver, want call.VideoFormat) (*camera, error) {
	recorder, ok := d.(driver.VideoRecorder)
	if !ok {
		return nil, formatError(name)
	}
	if err := d.Open(); err != nil {
		return nil, openError(name, err)
	}
	format, ok := chooseFormat(d.Properties(), want)
	if !ok {
		return nil, errors.Join(formatError(name), d.Close())
	}
	reader, err := recorder.VideoRecord(format)
	if err != nil {
		return nil, openError(name, err) // the driver has closed itself; twice would close a stranger's file
	}
	c := &camera{
		name: name, driver: d, reader: reader, full: format.FrameFormat == frame.FormatMJPEG,
		slot:    call.NewSlot(),
		arrived: make(chan struct{}, 1),
		stop:    make(chan struct{}),
		done:    make(chan struct{}),
	}
	go c.run()
	return c, nil
}

// run reads until the camera is closed or gone.
func (c *camera) run() {
	defer close(c.done)
	failures, last := 0, time.Now()
	for {
		err := c.take()
		if c.stopped() {
			c.err = io.EOF
			return
		}
		if err == nil {
			failures, last = 0, time.Now()
			continue
		}
		failures++
		if isFatal(err) || failures >= failuresBorne || time.Since(last) > silenceBorne {
			c.err = goneError(c.name, err)
			return
		}
	}
}

// take reads one picture from the driver into the slot.
func (c *camera) take() error {
	img, release, err := c.reader.Read()
	if err != nil {
		return err // then there is nothing to release, and release may be nil
	}
	at := time.Now()
	pic := c.slot.Writable()
	err = convert(pic, img, c.full)
	release()
	if err != nil {
		return err
	}
	pic.At = at
	c.slot.Put()
	select {
	case c.arrived <- struct{}{}:
	default:
	}
	return nil
}

func (c *camera) stopped() bool {
	select {
	case <-c.stop:
		return true
	default:
		return false
	}
}

// Read waits for the next picture and copies it into dst. It returns io.EOF
// after Close, and an error that wraps ErrGone when the camera went away.
func (c *camera) Read(dst *call.Picture) error {
	for !c.stopped() {
		if c.newest(dst) {
			return nil
		}
		select {
		case <-c.arrived:
		case <-c.stop:
		case <-c.done:
			if c.newest(dst) {
				return nil // the last one before it went
			}
			return c.err
		}
	}
	return io.EOF
}

func (c *camera) newest(dst *call.Picture) bool {
	pic, fresh := c.slot.Take()
	if fresh {
		dst.CopyFrom(pic)
	}
	return fresh
}

// Close wakes Read at once, then waits until the driver has let go of the
// device; a camera that has stalled takes the driver's 5 s for that.
func (c *camera) Close() error {
	c.once.Do(func() {
		close(c.stop)
		c.closeErr = c.driver.Close()
		<-c.done
	})
	return c.closeErr
}
