package congestion

import "time"

// delay tells the path's queue from the rest of the way. Clocks of the two
// sides differ by an unknown offset, so all is relative to the shortest way
// of the last half minute. Jitter makes packets late, never early: the least
// late of a short window is what the queue does to all of them.
type delay struct {
	slots  [delaySlots]delaySlot // by time of sending
	newest int64

	base    [baseBuckets]time.Duration // shortest way in each bucket of time
	bucket  int64
	raised  time.Duration // of the base that is not ours to drain
	begun   bool
	noise   time.Duration // mean spread of the ways within a noise window
	noiseAt int64
	low     time.Duration // extremes of the present noise window
	high    time.Duration
	count   int

	last [3]time.Duration // ways
	turn int
}

type delaySlot struct {
	n     int64
	least time.Duration
	count int
}

const (
	delaySlots   = 64
	baseBuckets  = 6
	bucketLength = 5 * time.Second
	noiseWindow  = 200 * time.Millisecond
	noiseWeight  = 0.05                   // of a window's spread: settles in about 4 s
	noiseMost    = 250 * time.Millisecond // a collapse of the path is no noise
)

// add takes the way of one packet: arrival on their clock less departure on
// ours. All is in order of arrival: when a path collapses, packets sent within
// a moment arrive over a second.
func (d *delay) add(came, way time.Duration) {
	if !d.begun || int64(came/bucketLength)-d.bucket > baseBuckets {
		d.reset(came, way)
	}
	d.addBase(came, way)
	d.addNoise(came, way)
	d.last[d.turn%len(d.last)] = way
	d.turn++
	n := slotOf(came)
	if n <= d.newest-delaySlots {
		return
	}
	d.newest = max(d.newest, n)
	s := &d.slots[n&(delaySlots-1)]
	if s.n != n || s.count == 0 {
		*s = delaySlot{n: n, least: way}
	}
	s.least = min(s.least, way)
	s.count++
}

func (d *delay) reset(came, way time.Duration) {
	*d = delay{begun: true, newest: slotOf(came), bucket: int64(came / bucketLength), noiseAt: int64(came / noiseWindow)}
	for i := range d.base {
		d.base[i] = way
	}
}

func (d *delay) addBase(came, way time.Duration) {
	for b := int64(came / bucketLength); d.bucket < b; {
		d.bucket++
		d.base[d.bucket%baseBuckets] = way
	}
	if b := &d.base[d.bucket%baseBuckets]; way < *b {
		*b = way
	}
	if way < d.shortest() {
		d.raised = 0
	}
}

func (d *delay) addNoise(came, way time.Duration) {
	if n := int64(came / noiseWindow); n > d.noiseAt {
		if d.count > 2 {
			spread := min(d.high-d.low, noiseMost)
			d.noise += time.Duration(float64(spread-d.noise) * noiseWeight)
		}
		d.noiseAt, d.low, d.high, d.count = n, way, way, 0
	}
	d.low, d.high, d.count = min(d.low, way), max(d.high, way), d.count+1
}

func (d *delay) shortest() time.Duration {
	least := d.base[0]
	for _, b := range d.base[1:] {
		least = min(least, b)
	}
	return least
}

// window is how far back the queue is looked for: past a picture's own burst,
// and further where packets come at random times.
func (d *delay) window() time.Duration {
	return min(50*time.Millisecond+d.noise*2, 400*time.Millisecond)
}

// threshold is the queue that is too much.
func (d *delay) threshold() time.Duration { return 25*time.Millisecond + d.noise*4/10 }

// wild says that packets come at such random times that little can be told of
// a queue: in order, each waits for the slowest before it, and what looks like a
// queue comes and goes by itself.
func (d *delay) wild() bool { return d.noise > wildNoise }

// wildNoise is more than a thin link's own pictures make.
const wildNoise = 60 * time.Millisecond

// enough packets tell of a queue; more are needed where they come at random.
func (d *delay) enough() int { return 3 + int(d.noise/(20*time.Millisecond)) }

// queue is the least delay of the packets that came last, over the shortest way.
func (d *delay) queue() time.Duration {
	if !d.begun {
		return 0
	}
	span, enough := int64(d.window()/slotLength), d.enough()
	least, count := time.Duration(1<<62), 0
	for n := d.newest; n > d.newest-delaySlots; n-- {
		if n <= d.newest-span && count >= enough {
			break
		}
		if s := &d.slots[n&(delaySlots-1)]; s.n == n && s.count > 0 {
			least, count = min(least, s.least), count+s.count
		}
	}
	base := d.shortest() + d.raised
	if sudden := min(d.last[0], d.last[1], d.last[2]) - base; d.turn >= len(d.last) && sudden > suddenQueue+d.noise {
		return sudden // a path that collapses does not wait for the window
	}
	if least < base { // what was others' queue is gone
		d.raised, base = max(0, least-d.shortest()), least
	}
	return least - base
}

// suddenQueue is more than a picture's own burst makes.
const suddenQueue = 80 * time.Millisecond

// raise says that so much of the queue is not ours to drain: others keep it
// full, or the way has become longer.
func (d *delay) raise(by time.Duration) { d.raised += max(0, by) }
