package editui

import (
	"image"
	"sync"

	"fyne.io/fyne/v2/canvas"
)

// screen shows moving pictures that come from another goroutine: always the
// newest, never a queue. Of its three buffers one is Fyne's, one is ready, and
// one is being written; nothing is allocated for a picture.
type screen struct {
	image *canvas.Image
	hop   func(func())
	turn  func() // swap, made once

	mu      sync.Mutex
	buffers [3]*image.RGBA // Fyne's, ready, free
	fresh   bool           // ready has not been shown
	asked   bool           // a hop is on its way
}

func newScreen(hop func(func())) *screen {
	s := &screen{image: canvas.NewImageFromImage(nil), hop: hop}
	s.image.FillMode = canvas.ImageFillContain
	s.image.ScaleMode = canvas.ImageScaleFastest // any other scales each picture on the CPU
	s.turn = s.swap
	for i := range s.buffers {
		s.buffers[i] = image.NewRGBA(image.Rect(0, 0, 2, 2))
	}
	return s
}

// show takes a picture, which it copies.
func (s *screen) show(p *image.RGBA) {
	s.mu.Lock()
	to := s.buffers[2]
	if to.Rect != p.Rect {
		to = image.NewRGBA(p.Rect)
	}
	copy(to.Pix, p.Pix)
	s.buffers[1], s.buffers[2] = to, s.buffers[1]
	s.fresh = true
	ask := !s.asked
	s.asked = true
	s.mu.Unlock()
	if ask {
		s.hop(s.turn)
	}
}

// swap brings the newest picture to the screen; on Fyne's goroutine.
func (s *screen) swap() {
	s.mu.Lock()
	s.asked = false
	fresh := s.fresh
	if fresh {
		s.buffers[0], s.buffers[1], s.fresh = s.buffers[1], s.buffers[0], false
	}
	shown := s.buffers[0]
	s.mu.Unlock()
	if fresh {
		s.image.Image = shown
		s.image.Refresh()
	}
}
