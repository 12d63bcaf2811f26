package play

import (
	"math"
	"sync"
	"time"
)

// stalled is how long a device may be silent before the clock stands still:
// its blocks come ten times as often.
const stalled = 100 * time.Millisecond

// output hands sound to the speaker and is the clock: what the device has
// taken tells what is heard now. Without a device time itself runs.
type output struct {
	mu      sync.Mutex
	tape    *tape
	rate    float64 // Hz
	running bool
	speed   float64
	gain    float64
	device  Speaker // nil: there is none

	at   float64   // the film's sample that comes next
	when time.Time // when it came to be the next
	ease float64   // gain that was reached, so that nothing clicks
	twin []int16   // for two samples in the place of one
}

// load has sound be taken from a tape at a rate in Hz. The clock stands.
func (o *output) load(t *tape, rate int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.tape, o.rate = t, float64(rate)
}

// start has the clock run from a sample on.
func (o *output) start(sample int64, speed float64, now time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.running, o.speed, o.at, o.when = true, speed, float64(sample), now
}

// stop has the clock stand, and returns the sample that is heard.
func (o *output) stop(now time.Time) float64 {
	o.mu.Lock()
	defer o.mu.Unlock()
	heard := o.heardLocked(now)
	o.running = false
	return heard
}

// heard is the film's sample that is heard now.
func (o *output) heard(now time.Time) float64 {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.heardLocked(now)
}

func (o *output) heardLocked(now time.Time) float64 {
	if !o.running {
		return o.at
	}
	since := now.Sub(o.when)
	if o.device != nil {
		since = min(since, stalled) - o.device.Latency()
	}
	return o.at + since.Seconds()*o.rate*o.speed
}

// use has a device be the clock from now on, or none.
func (o *output) use(s Speaker, now time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	heard := o.heardLocked(now)
	o.device = s
	if o.running {
		o.at, o.when = heard, now
	}
}

func (o *output) volume(gain float64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.gain = gain
}

// audible says whether sound is heard at a speed: at most at the double one,
// as from a tape that runs fast.
func audible(speed float64) bool { return speed == 1 || speed == 2 }

// fill is called by the device.
func (o *output) fill(pairs []int16) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.running || o.device == nil {
		clear(pairs)
		o.ease = 0
		return
	}
	n := int64(len(pairs) / 2)
	at := int64(math.Round(o.at))
	switch o.speed {
	case 1:
		o.tape.read(pairs, at)
	case 2:
		o.fast(pairs, at)
	default:
		clear(pairs)
	}
	o.turn(pairs)
	o.at += float64(n) * o.speed
	o.when = time.Now()
}

// fast takes two samples for one.
func (o *output) fast(pairs []int16, at int64) {
	if len(o.twin) < 2*len(pairs) {
		o.twin = make([]int16, 2*len(pairs))
	}
	twin := o.twin[:2*len(pairs)]
	o.tape.read(twin, at)
	for i := 0; i < len(pairs); i += 2 {
		pairs[i] = int16((int(twin[2*i]) + int(twin[2*i+2])) / 2)
		pairs[i+1] = int16((int(twin[2*i+1]) + int(twin[2*i+3])) / 2)
	}
}

// easing is how much the gain may change from one sample to the next: all of
// it in 5 ms.
const easing = 1.0 / 240

// turn makes pairs as loud as they are to be.
func (o *output) turn(pairs []int16) {
	for i := 0; i < len(pairs); i += 2 {
		o.ease += max(-easing, min(easing, o.gain-o.ease))
		pairs[i] = int16(float64(pairs[i]) * o.ease)
		pairs[i+1] = int16(float64(pairs[i+1]) * o.ease)
	}
}
