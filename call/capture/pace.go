package capture

import (
	"io"
	"sync"
	"time"
)

// pace tells when the pictures of a source without a clock of its own are due:
// every 1/fps of a second from the first on, so that no error adds up.
type pace struct {
	fps   float64
	start time.Time // of the first wait
	tick  int64     // the last picture's place on the schedule
	timer *time.Timer

	done chan struct{}
	once sync.Once
}

func newPace(fps float64) *pace { return &pace{fps: fps, done: make(chan struct{})} }

// wait returns when the next picture is due, with its place on the schedule;
// places that a late caller missed are left out. After stop it returns io.EOF.
func (p *pace) wait() (int64, error) {
	now := time.Now()
	if p.timer == nil {
		p.start, p.timer = now, time.NewTimer(0)
	} else {
		late := int64(now.Sub(p.start).Seconds() * p.fps)
		p.tick = max(p.tick+1, late)
		due := time.Duration(float64(p.tick) / p.fps * float64(time.Second))
		p.timer.Reset(p.start.Add(due).Sub(now))
	}
	if p.stopped() {
		return 0, io.EOF
	}
	select {
	case <-p.done:
		return 0, io.EOF
	case <-p.timer.C:
		return p.tick, nil
	}
}

// stop ends a wait in progress and all later ones.
func (p *pace) stop() { p.once.Do(func() { close(p.done) }) }

func (p *pace) stopped() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}
