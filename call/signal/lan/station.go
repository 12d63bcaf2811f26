package lan

import (
	"bytes"
	"errors"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/miekg/dns"
)

// place is where a station stands.
type place struct {
	index  int
	name   string
	family Family
}

// station is an interface that is open, for one family. It owns the goroutine
// that reads.
type station struct {
	iface Interface
	conn  Conn

	askAt time.Time     // when to ask; zero: not
	pause time.Duration // until the question after
	sayAt time.Time     // when to tell of oneself; zero: not
	again int           // how often more, unasked
	said  time.Time
	alone quota // of answers to one machine alone

	done    chan struct{} // closed by close
	reading sync.WaitGroup
}

// How often a question is asked and what is new is announced (RFC 6762
// sections 5.2 and 8.3).
const (
	firstPause = time.Second
	lastPause  = 5 * time.Minute
	saidEvery  = time.Second // at most, on one interface
	sayTimes   = 3           // of an announcement, the pauses growing
)

// askSoon asks before long.
func (s *station) askSoon(now time.Time) {
	at := now.Add(between(20*time.Millisecond, 120*time.Millisecond))
	if s.askAt.IsZero() || at.Before(s.askAt) {
		s.askAt = at
	}
}

// saySoon answers before long, but not again and again: what was told within
// the last second was heard by everybody.
func (s *station) saySoon(now time.Time, wait time.Duration) {
	at := now.Add(wait)
	if earliest := s.said.Add(saidEvery); at.Before(earliest) {
		at = earliest
	}
	if s.sayAt.IsZero() || at.Before(s.sayAt) {
		s.sayAt = at
	}
}

// announce tells of oneself unasked, some times over.
func (s *station) announce(now time.Time) {
	s.again = sayTimes - 1
	s.saySoon(now, 0)
}

// begin asks and announces as on a network that nothing is known of.
func (s *station) begin(now time.Time) {
	s.pause = firstPause
	s.askSoon(now)
	s.announce(now)
}

// next is when the station has something to do; zero: never.
func (s *station) next() time.Time {
	if s.askAt.IsZero() || !s.sayAt.IsZero() && s.sayAt.Before(s.askAt) {
		return s.sayAt
	}
	return s.askAt
}

func (s *station) close(log *slog.Logger) {
	close(s.done)
	if err := s.conn.Close(); err != nil {
		log.Debug("closing an interface", "interface", s.iface.Name, "err", err)
	}
	s.reading.Wait()
}

// packet is what came, or the end of a station that cannot be read any more.
type packet struct {
	at      place
	from    netip.AddrPort
	message *dns.Msg
	err     error
}

// mostPackets bounds what a station takes in a second, of what is about this
// service at all.
const mostPackets = 200

// read hands on what comes, until the station is closed.
func (s *station) read(at place, own string, heard chan<- packet) {
	b := make([]byte, mostPacket)
	quota := quota{most: mostPackets}
	for {
		size, from, err := s.conn.Receive(b)
		p := packet{at: at, from: from, err: err}
		if err == nil {
			if !s.iface.near(from.Addr()) || !concerns(b[:size], own) || !quota.take(time.Now()) {
				continue
			}
			p.message = new(dns.Msg)
			if p.message.Unpack(b[:size]) != nil {
				continue // not a message of DNS
			}
		}
		if errors.Is(err, net.ErrClosed) {
			return
		}
		select {
		case heard <- p:
		case <-s.done:
			return
		}
		if err != nil {
			return
		}
	}
}

// concerns tells whether a packet can be about this service, before it is
// taken apart: networks are full of others'.
func concerns(b []byte, own string) bool {
	for _, label := range []string{"_parley", "_services", own} {
		if bytes.Contains(b, []byte(label)) {
			return true
		}
	}
	return false
}

// quota bounds how much is done in a second.
type quota struct {
	most   int
	second time.Time
	used   int
}

func (q *quota) take(now time.Time) bool {
	if now.Sub(q.second) >= time.Second {
		q.second, q.used = now, 0
	}
	q.used++
	return q.used <= q.most
}
