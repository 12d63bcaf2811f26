package rtc

import (
	"slices"
	"time"
)

// repair notes which packets of a track are missing, when to ask for each
// again, and which came after all. pion's own generator does not see
// retransmissions and does not know the round trip (pion/webrtc#3063), so it
// asks for one packet many times. It is used by one goroutine and does not
// read the clock.
type repair struct {
	counters  *counters
	newest    uint16
	begun     bool
	missing   []missing // oldest first
	asking    []uint16
	roundTrip time.Duration // from asking to having, smoothed
}

type missing struct {
	seq     uint16
	noticed time.Time
	first   time.Time // when it was asked for first; zero: not yet
	asked   time.Time // and last
}

const (
	// maxMissing bounds what is asked for; after a larger hole only a key
	// frame helps.
	maxMissing = 256
	// firstRoundTrip is assumed until a repair has been measured.
	firstRoundTrip = 100 * time.Millisecond
	// A frame that waits longer than this is of no use in a conversation; on
	// a short path it is known sooner that nothing will come.
	leastPatience, mostPatience = 250 * time.Millisecond, 600 * time.Millisecond
)

func newRepair(c *counters) *repair { return &repair{counters: c, roundTrip: firstRoundTrip} }

// note takes the number of a packet that has come, by whichever way.
func (r *repair) note(seq uint16, now time.Time) {
	if !r.begun {
		r.begun, r.newest = true, seq
		return
	}
	ahead := int(int16(seq - r.newest))
	switch {
	case ahead <= -ringSize:
		r.missing, r.newest = r.missing[:0], seq // another beginning
	case ahead <= 0:
		r.found(seq, now)
	default:
		r.lose(ahead-1, now)
		r.newest = seq
	}
}

// lose notes that n packets after the newest are missing.
func (r *repair) lose(n int, now time.Time) {
	r.counters.lost.Add(uint64(n))
	if len(r.missing)+n > maxMissing {
		r.missing = r.missing[:0]
		return
	}
	for i := range n {
		r.missing = append(r.missing, missing{seq: r.newest + 1 + uint16(i), noticed: now})
	}
}

// found notes that a missing packet has come.
func (r *repair) found(seq uint16, now time.Time) {
	i := slices.IndexFunc(r.missing, func(m missing) bool { return m.seq == seq })
	if i < 0 {
		return
	}
	r.counters.repaired.Add(1)
	if first := r.missing[i].first; !first.IsZero() {
		r.roundTrip += (now.Sub(first) - r.roundTrip) / 8
	}
	r.missing = slices.Delete(r.missing, i, i+1)
}

// due returns the packets to ask for now and forgets those that come too late
// anyway. The result is valid until the next call.
func (r *repair) due(now time.Time) []uint16 {
	if len(r.missing) == 0 {
		return nil
	}
	late := r.patience()
	r.missing = slices.DeleteFunc(r.missing, func(m missing) bool { return now.Sub(m.noticed) > late })
	r.asking = r.asking[:0]
	for i := range r.missing {
		m := &r.missing[i]
		if m.first.IsZero() {
			m.first = now
		} else if now.Sub(m.asked) < r.interval() {
			continue
		}
		m.asked = now
		r.asking = append(r.asking, m.seq)
	}
	return r.asking
}

// interval is the time between two questions for one packet.
func (r *repair) interval() time.Duration { return r.roundTrip*5/4 + 10*time.Millisecond }

// patience is how long a missing packet is worth waiting for: some questions
// and their answers.
func (r *repair) patience() time.Duration {
	return min(max(5*r.roundTrip+100*time.Millisecond, leastPatience), mostPatience)
}
