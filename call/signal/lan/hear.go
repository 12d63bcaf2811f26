package lan

import (
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// port is that of multicast DNS.
const port = 5353

// hear takes what came over a station.
func (n *Neighbours) hear(p packet) {
	s := n.stations[p.at]
	switch {
	case s == nil:
	case p.err != nil:
		n.cfg.Log.Debug("a network interface is lost", "interface", p.at.name, "err", p.err)
		n.drop(p.at)
	case p.message.Opcode != dns.OpcodeQuery || p.message.Rcode != dns.RcodeSuccess:
	case !p.message.Response:
		n.answer(s, p)
	case p.from.Port() == port: // RFC 6762 section 6: any other is a fake
		n.learn(s, p)
	}
}

// answer tells of oneself where that is asked for, and not known already.
func (n *Neighbours) answer(s *station, p packet) {
	me, here := n.self(s)
	if !here {
		return
	}
	var shared, own bool
	for _, q := range p.message.Question[:min(len(p.message.Question), mostQuestions)] {
		for _, r := range me.answers(q, ownTTL) {
			switch r.Header().Name {
			case service:
				shared = shared || !knows(p.message, me)
			case services:
				shared = true
			default:
				own = true
			}
		}
	}
	now := time.Now()
	switch {
	case !shared && !own:
	case p.from.Port() != port:
		n.answerAlone(s, me, p, now)
	case own: // nobody else has an answer
		s.saySoon(now, 0)
	default:
		s.saySoon(now, between(20*time.Millisecond, 120*time.Millisecond))
	}
}

// How much of one packet is looked at.
const (
	mostQuestions = 16
	mostTold      = 64
)

// knows tells whether who asks has the answer, fresh enough (RFC 6762 section 7.1).
func knows(m *dns.Msg, me self) bool {
	return slices.ContainsFunc(m.Answer, func(r dns.RR) bool {
		ptr, ok := r.(*dns.PTR)
		return ok && strings.EqualFold(ptr.Hdr.Name, service) && strings.EqualFold(ptr.Ptr, instance(me.id)) &&
			time.Duration(ptr.Hdr.Ttl)*time.Second >= ownTTL/2
	})
}

// learn believes what an answer says about this service: names before the
// addresses that they have.
func (n *Neighbours) learn(s *station, p packet) {
	records := slices.Concat(p.message.Answer, p.message.Extra)
	records = records[:min(len(records), mostTold)]
	now, from := time.Now(), p.from.Addr()
	for _, r := range records {
		if n.isOwn(r) {
			n.defend(s, r, now)
			continue
		}
		if ofService(r) {
			n.cache.put(s.iface.Index, r, from, now)
			n.changed = now
		}
	}
	for _, r := range records {
		if a := addressOf(r); a.IsValid() && s.iface.near(a) && n.cache.points(s.iface.Index, r.Header().Name) {
			n.cache.put(s.iface.Index, r, from, now)
			n.changed = now
		}
	}
}

// ofService tells whether a record names somebody's program, or tells of it.
func ofService(r dns.RR) bool {
	switch r := r.(type) {
	case *dns.PTR:
		return strings.EqualFold(r.Hdr.Name, service) && idOf(r.Ptr) != ""
	case *dns.SRV:
		return idOf(r.Hdr.Name) != "" && strings.HasSuffix(strings.ToLower(r.Target), domain)
	case *dns.TXT:
		return idOf(r.Hdr.Name) != ""
	}
	return false
}

// addressOf is what a record of an address tells; invalid where it is none.
func addressOf(r dns.RR) netip.Addr {
	var a netip.Addr
	switch r := r.(type) {
	case *dns.A:
		a, _ = netip.AddrFromSlice(r.A.To4())
	case *dns.AAAA:
		a, _ = netip.AddrFromSlice(r.AAAA)
	}
	if a.Is4In6() || a.IsMulticast() || a.IsUnspecified() {
		return netip.Addr{}
	}
	return a
}

// isOwn tells whether a record is about this very program.
func (n *Neighbours) isOwn(r dns.RR) bool {
	if ptr, ok := r.(*dns.PTR); ok {
		return strings.EqualFold(ptr.Ptr, instance(n.id))
	}
	name := strings.ToLower(r.Header().Name)
	return name == instance(n.id) || name == n.id+domain
}

// defend tells the truth again where somebody else has told another about this
// program (RFC 6762 section 9), or that it is gone. Its own voice is heard too.
func (n *Neighbours) defend(s *station, r dns.RR, now time.Time) {
	me, here := n.self(s)
	if !here || r.Header().Rrtype == dns.TypeA || r.Header().Rrtype == dns.TypeAAAA {
		return // its addresses differ from interface to interface
	}
	same := func(own dns.RR) bool { return own.Header().Rrtype == r.Header().Rrtype && data(own) == data(r) }
	if r.Header().Ttl == 0 || !slices.ContainsFunc(me.records(ownTTL), same) {
		s.saySoon(now, 0)
	}
}
