package play

import (
	"context"
	"math"
	"sync"
)

// shelfBytes bounds the memory of the pictures that are kept.
const shelfBytes = 64 << 20

// shelf holds the pictures around the playhead, by the film's frames. Legs put
// them there and are held up when they come to a frame beyond the window.
type shelf struct {
	mu     sync.Mutex
	moved  *sync.Cond
	frames map[int64]*picture
	free   []*picture
	w, h   int
	made   int // pictures that there are, on the shelf or not
	most   int
	lo, hi int64  // the window, hi excluded
	news   func() // called when a picture came; it does not block
}

func newShelf(news func()) *shelf {
	s := &shelf{frames: map[int64]*picture{}, news: news}
	s.moved = sync.NewCond(&s.mu)
	return s
}

// resize empties the shelf for pictures of a size, and returns how many it
// will hold.
func (s *shelf) resize(w, h int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if w == s.w && h == s.h {
		return
	}
	s.w, s.h, s.made = w, h, 0
	s.free = nil
	clear(s.frames)
	s.most = min(max(shelfBytes/(4*w*h), leastKept), mostKept)
}

// Bounds of how many pictures are kept.
const (
	leastKept = 16
	mostKept  = 120
)

// capacity is how many pictures the window may hold: a few more exist, which
// are being written.
func (s *shelf) capacity() int64 { return int64(s.most - maxLegs) }

// move sets the window.
func (s *shelf) move(lo, hi int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lo != lo || s.hi != hi {
		s.lo, s.hi = lo, hi
		s.moved.Broadcast()
	}
}

// wake has those who wait look whether their context has ended.
func (s *shelf) wake() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.moved.Broadcast()
}

// claim waits until a frame is within the window or before it, unless it is
// urgent, and returns memory for it; nil where the context has ended. A frame
// before the window is late, and is to be dropped.
func (s *shelf) claim(ctx context.Context, frame int64, urgent bool) (p *picture, late bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for ctx.Err() == nil && frame >= s.hi && !urgent {
		s.moved.Wait()
	}
	if ctx.Err() != nil {
		return nil, false
	}
	return s.take(), frame < s.lo && !urgent
}

// take is a picture that nobody needs: a free one, a new one, or the one that
// is farthest from the window.
func (s *shelf) take() *picture {
	if n := len(s.free); n > 0 {
		p := s.free[n-1]
		s.free = s.free[:n-1]
		return p
	}
	if s.made < s.most {
		s.made++
		return newPicture(s.w, s.h)
	}
	farthest, most := int64(0), int64(math.MinInt64)
	for f := range s.frames {
		if d := max(s.lo-f, f-s.hi+1); d > most {
			farthest, most = f, d
		}
	}
	p := s.frames[farthest]
	delete(s.frames, farthest)
	return p
}

// put keeps a claimed picture as a frame; give gives it back.
func (s *shelf) put(ctx context.Context, frame int64, p *picture) {
	s.mu.Lock()
	if ctx.Err() != nil || p.Rect.Dx() != s.w || p.Rect.Dy() != s.h {
		s.giveLocked(p)
		s.mu.Unlock()
		return
	}
	if old := s.frames[frame]; old != nil {
		s.giveLocked(old)
	}
	s.frames[frame] = p
	s.mu.Unlock()
	s.news()
}

func (s *shelf) give(p *picture) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.giveLocked(p)
}

func (s *shelf) giveLocked(p *picture) {
	if p.Rect.Dx() == s.w && p.Rect.Dy() == s.h {
		s.free = append(s.free, p)
	}
}

// has says whether a frame is there.
func (s *shelf) has(frame int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.frames[frame] != nil
}

// missing is the first frame from one on to before another that is not there
// and not given up.
func (s *shelf) missing(from, to int64, gone func(int64) bool) (int64, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for f := from; f < to; f++ {
		if s.frames[f] == nil && !gone(f) {
			return f, true
		}
	}
	return 0, false
}

// lastMissing is as missing, from the last frame backwards.
func (s *shelf) lastMissing(from, to int64, gone func(int64) bool) (int64, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for f := to - 1; f >= from; f-- {
		if s.frames[f] == nil && !gone(f) {
			return f, true
		}
	}
	return 0, false
}

// show calls f with the first frame that is there from wanted on, in steps of
// by, and before until. The picture is f's during the call. It tells which one
// it was.
func (s *shelf) show(wanted, until, by int64, f func(*picture, int64)) (int64, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for frame := wanted; by > 0 && frame < until || by < 0 && frame > until; frame += by {
		if p := s.frames[frame]; p != nil {
			f(p, frame)
			return frame, true
		}
	}
	return 0, false
}

// nearest is the frame that is there and nearest to one, if it is nearer than
// within frames.
func (s *shelf) nearest(to, within int64) (int64, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	best, found := int64(0), false
	for f := range s.frames {
		if d := max(f-to, to-f); d < within {
			best, within, found = f, d, true
		}
	}
	return best, found
}

// keep drops the frames that the film shows no longer.
func (s *shelf) keep(still func(frame int64, at place) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for frame, p := range s.frames {
		if !still(frame, p.place) {
			s.giveLocked(p)
			delete(s.frames, frame)
		}
	}
}
