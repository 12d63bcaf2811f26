package audio

import (
	"errors"
	"sync/atomic"
	"time"
)

const (
	// A device that was pulled out may just fall silent: without a callback
	// for so many pulses it counts as dead.
	deadAfter = 4 // pulses
	pulse     = 500 * time.Millisecond
)

var (
	errStopped = errors.New("it was stopped by the sound system")
	errStalled = errors.New("it gives no sound any more")
)

// watch tells, once, that a device has stopped calling, until closing is closed.
func watch(beats *atomic.Uint64, closing <-chan struct{}, stalled func()) {
	ticker := time.NewTicker(pulse)
	defer ticker.Stop()
	var last uint64
	for silent := 0; ; {
		select {
		case <-closing:
			return
		case <-ticker.C:
		}
		if now := beats.Load(); now != last {
			last, silent = now, 0
		} else if silent++; silent == deadAfter {
			stalled()
		}
	}
}
