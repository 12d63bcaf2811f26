package congestion

import "time"

// copying decides how often each packet of a picture is sent again before
// anybody asks for it. Over a long way a packet that is asked for comes too
// late for a conversation, and where much is lost it is lost again; measured
// (see TestRepairOverALongWay in the package above), a third of the rate sent
// three times shows several times as many pictures as all of it sent once.
// Over a short way asking is quick, and copies are made only against heavy
// loss and of what the path carries anyway.
type copying struct {
	loss, trip float64 // smoothed; the trip in seconds, without the queue
	began, at  time.Duration
	long       bool
	copies     int
}

const (
	longTrip   = 0.2 // seconds from which asking takes too long
	copyMemory = 3 * time.Second
	copyStays  = 0.75      // of what it takes to begin, until it ends
	sharp      = 1_300_000 // bit/s of picture that copies leave over a short way
)

// copyFrom is the share of lost packets from which there is one copy, and two.
var copyFrom = map[bool][2]float64{true: {0.02, 0.10}, false: {0.08, 0.15}}

// update takes the newest loss and round trip.
func (c *copying) update(loss float64, trip, now time.Duration) {
	if c.began == 0 {
		c.began = now
	}
	memory := min(max(now-c.began, copyMemory/10), copyMemory) // what is known is little at first
	weight := min(1, (now-c.at).Seconds()/memory.Seconds())
	c.at = now
	c.loss += (loss - c.loss) * weight
	c.trip += (max(trip, 0).Seconds() - c.trip) * weight
	c.long = c.trip > longTrip || c.long && c.trip > copyStays*longTrip
	c.copies = c.wanted()
}

func (c *copying) wanted() (copies int) {
	for i, from := range copyFrom[c.long] {
		if c.loss > from || c.copies > i && c.loss > copyStays*from {
			copies = i + 1
		}
	}
	return copies
}

// least is the rate of picture below which copies are not worth it.
func (c *copying) least(cfg Config) float64 {
	if c.long {
		return float64(cfg.VideoMin)
	}
	return sharp
}

// after is the time from a packet to its copy: past a burst of loss, but well
// before the answer to a question would come.
func (c *copying) after() time.Duration {
	third := time.Duration(c.trip / 3 * float64(time.Second))
	return min(max(third, 20*time.Millisecond), 150*time.Millisecond)
}

// afford returns how many of the wanted copies leave the picture enough of a
// rate, and the picture's own part of it; loss is repaired out of it too.
func (c *copying) afford(rate, loss float64, cfg Config) (own float64, copies int) {
	repairs := min(loss, 0.5)
	for copies = c.copies; copies > 0 && rate/(1+float64(copies)+repairs) < c.least(cfg); {
		copies--
	}
	return rate / (1 + float64(copies) + repairs), copies
}
