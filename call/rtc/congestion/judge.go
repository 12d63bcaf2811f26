package congestion

import "time"

// judge decides whether loss is the rate's fault. Loss that is like what was
// lost before is taken as the path's own. Other loss is tried: the rate dips
// for a moment, and only loss that falls with it was congestion.
type judge struct {
	inherent float64 // share that the path loses at any rate
	trial    bool
	from     time.Duration // packets sent after it are of the trial
	before   ratio
	rate     float64 // to return to when the rate is acquitted
	quiet    time.Duration
	updated  time.Duration
}

type verdict int

const (
	noVerdict verdict = iota
	dip               // lower the rate for a trial
	acquitted         // return to the rate before
	guilty            // stay at the dip
)

const (
	suspicious  = 0.03 // share above the inherent one that is worth a trial
	trialEnough = 30   // packets
	trialLeast  = 500 * time.Millisecond
	trialMost   = 1500 * time.Millisecond
	acquittal   = 5 * time.Second // before the next trial
	acceptance  = 3 * time.Second
	forgetting  = 10 * time.Second
)

// excess says whether more is lost than the path explains.
func (j *judge) excess(r ratio) bool {
	return r.packets >= trialEnough/2 && r.share-j.inherent > max(suspicious, 2*r.sigma)
}

// consider takes the newest loss. from is when the judged packets begin: after
// a queue overflowed, what was lost in it is explained.
func (j *judge) consider(l *losses, now, roundTrip, from time.Duration) verdict {
	dt := now - j.updated
	j.updated = now
	if j.trial {
		return j.end(l, now, roundTrip)
	}
	r := l.since(now-roundTrip-time.Second, from, 2*trialEnough)
	if r.share < j.inherent && r.packets >= trialEnough {
		j.inherent += (r.share - j.inherent) * min(1, dt.Seconds()/forgetting.Seconds())
	}
	if now < j.quiet || r.packets < trialEnough || !j.excess(r) {
		return noVerdict
	}
	j.trial, j.from, j.before = true, now, r
	return dip
}

func (j *judge) end(l *losses, now, roundTrip time.Duration) verdict {
	r := l.since(j.from, j.from, 0)
	long := now - j.from - roundTrip
	if long < trialLeast || r.packets < trialEnough && long < trialMost {
		return noVerdict
	}
	j.trial = false
	if r.share < j.before.share/2 && r.share < j.before.share-2*r.sigma {
		j.inherent = min(j.inherent, r.share)
		j.quiet = now + trialMost
		return guilty
	}
	j.inherent = max(j.inherent, min(r.share, j.before.share+suspicious))
	j.quiet = now + acquittal
	return acquitted
}

// accept takes loss at a rate that nothing is to be taken from as the path's.
func (j *judge) accept(r ratio, now time.Duration) {
	dt := min(now-j.updated, time.Second)
	j.updated = now
	if r.share > j.inherent && r.packets >= trialEnough {
		j.inherent += (r.share - j.inherent) * min(1, dt.Seconds()/acceptance.Seconds())
	}
}

// abandon ends a trial that a queue has decided.
func (j *judge) abandon(now time.Duration) {
	j.trial = false
	j.quiet = max(j.quiet, now+time.Second)
}
