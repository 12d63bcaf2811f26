package audio

import (
	"sync"
	"time"

	"parley/call"
)

const (
	blockTime = 10 * time.Millisecond
	// After a pause longer than this (the machine slept) the blocks in between
	// are given up instead of made up in one go.
	giveUp = 500 * time.Millisecond
)

// synthetic is a device without hardware, clocked by the time since its start
// so that it does not drift.
type synthetic struct {
	engine *engine
	failed chan error

	mu      sync.Mutex
	started bool
	closing chan struct{}
	close   sync.Once
	done    sync.WaitGroup
}

func newSynthetic(e *engine) *synthetic {
	return &synthetic{engine: e, failed: make(chan error), closing: make(chan struct{})}
}

// Start implements call.SoundDevice.
func (d *synthetic) Start(process func(heard, play []int16)) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.started {
		return ErrStarted
	}
	d.started = true
	select {
	case <-d.closing:
		return call.ErrClosed
	default:
	}
	d.engine.process = process
	d.done.Go(d.run)
	return nil
}

func (d *synthetic) run() {
	due := time.Now()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-d.closing:
			return
		case <-timer.C:
		}
		now := time.Now()
		if now.Sub(due) > giveUp {
			due = now
		}
		for ; !due.After(now); due = due.Add(blockTime) {
			d.engine.step()
		}
		timer.Reset(time.Until(due))
	}
}

// Failed implements call.SoundDevice; a synthetic device never fails.
func (d *synthetic) Failed() <-chan error { return d.failed }

// Close implements call.SoundDevice.
func (d *synthetic) Close() error {
	d.close.Do(func() {
		d.mu.Lock()
		close(d.closing)
		d.mu.Unlock()
	})
	d.done.Wait()
	return nil
}
