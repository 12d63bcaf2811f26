package codec

import (
	"math"
	"sync/atomic"
)

// Controls carries wishes to an encoder. Any goroutine may set them without
// waiting; the encoding goroutine picks them up before its next picture, so
// that no lock is ever held across an Encode. The zero value asks for nothing.
type Controls struct {
	key       atomic.Bool
	bitRate   atomic.Int64
	frameRate atomic.Uint64 // float bits; 0 when there is no new wish
}

// ForceKeyFrame asks for a key frame.
func (c *Controls) ForceKeyFrame() { c.key.Store(true) }

// TakeKeyFrame says whether a key frame was asked for since it last did.
func (c *Controls) TakeKeyFrame() bool { return c.key.Swap(false) }

// SetBitRate asks for a target in bit/s; what is not positive is ignored.
func (c *Controls) SetBitRate(bps int) {
	if bps > 0 {
		c.bitRate.Store(int64(bps))
	}
}

// BitRate is the last target that was asked for in bit/s, 0 before the first.
func (c *Controls) BitRate() int { return int(c.bitRate.Load()) }

// SetFrameRate tells what rate to expect in pictures a second; what is not
// positive and finite is ignored.
func (c *Controls) SetFrameRate(fps float64) {
	if fps > 0 && !math.IsInf(fps, 1) {
		c.frameRate.Store(math.Float64bits(fps))
	}
}

// TakeFrameRate returns a rate that was told since it last did.
func (c *Controls) TakeFrameRate() (fps float64, ok bool) {
	bits := c.frameRate.Swap(0)
	return math.Float64frombits(bits), bits != 0
}
