package call

import (
	"math"
	"sync/atomic"
)

// level holds the newest peak of a sound, read by another goroutine.
type level struct {
	bits   atomic.Uint64
	window [10]int16 // of the last 10 blocks, 100 ms
	at     int
}

// add measures a block. Only one goroutine may call it.
func (l *level) add(block []int16) {
	var top int16
	for _, s := range block {
		if s < 0 {
			s = -max(s, -math.MaxInt16)
		}
		top = max(top, s)
	}
	l.window[l.at] = top
	l.at = (l.at + 1) % len(l.window)
	for _, p := range l.window {
		top = max(top, p)
	}
	l.bits.Store(math.Float64bits(float64(top) / math.MaxInt16))
}

func (l *level) peak() float64 { return math.Float64frombits(l.bits.Load()) }
