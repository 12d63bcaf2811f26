package playout

import "slices"

const (
	window    = 400 // packets: 8 s in packets of 20 ms
	unplanned = 33  // one packet in so many may come too late: the 97th percentile
	safety    = 5 * millisecond
)

// target finds how far behind the arriving packets to play.
//
// It keeps, for the packets of the last seconds, how far their RTP time was
// ahead of the device's clock when they came. In a steady network all are
// alike; a delayed packet is less far ahead. Playing a little behind nearly
// the least of them lets nearly all come in time. Because it is a window, it
// follows the skew of the two clocks by itself, and forgets a bad moment
// after some seconds.
type target struct {
	least, most int64 // bounds of the delay of the usual packet, samples
	extra       int64 // asked for beyond what the packets need

	ahead  [window]int64 // in the order of arrival, from at on once full
	sorted [window]int64 // the same by size
	n, at  int

	// offset is the RTP time to play less the clock.
	offset int64
	usual  int64 // the median of ahead
}

func newTarget(least, most int64) target { return target{least: least, most: most} }

func (t *target) empty() bool { return t.n == 0 }

func (t *target) clear() { t.n, t.at = 0, 0 }

// note takes the next packet's place.
func (t *target) note(ahead int64) {
	if t.n == window {
		t.forget(t.ahead[t.at])
	}
	t.ahead[t.at] = ahead
	t.at = (t.at + 1) % window
	t.insert(ahead)
	t.estimate()
}

func (t *target) insert(ahead int64) {
	i, _ := slices.BinarySearch(t.sorted[:t.n], ahead)
	copy(t.sorted[i+1:t.n+1], t.sorted[i:t.n])
	t.sorted[i] = ahead
	t.n++
}

func (t *target) forget(ahead int64) {
	i, _ := slices.BinarySearch(t.sorted[:t.n], ahead)
	copy(t.sorted[i:], t.sorted[i+1:t.n])
	t.n--
}

func (t *target) estimate() {
	t.usual = t.sorted[t.n/2]
	t.offset = min(t.sorted[t.n/unplanned]-safety, t.usual-t.least) - t.extra
	t.offset = max(t.offset, t.usual-t.most)
}

// setExtra asks for more delay than the packets need.
func (t *target) setExtra(extra int64) {
	if extra == t.extra {
		return
	}
	t.extra = extra
	if !t.empty() {
		t.estimate()
	}
}

// delay is how long the usual packet waits, in samples.
func (t *target) delay() int64 { return t.usual - t.offset }
