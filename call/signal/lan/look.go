package lan

import (
	"time"
)

// look opens the interfaces that are there now and leaves those that are not.
func (n *Neighbours) look() {
	wanted, err := n.wanted()
	if err != nil {
		n.cfg.Log.Warn("this machine's networks are not known; nobody nearby is found", "err", err)
		return
	}
	now := time.Now()
	for at, s := range n.stations {
		i, still := wanted[at]
		switch {
		case !still:
			n.leave(at)
		case !i.same(s.iface): // its addresses are others
			n.leave(at)
			n.join(at, i, now)
		}
	}
	for at, i := range wanted {
		if n.stations[at] == nil {
			n.join(at, i, now)
		}
	}
}

// wanted are the stations that there should be.
func (n *Neighbours) wanted() (map[place]Interface, error) {
	if n.isOff() {
		return nil, nil
	}
	all, err := n.cfg.Network.Interfaces()
	if err != nil {
		return nil, err
	}
	wanted := map[place]Interface{}
	for _, i := range all {
		for _, f := range []Family{IPv4, IPv6} {
			if i.has(f) {
				wanted[place{i.Index, i.Name, f}] = i
			}
		}
	}
	return wanted, nil
}

// join opens an interface. One that cannot be opened is tried again when the
// interfaces are looked at next.
func (n *Neighbours) join(at place, i Interface, now time.Time) {
	conn, err := n.cfg.Network.Join(i, at.family)
	if err != nil {
		if !n.failed[at] {
			n.cfg.Log.Info("nobody is found on this network interface", "interface", i.Name, "family", at.family, "err", err)
		}
		n.failed[at] = true
		return
	}
	delete(n.failed, at)
	s := &station{iface: i, conn: conn, done: make(chan struct{})}
	n.stations[at] = s
	s.reading.Go(func() { s.read(at, n.id, n.heard) })
	s.begin(now)
}

// leave says good-bye where that is still possible, closes, and forgets what
// was heard there once nobody listens any more.
func (n *Neighbours) leave(at place) {
	n.goodbye(n.stations[at])
	n.drop(at)
	for other := range n.stations {
		if other.index == at.index {
			return
		}
	}
	n.cache.leave(at.index)
	n.changed = time.Now()
}

// leaveAll says good-bye everywhere.
func (n *Neighbours) leaveAll() {
	for at, s := range n.stations {
		n.goodbye(s)
		n.drop(at)
	}
}

// drop closes a station.
func (n *Neighbours) drop(at place) {
	n.stations[at].close(n.cfg.Log)
	delete(n.stations, at)
}
