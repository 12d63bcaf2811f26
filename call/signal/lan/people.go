package lan

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// mostAddresses bounds those of one person.
const mostAddresses = 8

// heardOf gathers what the cache has about one person.
type heardOf struct {
	named  bool // by a pointer
	told   time.Time
	facts  facts
	places map[key]*dns.SRV
}

// found are the people that the cache knows enough about to call them.
func (n *Neighbours) found() []Person {
	known, addresses := n.cache.sort()
	var people []Person
	for id, h := range known {
		p := Person{ID: id, Name: h.facts.name, Availability: h.facts.availability, Version: h.facts.version}
		for k, srv := range h.places {
			for _, a := range addresses[host{k.where, strings.ToLower(srv.Target)}] {
				p.Addresses = append(p.Addresses, netip.AddrPortFrom(n.zoned(a, k.where), srv.Port))
			}
		}
		slices.SortFunc(p.Addresses, likelier)
		p.Addresses = slices.Compact(p.Addresses)
		p.Addresses = p.Addresses[:min(len(p.Addresses), mostAddresses)]
		if h.named && p.Name != "" && len(p.Addresses) > 0 {
			people = append(people, p)
		}
	}
	slices.SortFunc(people, func(a, b Person) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	return people
}

// zoned gives an address that holds on one network alone the network's name.
func (n *Neighbours) zoned(a netip.Addr, where int) netip.Addr {
	if !a.Is6() || !a.IsLinkLocalUnicast() {
		return a
	}
	for at := range n.stations {
		if at.index == where {
			return a.WithZone(at.name)
		}
	}
	return a
}

// likelier orders addresses: IPv4 first, which is set up wherever there is a
// network, and those of one cable alone last.
func likelier(a, b netip.AddrPort) int {
	return cmp.Or(cmp.Compare(rank(a.Addr()), rank(b.Addr())), a.Compare(b))
}

func rank(a netip.Addr) int {
	switch {
	case a.IsLinkLocalUnicast():
		return 2
	case a.Is6():
		return 1
	}
	return 0
}

// host is a name that addresses stand under, on one interface.
type host struct {
	where int
	name  string
}

// sort puts the records together by whom they are about.
func (c *cache) sort() (map[string]*heardOf, map[host][]netip.Addr) {
	known, addresses := map[string]*heardOf{}, map[host][]netip.Addr{}
	of := func(id string) *heardOf {
		if known[id] == nil {
			known[id] = &heardOf{places: map[key]*dns.SRV{}}
		}
		return known[id]
	}
	for k, e := range c.entries {
		switch r := e.record.(type) {
		case *dns.PTR:
			of(idOf(r.Ptr)).named = true
		case *dns.SRV:
			if r.Port != 0 {
				of(idOf(k.name)).places[k] = r
			}
		case *dns.TXT:
			if h := of(idOf(k.name)); h.told.IsZero() || e.heard.After(h.told) {
				h.told, h.facts = e.heard, readFacts(r)
			}
		default:
			at := host{k.where, k.name}
			addresses[at] = append(addresses[at], addressOf(r))
		}
	}
	return known, addresses
}

// points tells whether somebody's program is said to run under a host's name.
func (c *cache) points(where int, name string) bool {
	for k, e := range c.entries {
		if srv, ok := e.record.(*dns.SRV); ok && k.where == where && strings.EqualFold(srv.Target, name) {
			return true
		}
	}
	return false
}

// missing are the questions about people of whom not all is known.
func (c *cache) missing(where int) (all []dns.Question) {
	has := map[string]map[uint16]bool{}
	note := func(name string, kind uint16) {
		if has[name] == nil {
			has[name] = map[uint16]bool{}
		}
		has[name][kind] = true
	}
	for k := range c.entries {
		if k.where == where {
			note(k.name, k.kind)
		}
	}
	for k, e := range c.entries {
		if k.where != where {
			continue
		}
		switch r := e.record.(type) {
		case *dns.PTR:
			name := strings.ToLower(r.Ptr)
			for _, kind := range []uint16{dns.TypeSRV, dns.TypeTXT} {
				if !has[name][kind] {
					all = append(all, question(name, kind))
				}
			}
		case *dns.SRV:
			name := strings.ToLower(r.Target)
			if !has[name][dns.TypeA] && !has[name][dns.TypeAAAA] {
				all = append(all, question(name, dns.TypeA), question(name, dns.TypeAAAA))
			}
		}
	}
	return all
}

// mostKnown bounds what is listed as known in a question: a packet's worth.
const mostKnown = 20

// fresh are the pointers that need not be told again (RFC 6762 section 7.1).
func (c *cache) fresh(where int, now time.Time) (all []dns.RR) {
	for k, e := range c.entries {
		left := e.until.Sub(now)
		if k.where != where || k.kind != dns.TypePTR || e.ttl == 0 || left < e.ttl/2 || len(all) == mostKnown {
			continue
		}
		r := dns.Copy(e.record)
		r.Header().Class, r.Header().Ttl = dns.ClassINET, uint32(left/time.Second)
		all = append(all, r)
	}
	return all
}
