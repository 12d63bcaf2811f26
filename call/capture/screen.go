package capture

import (
	"errors"
	"fmt"
	"image"
	"io"
	"sync"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/randr"
	"github.com/jezek/xgb/xfixes"
	"github.com/jezek/xgb/xproto"

	"parley/call"
)

// The pictures a second that are taken of a screen, at least and at most.
const (
	slowestScreen = 5
	fastestScreen = 30
)

// changeBorne is how long a screen may be away while monitors are switched.
const changeBorne = 5 * time.Second

// screen is an open screen. It owns no goroutine but those of its connection;
// pictures are taken in Read, in the screen's own size, which may change.
type screen struct {
	number int // from 1
	pace   *pace

	mu      sync.Mutex // held while the display is in use
	closed  bool
	display *display
	grabber grabber
	pointer pointer
	area    image.Rectangle
	stale   bool // the display has changed
	failing time.Time

	once     sync.Once
	closeErr error
}

// openScreen opens a screen by its number.
func openScreen(number int, want call.VideoFormat) (*screen, error) {
	d, err := openScreens()
	if err != nil {
		return nil, err
	}
	s := &screen{
		number: number, display: d, stale: true,
		pace:    newPace(min(max(want.FrameRate, slowestScreen), fastestScreen)),
		grabber: grabber{display: d},
		pointer: pointer{display: d},
	}
	if err := errors.Join(d.watch(), s.pointer.watch()); err != nil {
		return nil, errors.Join(screenError(number, err), s.Close())
	}
	if err := s.look(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// IsScreen satisfies call.ScreenSource.
func (s *screen) IsScreen() bool { return true }

// Read waits until the next picture is due and takes it. It returns io.EOF
// after Close, and an error that wraps ErrGone when the screen went away.
func (s *screen) Read(dst *call.Picture) error {
	for {
		if _, err := s.pace.wait(); err != nil {
			return err
		}
		err := s.take(dst)
		if err == nil || errors.Is(err, io.EOF) || errors.Is(err, ErrGone) {
			return err
		}
	}
}

// take takes a picture. An error without a kind may pass: monitors change in
// several steps, and between two of them a picture can be refused.
func (s *screen) take(dst *call.Picture) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return io.EOF
	}
	err := s.grab(dst)
	switch {
	case err == nil:
		s.failing = time.Time{}
		return nil
	case isXError(err) || errors.Is(err, ErrNoScreen):
		s.stale = true
	default:
		return screenGone(s.number, err)
	}
	if s.failing.IsZero() {
		s.failing = time.Now()
	}
	if time.Since(s.failing) > changeBorne {
		return screenGone(s.number, err)
	}
	return err
}

func (s *screen) grab(dst *call.Picture) error {
	s.hear()
	if s.stale {
		if err := s.look(); err != nil {
			return err
		}
	}
	at := time.Now()
	asked := s.pointer.ask()
	img, err := s.grabber.grab(s.area)
	if err != nil {
		return err
	}
	if err := s.pointer.draw(asked, img, s.area); err != nil {
		return err
	}
	convertPixels(dst, img)
	dst.At = at
	return nil
}

// hear takes what the server told since the last picture.
func (s *screen) hear() {
	for {
		event, err := s.display.conn.PollForEvent()
		switch event.(type) {
		case nil:
			if err == nil {
				return
			}
		case xfixes.CursorNotifyEvent:
			s.pointer.stale = true
		case xproto.ConfigureNotifyEvent, randr.ScreenChangeNotifyEvent, randr.NotifyEvent:
			s.stale = true
		}
	}
}

// look finds out where the screen is now.
func (s *screen) look() error {
	there, err := s.display.monitors()
	if err != nil {
		return err
	}
	if s.number < 1 || s.number > len(there) {
		return noScreen(s.number, len(there))
	}
	s.area, s.stale = there[s.number-1].area, false
	return nil
}

// Close wakes Read and gives the display back; it waits for a picture that is
// being taken.
func (s *screen) Close() error {
	s.once.Do(func() {
		s.pace.stop()
		s.mu.Lock()
		defer s.mu.Unlock()
		s.closed = true
		s.closeErr = s.grabber.free()
		s.display.close()
	})
	return s.closeErr
}

// isXError tells a request that the server refused from a connection that is
// gone.
func isXError(err error) bool {
	_, refused := errors.AsType[xgb.Error](err)
	return refused
}

// listScreens returns the screens of this display: none without one, or where
// it cannot be shared.
func listScreens() []call.DeviceInfo {
	d, err := openScreens()
	if err != nil {
		return nil
	}
	defer d.close()
	there, err := d.monitors()
	if err != nil {
		return nil
	}
	infos := make([]call.DeviceInfo, len(there))
	for i, m := range there {
		infos[i] = call.DeviceInfo{
			Kind:    call.Screen,
			Name:    fmt.Sprintf("Screen %d (%dx%d)", i+1, m.area.Dx(), m.area.Dy()),
			ID:      fmt.Sprintf("%s%d", screenPrefix, i+1),
			Default: m.primary,
		}
	}
	return infos
}
