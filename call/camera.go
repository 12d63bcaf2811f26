package call

import (
	"errors"
	"io"
	"sync"
	"time"
)

// cameraPump reads a source into the preview and on to the sender. It owns
// the source and one goroutine.
type cameraPump struct {
	name   string
	source VideoSource
	done   chan struct{}
}

func startCamera(name string, source VideoSource, m *Media) *cameraPump {
	c := &cameraPump{name: name, source: source, done: make(chan struct{})}
	m.video.setScreen(isScreen(source))
	go c.run(m)
	return c
}

// run copies each picture to who needs it; none of them can hold it up.
func (c *cameraPump) run(m *Media) {
	defer close(c.done)
	for {
		pic := m.preview.Writable()
		if err := c.source.Read(pic); err != nil {
			if !errors.Is(err, io.EOF) {
				m.cameraFailed(c, err)
				c.closeSource(m)
			}
			return
		}
		m.stats.captured()
		if rec := m.recorderNow(); rec != nil {
			rec.LocalPicture(pic)
		}
		m.video.offer(pic)
		m.preview.Put()
	}
}

func (c *cameraPump) closeSource(m *Media) {
	if err := c.source.Close(); err != nil {
		m.cfg.Log.Debug("closing the camera", "err", err)
	}
}

// close ends the source and waits for the goroutine.
func (c *cameraPump) close() {
	_ = c.source.Close() // Read then returns io.EOF; a failed close changes nothing for us
	<-c.done
}

// blank is the source of a camera that is off: black, twice a second, so that
// the other side shows black and not the last face.
type blank struct {
	once sync.Once
	stop chan struct{}
	next *time.Timer
}

const (
	blankWidth, blankHeight = 640, 360
	blankInterval           = 500 * time.Millisecond
)

func newBlank() *blank {
	return &blank{stop: make(chan struct{}), next: time.NewTimer(0)}
}

func (b *blank) Read(dst *Picture) error {
	select {
	case <-b.stop:
		return io.EOF
	case <-b.next.C:
	}
	b.next.Reset(blankInterval)
	dst.Resize(blankWidth, blankHeight)
	dst.Blacken()
	dst.At = time.Now()
	return nil
}

func (b *blank) Close() error {
	b.once.Do(func() { close(b.stop) })
	return nil
}
