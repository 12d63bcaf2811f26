package lan

import (
	"net/netip"
	"strings"

	"parley/call"
)

// Availability is what a person lets others know before they call.
type Availability string

// The availabilities.
const (
	Available Availability = "available"
	Busy      Availability = "busy" // in a call, or not to be disturbed
)

// availability reads what a stranger says; what is not known counts as
// available, since a call can be tried.
func availability(text string) Availability {
	if Availability(text) == Busy {
		return Busy
	}
	return Available
}

// Person is somebody nearby who can be called.
type Person struct {
	ID           string       `json:"id"` // of a start of their program
	Name         string       `json:"name"`
	Availability Availability `json:"availability"`
	Version      int          `json:"version"` // of the protocol of calls that they speak
	// Addresses are where their program takes calls, the likeliest first.
	Addresses []netip.AddrPort `json:"addresses"`
}

// Scheme stands before an ID in an address that is dialled.
const Scheme = "nearby:"

// Address is what a Dialer is given to call this very program.
func (p Person) Address() string { return Scheme + p.ID }

// equal tells whether a watcher would see no difference.
func (p Person) equal(q Person) bool {
	if len(p.Addresses) != len(q.Addresses) {
		return false
	}
	for i, a := range p.Addresses {
		if a != q.Addresses[i] {
			return false
		}
	}
	return p.ID == q.ID && p.Name == q.Name && p.Availability == q.Availability && p.Version == q.Version
}

// mostID bounds an ID, a label of a DNS name.
const mostID = 63

// isID tells whether a text can be the ID of somebody's program.
func isID(s string) bool {
	if s == "" || len(s) > mostID {
		return false
	}
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// mostNameBytes is what fits into a string of a TXT record (RFC 1035 section
// 3.3.14) behind its key.
const mostNameBytes = 255 - len("name=")

// announced is a name as it is told to others.
func announced(name string) string {
	name = call.CleanName(name)
	for len(name) > mostNameBytes {
		runes := []rune(name)
		name = string(runes[:len(runes)-1])
	}
	return name
}
