package pacing

import "time"

// answers remembers which packets were sent again of late, so that a question
// that came twice within a moment is answered once; one that comes later, or
// about a packet that was asked for before, is meant.
type answers [256]answer

type answer struct {
	seq   uint16
	at    time.Duration // the newest
	count int
}

const (
	sameQuestion  = 15 * time.Millisecond
	anotherPacket = 5 * time.Second // since a number was used before
)

// needs says whether a packet is to be sent again now.
func (a *answers) needs(seq uint16, now time.Duration) bool {
	e := &a[seq%uint16(len(a))]
	if e.count == 0 || e.seq != seq || now-e.at > anotherPacket {
		*e = answer{seq: seq, at: now, count: 1}
		return true
	}
	if e.count == 1 && now-e.at < sameQuestion {
		return false
	}
	e.at, e.count = now, e.count+1
	return true
}
