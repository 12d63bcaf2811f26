package call

import (
	"errors"
	"fmt"
	"io"
	"sync"
	"time"
)

// screenRate is the pictures a second that are taken of a screen.
const screenRate = 15

// sharing is the screen that is shown beside the camera. Its lock is held
// while a screen opens and closes.
type sharing struct {
	sender *videoSender
	mu     sync.Mutex
	pump   *screenPump // nil: nothing is shared
	closed bool
}

// screenPump reads a screen into its sender. It owns the source and one
// goroutine.
type screenPump struct {
	name   string
	source VideoSource
	done   chan struct{}
}

// ShareScreen shows a screen (or whatever else Devices opens by that name)
// beside the camera, from now on or from the next call on, in the place of the
// one before; DeviceOff ends that.
func (m *Media) ShareScreen(name string) error {
	defer m.tellSide()
	s := &m.sharing
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrClosed
	}
	if name == DeviceOff {
		m.endShare()
		return nil
	}
	format := m.cfg.Format
	format.FrameRate = screenRate
	source, err := m.cfg.Devices.OpenVideo(name, format)
	if err != nil {
		return err
	}
	m.endShare()
	s.pump = &screenPump{name: name, source: source, done: make(chan struct{})}
	go s.pump.run(m)
	m.rates.share(true)
	return nil
}

// Sharing is the name of the screen that is shared, or "".
func (m *Media) Sharing() string {
	m.sharing.mu.Lock()
	defer m.sharing.mu.Unlock()
	if m.sharing.pump == nil {
		return ""
	}
	return m.sharing.pump.name
}

// endShare lets go of the screen, and says so to the other side. m.sharing.mu
// is held.
func (m *Media) endShare() {
	s := &m.sharing
	if s.pump == nil {
		return
	}
	_ = s.pump.source.Close() // Read then returns io.EOF; a failed close changes nothing for us
	<-s.pump.done
	s.pump = nil
	last := s.sender.slot.Writable()
	last.Resize(screenEnd, screenEnd)
	last.Blacken()
	last.At = time.Now()
	s.sender.put()
	m.rates.share(false)
}

// run reads until the source is closed or dies.
func (p *screenPump) run(m *Media) {
	err := p.read(m)
	close(p.done)
	if err != nil {
		m.screenFailed(p, err)
	}
}

func (p *screenPump) read(m *Media) error {
	for {
		pic := m.sharing.sender.slot.Writable()
		if err := p.source.Read(pic); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if rec, ok := m.recorderNow().(ScreenRecorder); ok {
			rec.LocalScreen(pic)
		}
		m.sharing.sender.put()
	}
}

// screenFailed ends the sharing of a screen that died.
func (m *Media) screenFailed(p *screenPump, err error) {
	m.sharing.mu.Lock()
	mine := m.sharing.pump == p
	if mine {
		m.endShare()
	}
	m.sharing.mu.Unlock()
	if mine {
		m.tellSide()
		m.cfg.Log.Warn("the shared screen failed", "screen", p.name, "err", err)
		m.cfg.Notify(MediaEvent{Screen, fmt.Sprintf("The screen is no longer shared (%v); share it again or choose another.", err), err})
	}
}

// closeSharing ends the sharing for good.
func (m *Media) closeSharing() {
	m.sharing.mu.Lock()
	m.sharing.closed = true
	m.endShare()
	m.sharing.mu.Unlock()
	m.sharing.sender.close()
}

// SendScreen implements ScreenMedia.
func (m *Media) SendScreen(out VideoOut) { m.sharing.sender.attach(out) }

// ScreenKeyFrameWanted implements ScreenMedia.
func (m *Media) ScreenKeyFrameWanted() { m.sharing.sender.forceKeyFrame() }

// ReceiveScreen implements ScreenMedia.
func (m *Media) ReceiveScreen(in VideoIn) {
	defer m.screenWatch.gone()
	m.screenReceiver.receive(in)
}

// RemoteScreen holds the newest picture of the screen that the other side
// shares.
func (m *Media) RemoteScreen() *Slot { return m.remoteScreen }

// OnRemoteScreen has f called, from any goroutine, when the other side begins
// to share a screen and when that is over; f must not block. A nil f stops
// that.
func (m *Media) OnRemoteScreen(f func(shown bool)) { m.screenWatch.onChange(f) }

// newScreenReceiver receives their screen, whose pictures wait for nothing.
func (m *Media) newScreenReceiver() videoReceiver {
	return videoReceiver{
		cfg: m.cfg, slot: m.remoteScreen, stats: &m.stats.screen, keep: m.keepScreen,
		take: m.takeScreen, begin: func() {}, due: func(_ uint32, now time.Time) time.Time { return now },
	}
}

// keepScreen hands an access unit of their screen to a recorder that takes it.
func (m *Media) keepScreen(codec string, f EncodedFrame) bool {
	wanted := m.screenKeys.came(f)
	if rec, ok := m.recorderNow().(ScreenRecorder); ok {
		rec.RemoteScreen(codec, f)
	}
	return wanted
}

// takeScreen leaves out the picture that ends the sharing.
func (m *Media) takeScreen(pic *Picture) bool {
	if pic.endsScreen() {
		m.screenWatch.gone()
		return false
	}
	m.screenWatch.seen()
	return true
}
