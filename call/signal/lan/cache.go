package lan

import (
	"net/netip"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// How much of what strangers say is kept. Somebody has one record of each kind
// and a few addresses, on each interface; a machine may have several people.
const (
	mostRecords = 2048
	mostOfOne   = 128 // records from one address
)

// mostTTL bounds how long a record is believed, and leastTTL how soon it has
// to be heard again, for else a stranger could have this program ask without end.
const (
	mostTTL  = 75 * time.Minute
	leastTTL = 10 * time.Second
)

// goodbyeAfter is how long a record lives that was taken back: its owner, if
// it was another that did so, has time to object (RFC 6762 section 10.1).
const goodbyeAfter = time.Second

// key tells records apart. What is heard on one interface is worth nothing on
// another.
type key struct {
	where int // interface
	name  string
	kind  uint16
	data  string // what the record says
}

// entry is a record that is believed.
type entry struct {
	record dns.RR
	from   netip.Addr
	heard  time.Time
	ttl    time.Duration
	until  time.Time
	asked  int // how often it was asked for since it grew old
}

// refreshAt are the parts of a record's life, in per cent, at which it is
// asked for again (RFC 6762 section 5.2).
var refreshAt = []time.Duration{80, 85, 90, 95}

// refresh is when the record has to be asked for next; false: no more.
func (e *entry) refresh() (time.Time, bool) {
	if e.asked >= len(refreshAt) || e.ttl == 0 {
		return time.Time{}, false
	}
	return e.heard.Add(e.ttl * refreshAt[e.asked] / 100), true
}

// cache is what was heard. It belongs to one goroutine.
type cache struct {
	entries map[key]*entry
	of      map[netip.Addr]int // records from an address
}

func newCache() *cache { return &cache{map[key]*entry{}, map[netip.Addr]int{}} }

// flushes is the bit of a record's class that says that it is the only truth
// (RFC 6762 section 10.2).
const flushes = 1 << 15

// put believes a record. Those that are not kept are no error: there are too
// many already.
func (c *cache) put(where int, record dns.RR, from netip.Addr, now time.Time) {
	h := record.Header()
	k := key{where, strings.ToLower(h.Name), h.Rrtype, data(record)}
	if h.Class&flushes != 0 {
		c.flush(k, now)
	}
	e := c.entries[k]
	if h.Ttl == 0 {
		if e != nil {
			e.dies(now.Add(goodbyeAfter))
		}
		return
	}
	if e == nil {
		if len(c.entries) >= mostRecords || c.of[from] >= mostOfOne {
			return
		}
		e = &entry{from: from}
		c.entries[k] = e
		c.of[from]++
	}
	ttl := min(max(time.Duration(h.Ttl)*time.Second, leastTTL), mostTTL)
	e.record, e.heard, e.ttl, e.until, e.asked = record, now, ttl, now.Add(ttl), 0
}

// flush lets what was said before of the same name die, but not what came a
// moment ago: a truth may be told in several records.
func (c *cache) flush(k key, now time.Time) {
	for other, e := range c.entries {
		if other.where == k.where && other.name == k.name && other.kind == k.kind && other.data != k.data && now.Sub(e.heard) > time.Second {
			e.dies(now.Add(goodbyeAfter))
		}
	}
}

// dies gives the record a time to live that is not asked to be longer.
func (e *entry) dies(at time.Time) {
	if at.Before(e.until) {
		e.until, e.ttl = at, 0
	}
}

// doubt has all records of a name, and that lead to it, die within a moment
// unless they are heard again; "" is every name.
func (c *cache) doubt(name string, now time.Time) {
	for k, e := range c.entries {
		if name == "" || k.name == name || strings.EqualFold(k.data, name) {
			e.dies(now.Add(leastTTL))
		}
	}
}

// expire forgets what is too old; unheard tells that there was something which
// nobody had taken back.
func (c *cache) expire(now time.Time) (gone, unheard bool) {
	for k, e := range c.entries {
		if !e.until.After(now) {
			c.drop(k)
			gone, unheard = true, unheard || e.ttl != 0
		}
	}
	return gone, unheard
}

// leave forgets what was heard on an interface.
func (c *cache) leave(where int) {
	for k := range c.entries {
		if k.where == where {
			c.drop(k)
		}
	}
}

func (c *cache) drop(k key) {
	from := c.entries[k].from
	delete(c.entries, k)
	if c.of[from]--; c.of[from] == 0 {
		delete(c.of, from)
	}
}

// next is when something has to be done about a record.
func (c *cache) next() (at time.Time, ok bool) {
	for _, e := range c.entries {
		if !ok || e.until.Before(at) {
			at, ok = e.until, true
		}
		if r, more := e.refresh(); more && r.Before(at) {
			at = r
		}
	}
	return at, ok
}

// aged tells whether a record has to be asked for, and notes that it is.
func (c *cache) aged(now time.Time) (any bool) {
	for _, e := range c.entries {
		for at, more := e.refresh(); more && !at.After(now); at, more = e.refresh() {
			e.asked++
			any = true
		}
	}
	return any
}

// data is what a record says, beside its name and how long it holds.
func data(record dns.RR) string {
	return strings.TrimPrefix(record.String(), record.Header().String())
}
