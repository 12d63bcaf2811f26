package editui

import (
	"image"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2/canvas"
)

// screen shows moving pictures that come from another goroutine: always the
// newest, never a queue. Of its three buffers one is Fyne's, one is ready, and
// one is being written; nothing is allocated for a picture.
//
// Over the picture lies a pixel that is transparent: the painter asks for its
// content after it has drawn the picture, which tells when that is seen.
type screen struct {
	image *canvas.Image
	hook  *canvas.Raster
	hop   func(func())
	turn  func() // swap, made once

	mu      sync.Mutex
	buffers [3]*image.RGBA // Fyne's, ready, free
	fresh   bool           // ready has not been shown
	asked   bool           // a hop is on its way
	came    [2]time.Time   // when the pictures of the first two buffers were handed over
	unseen  bool           // Fyne's has not been painted yet

	delay atomic.Int64 // nanoseconds
}

func newScreen(hop func(func())) *screen {
	s := &screen{image: canvas.NewImageFromImage(nil), hop: hop}
	s.image.FillMode = canvas.ImageFillContain
	s.image.ScaleMode = canvas.ImageScaleFastest // any other scales each picture on the CPU
	s.turn = s.swap
	dot := image.NewRGBA(image.Rect(0, 0, 1, 1))
	s.hook = canvas.NewRaster(func(int, int) image.Image {
		s.seen()
		return dot
	})
	for i := range s.buffers {
		s.buffers[i] = image.NewRGBA(image.Rect(0, 0, 2, 2))
	}
	return s
}

// Show satisfies Screen.
func (s *screen) Show(p *image.RGBA) {
	s.mu.Lock()
	to := s.buffers[2]
	if to.Rect != p.Rect {
		to = image.NewRGBA(p.Rect)
	}
	copy(to.Pix, p.Pix)
	s.buffers[1], s.buffers[2] = to, s.buffers[1]
	s.fresh, s.came[1] = true, time.Now()
	ask := !s.asked
	s.asked = true
	s.mu.Unlock()
	if ask {
		s.hop(s.turn)
	}
}

// swap brings the newest picture to the screen; on Fyne's goroutine.
func (s *screen) swap() {
	if shown, fresh := s.take(); fresh {
		s.image.Image = shown
		s.image.Refresh()
		s.hook.Refresh()
	}
}

// take makes the newest picture Fyne's, and tells whether it is another.
func (s *screen) take() (shown *image.RGBA, fresh bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked, fresh = false, s.fresh
	if fresh {
		s.buffers[0], s.buffers[1], s.fresh = s.buffers[1], s.buffers[0], false
		s.came[0], s.unseen = s.came[1], true
	}
	return s.buffers[0], fresh
}

// seen notes that the picture has been painted.
func (s *screen) seen() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.unseen {
		s.unseen = false
		before := s.delay.Load()
		s.delay.Store(before + (int64(time.Since(s.came[0]))-before)/8)
	}
}

// Delay satisfies Screen: the mean over the last pictures.
func (s *screen) Delay() time.Duration { return time.Duration(s.delay.Load()) }
