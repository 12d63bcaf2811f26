package call

import (
	"sync"
	"time"
)

// mostPause is the pause between two blocks that a busy machine makes; after a
// longer one no device ran.
const mostPause = 3 * 10 * time.Millisecond

// soundTurn says which of two devices that run at the same time is the call's:
// the newer one, from its first block on.
type soundTurn struct {
	mu    sync.Mutex // held for a block at most
	now   int        // number of the device whose turn it is
	last  time.Time  // its newest block
	taken chan struct{}
	await int // the number whose first block closes taken
}

// relieved is closed at the first block of a device with that number.
func (t *soundTurn) relieved(number int) <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	taken := make(chan struct{})
	if t.now >= number {
		close(taken)
		return taken
	}
	if t.taken != nil {
		close(t.taken) // the device between never gave a sound
	}
	t.taken, t.await = taken, number
	return taken
}

// callback is what a device calls every 10 ms. A device that was relieved plays
// silence until it is closed.
func (s *soundPath) callback(number int, pair soundPair) func(heard, play []int16) {
	return func(heard, play []int16) {
		s.turn.mu.Lock()
		defer s.turn.mu.Unlock()
		if number < s.turn.now {
			clear(play)
			return
		}
		now := time.Now()
		if number > s.turn.now {
			s.takeTurn(number, pair, now)
		}
		s.turn.last = now
		s.process(heard, play)
	}
}

// takeTurn counts the time without a device, so that sound stays with the
// picture. s.turn.mu is held.
func (s *soundPath) takeTurn(number int, pair soundPair, now time.Time) {
	t := &s.turn
	t.now = number
	s.raw.Store(!isHardware(pair.microphone))
	if t.taken != nil && number >= t.await {
		close(t.taken)
		t.taken = nil
	}
	pause := now.Sub(t.last)
	if t.last.IsZero() || pause < mostPause {
		return
	}
	s.position += uint32(pause.Milliseconds()) * (SampleRate / 1000)
	if s.filled != nil {
		s.filled.n = 0
	}
}
