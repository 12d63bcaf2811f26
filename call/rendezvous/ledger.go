package rendezvous

import "time"

// ledger counts what addresses and spaces have. The hub's lock guards it.
type ledger struct {
	limits      Limits
	connections int
	byAddress   map[string]*account
	bySpace     map[string]*spaceAccount
}

type account struct {
	connections int
	slots       int
	joins       bucket
}

// spaceAccount is what a space has on this server.
type spaceAccount struct {
	slots       int
	connections int
	sessions    int
}

func newLedger(l Limits) *ledger {
	return &ledger{limits: l, byAddress: map[string]*account{}, bySpace: map[string]*spaceAccount{}}
}

func (l *ledger) of(address string, now time.Time) *account {
	a := l.byAddress[address]
	if a == nil {
		joins := float64(l.limits.Joins)
		a = &account{joins: newBucket(joins/60, joins, now)}
		l.byAddress[address] = a
	}
	return a
}

func (l *ledger) space(name string) *spaceAccount {
	s := l.bySpace[name]
	if s == nil {
		s = &spaceAccount{}
		l.bySpace[name] = s
	}
	return s
}

// connect counts a connection where there is room for it.
func (l *ledger) connect(address string, now time.Time) bool {
	a := l.of(address, now)
	if l.connections >= l.limits.Connections || a.connections >= l.limits.ConnectionsPerAddress {
		return false
	}
	l.connections++
	a.connections++
	return true
}

func (l *ledger) disconnect(address string, now time.Time) {
	l.connections--
	l.of(address, now).connections--
}

// forget drops addresses that have nothing here, and nothing to pay off.
func (l *ledger) forget(now time.Time) {
	for address, a := range l.byAddress {
		if a.connections == 0 && a.slots == 0 && a.joins.full(now) {
			delete(l.byAddress, address)
		}
	}
}
