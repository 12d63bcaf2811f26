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
	deviation time.Duration // of that, smoothed
	failing   float64       // share of first questions that brought nothing, smoothed
}

type missing struct {
	seq     uint16
	noticed time.Time
	rounds  int               // of questions so far
	asked   [rounds]time.Time // when the newest of them began, the last one first
	copies  int               // of the last round's question that were sent
}

// rounds of questions are remembered for each packet.
const rounds = 4

const (
	// maxMissing bounds what is asked for; after a larger hole only a key
	// frame helps.
	maxMissing = 256
	// firstRoundTrip is assumed until a repair has been measured.
	firstRoundTrip = 100 * time.Millisecond
	// apart lie the copies of a question, lest one burst of loss takes all.
	apart = 10 * time.Millisecond
	// oftenFailing is the share of failed questions from which the first one
	// is to be answered twice.
	oftenFailing = 0.15
	// A frame that waits longer than this is of no use in a conversation; on
	// a short path it is known sooner that nothing will come.
	leastPatience, mostPatience = 250 * time.Millisecond, 1200 * time.Millisecond
)

func newRepair(c *counters) *repair {
	r := &repair{counters: c, roundTrip: firstRoundTrip}
	if path := r.path(); path > 0 {
		r.roundTrip = path
	}
	return r
}

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
	r.learn(&r.missing[i], now)
	r.missing = slices.Delete(r.missing, i, i+1)
}

// learn takes the round trip of a repair. It is not told which of several
// questions was answered: the one that fits best what the path is known to
// take, or the first where that is not known.
func (r *repair) learn(m *missing, now time.Time) {
	if m.rounds == 0 {
		return
	}
	if m.rounds == 1 {
		r.failing -= r.failing / 16
	}
	known := min(m.rounds, rounds)
	took := now.Sub(m.asked[known-1])
	if path := r.path(); path > 0 {
		for _, asked := range m.asked[:known] {
			if other := now.Sub(asked); (other - path).Abs() < (took - path).Abs() {
				took = other
			}
		}
	}
	if took < r.path()/2 {
		return // a copy that nobody asked for
	}
	off := took - r.roundTrip
	r.roundTrip += off / 8
	r.deviation += (off.Abs() - r.deviation) / 8
}

// path is the round trip as this side's own packets meet it; 0: not known.
func (r *repair) path() time.Duration { return time.Duration(r.counters.roundTrip.Load()) }

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
		if r.ask(&r.missing[i], now) {
			r.asking = append(r.asking, r.missing[i].seq)
		}
	}
	return r.asking
}

// ask says whether to ask for a packet now: anew, or once more in this round.
func (r *repair) ask(m *missing, now time.Time) bool {
	switch since := now.Sub(m.asked[0]); {
	case m.rounds == 0 || since >= r.interval():
		if m.rounds == 1 {
			r.failing += (1 - r.failing) / 16
		}
		m.rounds, m.copies = m.rounds+1, 1
		copy(m.asked[1:], m.asked[:])
		m.asked[0] = now
	case m.copies < r.copies(m.rounds) && since >= time.Duration(m.copies)*apart:
		m.copies++
	default:
		return false
	}
	return true
}

// copies is how often one question is sent. The first one's copy is for the
// question that was lost: who got both answers once (see pacing). Every picture
// after the missing packet waits for it, so that to fail twice in a row costs a
// freeze, and the few packets that a second round is about cost little; their
// questions are all answered.
func (r *repair) copies(round int) int {
	if round == 1 && r.failing < oftenFailing {
		return 2
	}
	return 3
}

// interval is the time between two rounds of questions for one packet.
func (r *repair) interval() time.Duration {
	return r.roundTrip + 2*r.deviation + 5*time.Millisecond
}

// patience is how long a missing packet is worth waiting for: some questions
// and their answers.
func (r *repair) patience() time.Duration {
	return min(max(5*r.roundTrip+100*time.Millisecond, leastPatience), mostPatience)
}
