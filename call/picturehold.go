package call

import (
	"sync"
	"time"
)

// mostHeld bounds the pictures that wait for their sound: 200 ms at 30 a second.
const mostHeld = 6

// pictureHold stands before a slot and keeps decoded pictures back until their
// moment, in order. It never grows: where it is full the oldest is shown early.
// Pictures change places with the slot's; nothing is copied. One goroutine
// writes and puts.
type pictureHold struct {
	slot *Slot

	mu     sync.Mutex
	write  *Picture
	held   []heldPicture // oldest first
	spare  []*Picture
	timer  *time.Timer
	closed bool
}

type heldPicture struct {
	pic *Picture
	due time.Time
}

func newPictureHold(slot *Slot) *pictureHold {
	h := &pictureHold{slot: slot, write: &Picture{}}
	h.timer = time.AfterFunc(time.Hour, h.release)
	h.timer.Stop()
	return h
}

// writable returns the picture to fill before put.
func (h *pictureHold) writable() *Picture { return h.write }

// put offers what was written, from its moment on. One that is due earlier
// than the one before it is not shown before it.
func (h *pictureHold) put(due, now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return
	}
	if len(h.held) == mostHeld {
		h.show()
	}
	h.held = append(h.held, heldPicture{h.write, due})
	h.write = h.free()
	h.showDue(now)
}

func (h *pictureHold) free() *Picture {
	if n := len(h.spare); n > 0 {
		pic := h.spare[n-1]
		h.spare = h.spare[:n-1]
		return pic
	}
	return &Picture{}
}

// release is the timer's.
func (h *pictureHold) release() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.closed {
		h.showDue(time.Now())
	}
}

// showDue shows what is due, and sees to the next. h.mu is held.
func (h *pictureHold) showDue(now time.Time) {
	for len(h.held) > 0 && !h.held[0].due.After(now) {
		h.show()
	}
	if len(h.held) > 0 {
		h.timer.Reset(h.held[0].due.Sub(now))
	}
}

// show puts the oldest picture into the slot. h.mu is held.
func (h *pictureHold) show() {
	pic := h.held[0].pic
	n := copy(h.held, h.held[1:])
	h.held = h.held[:n]
	to := h.slot.Writable()
	*to, *pic = *pic, *to
	h.slot.Put()
	h.spare = append(h.spare, pic)
}

// close shows no more.
func (h *pictureHold) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	h.timer.Stop()
}
