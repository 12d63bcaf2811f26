package relay

import (
	"cmp"
	"sync"
	"time"

	"parley/call"
)

// Limits bound what may be used. 0 is the default of a field.
type Limits struct {
	PerID    int   // allocations of one ID at a time
	PerSpace int   // of one space
	Total    int   // of all
	Rate     int64 // bytes a second of one allocation, in each direction
	IDBytes  int64 // of one ID as long as it is known, both directions
	DayBytes int64 // of one space in a day, both directions
}

// A call of two people needs an allocation for each way to the relay that each
// of them tries, and keeps one or two. Its picture is of 5 Mbit/s at most, in
// each direction.
func (l Limits) withDefaults() Limits {
	def := func(n *int, to int) {
		if *n == 0 {
			*n = to
		}
	}
	def64 := func(n *int64, to int64) {
		if *n == 0 {
			*n = to
		}
	}
	def(&l.PerID, 24)
	def(&l.PerSpace, 1000)
	def(&l.Total, 4000)
	def64(&l.Rate, 1<<20)
	def64(&l.IDBytes, 32<<30)
	def64(&l.DayBytes, 1<<40)
	return l
}

// Own are a space's own limits, in place of PerSpace and DayBytes; 0 is none.
type Own struct {
	Allocations int
	DayBytes    int64
}

// Refusal says which limit was met, for figures and logs.
type Refusal string

// The refusals.
const (
	TooManyOfID    Refusal = "id-allocations"
	TooManyOfSpace Refusal = "space-allocations"
	TooMany        Refusal = "allocations"
	TooFast        Refusal = "rate"
	IDUsedUp       Refusal = "id-bytes"
	SpaceUsedUp    Refusal = "space-bytes"
	BadName        Refusal = "credentials"
	BadPeer        Refusal = "peer-address"
)

// account is what an ID or a space has used.
type account struct {
	open  int
	bytes int64
	seen  time.Time // when last, and for a space: the day that bytes are of

	own   Own // of a space
	asked time.Time
}

// ledger counts. It may be used by many goroutines.
type ledger struct {
	limits Limits
	own    func(space string) Own

	mu     sync.Mutex
	total  int
	ids    map[string]*account
	spaces map[string]*account
	swept  time.Time
}

func newLedger(l Limits, own func(space string) Own) *ledger {
	if own == nil {
		own = func(string) Own { return Own{} }
	}
	return &ledger{limits: l.withDefaults(), own: own, ids: map[string]*account{}, spaces: map[string]*account{}}
}

// of finds an account. l.mu is held.
func of(all map[string]*account, name string) *account {
	if all[name] == nil {
		all[name] = &account{}
	}
	return all[name]
}

// askEvery is how often a space's own limits are asked for: every packet counts
// against them.
const askEvery = time.Second

// space is the account of an ID's space, on this day. l.mu is held.
func (l *ledger) space(id string, now time.Time) *account {
	name := call.SpaceOf(id)
	s := of(l.spaces, name)
	s.turn(now)
	if s.asked.IsZero() || now.Sub(s.asked) >= askEvery {
		s.own, s.asked = l.own(name), now
	}
	return s
}

// used is how many bytes were passed on for a space today.
func (l *ledger) used(space string, now time.Time) int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.spaces[space]
	if s == nil {
		return 0
	}
	s.turn(now)
	return s.bytes
}

// open counts an allocation, unless there are too many.
func (l *ledger) open(id string, now time.Time) Refusal {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sweep(now)
	if why := l.full(id, now); why != "" {
		return why
	}
	a, s := of(l.ids, id), l.space(id, now)
	a.open, s.open, l.total = a.open+1, s.open+1, l.total+1
	a.seen = now
	return ""
}

// may tells whether open would count one.
func (l *ledger) may(id string, now time.Time) Refusal {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.full(id, now)
}

// full is open's and may's judgement. l.mu is held.
func (l *ledger) full(id string, now time.Time) Refusal {
	a, s := of(l.ids, id), l.space(id, now)
	switch {
	case l.total >= l.limits.Total:
		return TooMany
	case a.open >= l.limits.PerID:
		return TooManyOfID
	case s.open >= cmp.Or(s.own.Allocations, l.limits.PerSpace):
		return TooManyOfSpace
	case a.bytes >= l.limits.IDBytes:
		return IDUsedUp
	case s.bytes >= cmp.Or(s.own.DayBytes, l.limits.DayBytes):
		return SpaceUsedUp
	}
	return ""
}

// close ends what open counted.
func (l *ledger) close(id string, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	a, s := of(l.ids, id), l.space(id, now)
	a.open, s.open, l.total = a.open-1, s.open-1, l.total-1
	a.seen = now
}

// use counts bytes, unless they are too many.
func (l *ledger) use(id string, n int, now time.Time) Refusal {
	l.mu.Lock()
	defer l.mu.Unlock()
	a, s := of(l.ids, id), l.space(id, now)
	switch {
	case a.bytes+int64(n) > l.limits.IDBytes:
		return IDUsedUp
	case s.bytes+int64(n) > cmp.Or(s.own.DayBytes, l.limits.DayBytes):
		return SpaceUsedUp
	}
	a.bytes += int64(n)
	s.bytes += int64(n)
	return ""
}

// turn begins a space's new day.
func (a *account) turn(now time.Time) {
	if day := now.Truncate(24 * time.Hour); a.seen.Before(day) {
		a.seen, a.bytes = day, 0
	}
}

// sweepEvery is how often IDs are forgotten whose credentials have expired.
const sweepEvery = time.Hour

// sweep forgets. l.mu is held.
func (l *ledger) sweep(now time.Time) {
	if now.Sub(l.swept) < sweepEvery {
		return
	}
	l.swept = now
	for id, a := range l.ids {
		if a.open == 0 && now.Sub(a.seen) > 2*DefaultLife {
			delete(l.ids, id)
		}
	}
	for space, s := range l.spaces {
		if s.open == 0 && now.Sub(s.seen) > 48*time.Hour {
			delete(l.spaces, space)
		}
	}
}

// bucket lets so many bytes a second through, and a second's worth at once.
type bucket struct {
	rate int64

	mu   sync.Mutex
	full int64 // bytes that may pass now
	at   time.Time
}

func (b *bucket) take(n int, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.at.IsZero() {
		b.at, b.full = now, b.rate
	}
	if passed := now.Sub(b.at); passed > 0 {
		b.full = min(b.rate, b.full+int64(passed.Seconds()*float64(b.rate)))
		b.at = now
	}
	if b.full < int64(n) {
		return false
	}
	b.full -= int64(n)
	return true
}
