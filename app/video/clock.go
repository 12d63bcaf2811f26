package video

import (
	"sync"
	"time"

	"parley/app/hop"
)

const (
	// leastGap lets pictures of 30 a second through however they jitter, and
	// every second one of 60: each repaints the whole window.
	leastGap = 20 * time.Millisecond
	// leadSilence is how long the leading tile must be still before the other
	// one's pictures are shown for themselves.
	leadSilence = 120 * time.Millisecond
	// paintPatience is how long a swapped picture may take to be painted; in a
	// tab that is not to be seen it never is.
	paintPatience = 250 * time.Millisecond
	// beat is the pace of OnBeat while no pictures come.
	beat = 100 * time.Millisecond
)

// Clock brings pictures from the slots of two tiles to the screen at one pace:
// that of the leading tile's pictures while it has any, so that the window is
// not painted twice for the two of them and no leading picture waits for the
// other tile's.
type Clock struct {
	lead, other *Tile
	onBeat      func()

	leadPut, otherPut chan struct{}
	swapped, painted  chan struct{}
	signal            *hop.Signal
	ready             [2]bool // prepared: lead, other

	gap, patience *time.Timer

	done chan struct{}
	once sync.Once
	wait sync.WaitGroup
}

// NewClock returns a clock for two tiles and takes over their slots' OnPut.
// onBeat is called on Fyne's goroutine about as often as pictures are shown,
// and ten times a second without any; it may be nil.
func NewClock(lead, other *Tile, onBeat func()) *Clock {
	c := &Clock{
		lead: lead, other: other, onBeat: onBeat,
		leadPut: make(chan struct{}, 1), otherPut: make(chan struct{}, 1),
		swapped: make(chan struct{}, 1), painted: make(chan struct{}, 2),
		gap: time.NewTimer(0), patience: time.NewTimer(0),
		done: make(chan struct{}),
	}
	c.signal = hop.NewSignal(c.swap)
	note := func() { offer(c.painted) }
	lead.onPaint, other.onPaint = note, note
	lead.slot.OnPut(func() { offer(c.leadPut) })
	other.slot.OnPut(func() { offer(c.otherPut) })
	c.wait.Go(c.run)
	return c
}

func offer(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Close ends the clock and waits; it is idempotent.
func (c *Clock) Close() error {
	c.once.Do(func() {
		c.lead.slot.OnPut(nil)
		c.other.slot.OnPut(nil)
		close(c.done)
	})
	c.wait.Wait()
	return nil
}

func (c *Clock) run() {
	pulse := time.NewTimer(beat)
	var leadAt, roundAt time.Time
	for {
		select {
		case <-c.done:
			return
		case <-c.leadPut:
			if c.lead.live.Load() {
				leadAt = time.Now()
			}
		case <-c.otherPut:
			if time.Since(leadAt) < leadSilence {
				continue // it is taken along with the next leading picture
			}
		case <-pulse.C:
		}
		if !c.sleep(leastGap - time.Since(roundAt)) {
			return
		}
		roundAt = time.Now()
		if !c.round() {
			return
		}
		pulse.Reset(beat)
	}
}

// sleep waits, and tells whether to go on.
func (c *Clock) sleep(d time.Duration) bool {
	if d <= 0 {
		return true
	}
	c.gap.Reset(d)
	select {
	case <-c.gap.C:
		return true
	case <-c.done:
		return false
	}
}

// round brings what is new to the screen, and tells whether to go on.
func (c *Clock) round() bool {
	c.ready = [2]bool{c.lead.prepare(), c.other.prepare()}
	if c.ready == [2]bool{} && c.onBeat == nil {
		return true
	}
	c.signal.Raise()
	select {
	case <-c.swapped: // a stuck window keeps us here, and the slots their newest
	case <-c.done:
		return false
	}
	return c.report()
}

// swap runs on Fyne's goroutine.
func (c *Clock) swap() {
	if c.ready[0] {
		c.lead.swap()
	}
	if c.ready[1] {
		c.other.swap()
	}
	if c.onBeat != nil {
		c.onBeat()
	}
	offer(c.swapped)
}

// report waits until what was swapped is painted, and tells so.
func (c *Clock) report() bool {
	waiting := c.ready
	c.patience.Reset(paintPatience)
	for {
		for i, t := range [2]*Tile{c.lead, c.other} {
			if waiting[i] && t.painted.Load() {
				waiting[i] = false
				t.report()
			}
		}
		if waiting == [2]bool{} {
			return true
		}
		select {
		case <-c.painted:
		case <-c.patience.C:
			return true
		case <-c.done:
			return false
		}
	}
}
