package lan

import (
	"time"

	"github.com/miekg/dns"
)

// mostOwn bounds the addresses of oneself that are told on one interface.
const mostOwn = 8

// self is what is told on a station; false where nobody is to be called here.
func (n *Neighbours) self(s *station) (self, bool) {
	me := self{id: n.id, port: n.cfg.Port, facts: n.told}
	for _, p := range s.iface.Prefixes[:min(len(s.iface.Prefixes), mostOwn)] {
		me.addresses = append(me.addresses, p.Addr())
	}
	return me, n.cfg.Port != 0 && n.told.name != ""
}

// say tells everybody on a station's network of oneself.
func (n *Neighbours) say(s *station, now time.Time) {
	s.sayAt, s.said = time.Time{}, now
	if s.again > 0 {
		s.again--
		s.sayAt = now.Add(saidEvery << (sayTimes - 2 - s.again))
	}
	if me, here := n.self(s); here {
		n.send(s, response(append(me.records(ownTTL), catalogue(ownTTL))))
	}
}

// goodbye takes back what was told (RFC 6762 section 10.1).
func (n *Neighbours) goodbye(s *station) {
	if me, here := n.self(s); here {
		n.send(s, response(me.records(0)))
	}
}

func response(records []dns.RR) *dns.Msg {
	m := &dns.Msg{Answer: records}
	m.Response, m.Authoritative = true, true
	return m
}

// How a program is answered that asks in the old way, from a port of its own
// (RFC 6762 section 6.7), and how many are in a second: these answers go to
// whom the question seems to come from.
const (
	aloneTTL  = 10 * time.Second
	mostAlone = 10
)

func (n *Neighbours) answerAlone(s *station, me self, p packet, now time.Time) {
	s.alone.most = mostAlone
	if !s.alone.take(now) {
		return
	}
	m := response(nil)
	m.Id, m.Question = p.message.Id, p.message.Question[:1]
	m.Answer = me.answers(m.Question[0], aloneTTL)
	m.Extra = me.records(aloneTTL)
	for _, r := range append(m.Answer, m.Extra...) {
		r.Header().Class &^= flushes
	}
	b, err := m.Pack()
	if err == nil {
		err = s.conn.SendTo(b, p.from)
	}
	if err != nil {
		n.cfg.Log.Debug("a question was not answered", "from", p.from, "err", err)
	}
}

// ask asks who is there, and for what is not known about those who are.
func (n *Neighbours) ask(s *station, now time.Time) {
	s.askAt = now.Add(s.pause)
	s.pause = min(2*s.pause, lastPause)
	m := new(dns.Msg)
	m.Question = append(m.Question, question(service, dns.TypePTR))
	for _, q := range n.cache.missing(s.iface.Index) {
		if len(m.Question) < mostQuestions {
			m.Question = append(m.Question, q)
		}
	}
	m.Answer = n.cache.fresh(s.iface.Index, now)
	if me, here := n.self(s); here {
		m.Answer = append(m.Answer, me.records(ownTTL)[0]) // need not be told by itself
	}
	n.send(s, m)
}

func question(name string, kind uint16) dns.Question {
	return dns.Question{Name: name, Qtype: kind, Qclass: dns.ClassINET}
}

// send speaks to everybody on a station's network. What is not heard is said
// again at its time.
func (n *Neighbours) send(s *station, m *dns.Msg) {
	m.Compress = true
	b, err := m.Pack()
	if err == nil {
		err = s.conn.Send(b)
	}
	if err != nil {
		n.cfg.Log.Debug("nothing was said to the network", "interface", s.iface.Name, "err", err)
	}
}
