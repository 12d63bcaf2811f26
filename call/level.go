package call

import (
	"math"
	"sync/atomic"
)

// level holds the newest peak of what is sent, read by another goroutine.
type level struct {
	bits   atomic.Uint64
	window [10]int16 // of the last 10 blocks, 100 ms
	at     int
}

// add measures a block. Only one goroutine may call it.
func (l *level) add(block []int16) {
	l.window[l.at] = loudest(block)
	l.at = (l.at + 1) % len(l.window)
	var top int16
	for _, p := range l.window {
		top = max(top, p)
	}
	l.bits.Store(math.Float64bits(float64(top) / math.MaxInt16))
}

func (l *level) peak() float64 { return math.Float64frombits(l.bits.Load()) }

// loudest is a block's peak, without its sign.
func loudest(block []int16) (top int16) {
	for _, s := range block {
		if s < 0 {
			s = -max(s, -math.MaxInt16)
		}
		top = max(top, s)
	}
	return top
}
