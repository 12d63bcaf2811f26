package video

import (
	"slices"
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

// Clock brings pictures from the slots of several tiles to the screen at one
// pace: that of the leading tile's pictures while it has any, so that the window
// is not painted once for each of them and no leading picture waits for the
// other tiles'.
type Clock struct {
	tiles  []*Tile // the leading one first
	onBeat func()

	leadPut, otherPut chan struct{}
	swapped, painted  chan struct{}
	signal            *hop.Signal
	ready, waiting    []bool // by tile: prepared, and to be painted

	gap, patience *time.Timer

	done chan struct{}
	once sync.Once
	wait sync.WaitGroup
}

// NewClock returns a clock for tiles and takes over their slots' OnPut.
// onBeat is called on Fyne's goroutine about as often as pictures are shown,
// and ten times a second without any; it may be nil.
func NewClock(onBeat func(), lead *Tile, others ...*Tile) *Clock {
	c := &Clock{
		tiles: append([]*Tile{lead}, others...), onBeat: onBeat,
		leadPut: make(chan struct{}, 1), otherPut: make(chan struct{}, 1),
		swapped: make(chan struct{}, 1), painted: make(chan struct{}, 1+len(others)),
		gap: time.NewTimer(0), patience: time.NewTimer(0),
		done: make(chan struct{}),
	}
	c.ready, c.waiting = make([]bool, len(c.tiles)), make([]bool, len(c.tiles))
	c.signal = hop.NewSignal(c.swap)
	for i, t := range c.tiles {
		put := c.otherPut
		if i == 0 {
			put = c.leadPut
		}
		t.onPaint = func() { offer(c.painted) }
		t.slot.OnPut(func() { offer(put) })
	}
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
		for _, t := range c.tiles {
			t.slot.OnPut(nil)
		}
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
			if c.tiles[0].live.Load() {
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
	for i, t := range c.tiles {
		c.ready[i] = t.prepare()
	}
	if !slices.Contains(c.ready, true) && c.onBeat == nil {
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
	for i, t := range c.tiles {
		if c.ready[i] {
			t.swap()
		}
	}
	if c.onBeat != nil {
		c.onBeat()
	}
	offer(c.swapped)
}

// report waits until what was swapped is painted, and tells so.
func (c *Clock) report() bool {
	copy(c.waiting, c.ready)
	c.patience.Reset(paintPatience)
	for {
		for i, t := range c.tiles {
			if c.waiting[i] && t.painted.Load() {
				c.waiting[i] = false
				t.report()
			}
		}
		if !slices.Contains(c.waiting, true) {
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
