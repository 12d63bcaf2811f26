package people

import (
	"slices"
	"time"

	"parley/call"
)

// Pin is the machine that answered at an address last.
type Pin struct {
	Address     string    `json:"address"` // a Key
	Fingerprint string    `json:"fingerprint"`
	At          time.Time `json:"at"`
}

const mostPins = 1000

// Pin notes who answered at an address. The oldest gives way.
func (b *Book) Pin(address, fingerprint string, at time.Time) {
	key := Key(address)
	b.Forget(address)
	b.Pins = append(b.Pins[max(0, len(b.Pins)-mostPins+1):], Pin{key, fingerprint, at})
}

// Forget takes the machine of an address out; false where there is none.
func (b *Book) Forget(address string) bool {
	n := len(b.Pins)
	b.Pins = slices.DeleteFunc(b.Pins, func(p Pin) bool { return p.Address == Key(address) })
	return len(b.Pins) < n
}

// Standing is what is known of the other side of a call. What was dialled
// counts first: a contact's address, or one called before, is to be answered
// by the same machine. A caller is known by its certificate; who has the name
// of a verified contact and another certificate is no stranger but a question.
func (b *Book) Standing(c call.Caller) call.Standing {
	if c.Fingerprint == "" {
		return call.Stranger
	}
	if !c.Incoming && b.otherThere(Key(c.Address), c.Fingerprint) {
		return call.Changed
	}
	if known, is := b.Who(c.Fingerprint); is {
		if known.Verified.IsZero() {
			return call.Known
		}
		return call.Verified
	}
	if named, is := b.Named(c.Name); is && c.Incoming && !named.Verified.IsZero() {
		return call.Changed
	}
	if slices.ContainsFunc(b.Pins, func(p Pin) bool { return p.Fingerprint == c.Fingerprint }) {
		return call.Known
	}
	return call.Stranger
}

// otherThere says whether somebody else is expected at an address.
func (b *Book) otherThere(key, fingerprint string) bool {
	if c, is := b.at(key); is && c.Fingerprint != "" {
		return c.Fingerprint != fingerprint
	}
	i := slices.IndexFunc(b.Pins, func(p Pin) bool { return p.Address == key })
	return i >= 0 && b.Pins[i].Fingerprint != fingerprint
}
