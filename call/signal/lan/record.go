package lan

import (
	"net"
	"net/netip"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// The names of the service (RFC 6763 section 7) and of all services.
const (
	service  = "_parley._tcp.local."
	services = "_services._dns-sd._udp.local."
	domain   = ".local."
)

// ownTTL is how long this program's records hold. All of it ends with the
// program, like an address: that of RFC 6762 section 10 for those.
const ownTTL = 120 * time.Second

// instance is the full name of a person's program.
func instance(id string) string { return id + "." + service }

// idOf is the ID in an instance's name; "" where it is none.
func idOf(name string) string {
	id, ok := strings.CutSuffix(strings.ToLower(name), "."+service)
	if !ok || !isID(id) {
		return ""
	}
	return id
}

// self is what this program tells of itself on one interface.
type self struct {
	id        string
	port      int
	facts     facts
	addresses []netip.Addr
}

// host is the name that the addresses stand under: the ID again, since the
// machine's own name is nobody's business.
func (s self) host() string { return s.id + domain }

func header(name string, kind uint16, ttl time.Duration, unique bool) dns.RR_Header {
	h := dns.RR_Header{Name: name, Rrtype: kind, Class: dns.ClassINET, Ttl: uint32(ttl / time.Second)}
	if unique {
		h.Class |= flushes
	}
	return h
}

// records are all that there is to tell, the pointer first. ttl 0 takes it back.
func (s self) records(ttl time.Duration) []dns.RR {
	all := []dns.RR{
		&dns.PTR{Hdr: header(service, dns.TypePTR, ttl, false), Ptr: instance(s.id)},
		&dns.SRV{Hdr: header(instance(s.id), dns.TypeSRV, ttl, true), Port: uint16(s.port), Target: s.host()},
		&dns.TXT{Hdr: header(instance(s.id), dns.TypeTXT, ttl, true), Txt: s.facts.strings()},
	}
	for _, a := range s.addresses {
		if a.Is4() {
			all = append(all, &dns.A{Hdr: header(s.host(), dns.TypeA, ttl, true), A: net.IP(a.AsSlice())})
		} else {
			all = append(all, &dns.AAAA{Hdr: header(s.host(), dns.TypeAAAA, ttl, true), AAAA: net.IP(a.AsSlice())})
		}
	}
	return all
}

// catalogue says that there is such a service at all (RFC 6763 section 9).
func catalogue(ttl time.Duration) dns.RR {
	return &dns.PTR{Hdr: header(services, dns.TypePTR, ttl, false), Ptr: service}
}

// answers are the records that a question asks for.
func (s self) answers(q dns.Question, ttl time.Duration) (found []dns.RR) {
	if class := q.Qclass &^ flushes; class != dns.ClassINET && class != dns.ClassANY {
		return nil
	}
	for _, r := range append(s.records(ttl), catalogue(ttl)) {
		h := r.Header()
		if strings.EqualFold(h.Name, q.Name) && (q.Qtype == h.Rrtype || q.Qtype == dns.TypeANY) {
			found = append(found, r)
		}
	}
	return found
}
