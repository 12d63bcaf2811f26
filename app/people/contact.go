package people

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/call"
)

// Contact is a person that one calls.
type Contact struct {
	Name      string   `json:"name"`                // as this side calls them
	Addresses []string `json:"addresses,omitempty"` // ways to reach them, as they are dialled, the best first
	// Fingerprint is the certificate of their machine; "" until it was seen.
	Fingerprint string    `json:"fingerprint,omitempty"`
	Verified    time.Time `json:"verified,omitzero"` // when the words were compared; zero: never
}

// Bounds of what is kept.
const (
	mostContacts  = 2000
	mostAddresses = 16
)

// Key is an address as it is compared and kept: without a scheme of the
// desktop's, and without the secret of a link.
func Key(address string) string {
	key := strings.TrimSpace(address)
	if rest, is := strings.CutPrefix(key, "parley:"); is {
		key = strings.TrimLeft(rest, "/")
	}
	key, _, _ = strings.Cut(key, "#")
	return strings.ToLower(key)
}

// Put adds a contact, or takes the place of the one of the same name.
func (b *Book) Put(c Contact) error {
	c.Name = call.CleanName(c.Name)
	if c.Name == "" {
		return errNoName
	}
	if len(c.Addresses) > mostAddresses {
		c.Addresses = c.Addresses[:mostAddresses]
	}
	if i := b.index(c.Name); i >= 0 {
		b.Contacts[i] = c
		return nil
	}
	if len(b.Contacts) >= mostContacts {
		return errTooMany
	}
	b.Contacts = append(b.Contacts, c)
	slices.SortFunc(b.Contacts, func(a, b Contact) int { return strings.Compare(fold(a.Name), fold(b.Name)) })
	return nil
}

// Keep makes somebody a contact of a name. What is known of a contact of that
// name stays, for it may be whom the words were compared with; another machine
// never takes its place so.
func (b *Book) Keep(name, address, fingerprint string) error {
	c, known := b.Named(name)
	switch {
	case !known:
		c = Contact{Name: name, Fingerprint: fingerprint}
	case fingerprint == "" || c.Fingerprint == fingerprint:
	case c.Fingerprint == "":
		c.Fingerprint = fingerprint
	default:
		return fmt.Errorf("there is a contact called %s already, on another machine; choose another name, or remove that one first", c.Name)
	}
	if address != "" && !c.has(address) {
		c.Addresses = append(c.Addresses, address)
	}
	return b.Put(c)
}

func (c Contact) has(address string) bool {
	return slices.ContainsFunc(c.Addresses, func(a string) bool { return Key(a) == Key(address) })
}

// Remove takes a contact out by name; false where there is none.
func (b *Book) Remove(name string) bool {
	i := b.index(name)
	if i >= 0 {
		b.Contacts = slices.Delete(b.Contacts, i, i+1)
	}
	return i >= 0
}

// Verify notes that the words were compared with the person that a
// fingerprint belongs to, under a name, as a contact.
func (b *Book) Verify(name, address, fingerprint string, at time.Time) error {
	c, known := b.Named(name)
	if !known {
		c = Contact{Name: name}
	}
	if address != "" && !c.has(address) {
		c.Addresses = append([]string{address}, c.Addresses...)
	}
	c.Fingerprint, c.Verified = fingerprint, at
	return b.Put(c)
}

// Named finds a contact by name, whatever its capitals.
func (b *Book) Named(name string) (Contact, bool) {
	if i := b.index(call.CleanName(name)); i >= 0 {
		return b.Contacts[i], true
	}
	return Contact{}, false
}

// Who finds the contact that a fingerprint belongs to.
func (b *Book) Who(fingerprint string) (Contact, bool) {
	i := slices.IndexFunc(b.Contacts, func(c Contact) bool { return fingerprint != "" && c.Fingerprint == fingerprint })
	if i < 0 {
		return Contact{}, false
	}
	return b.Contacts[i], true
}

// Expected is the contact who is reached at an address.
func (b *Book) Expected(address string) (Contact, bool) { return b.at(Key(address)) }

// at finds the contact that is reached at an address.
func (b *Book) at(key string) (Contact, bool) {
	for _, c := range b.Contacts {
		if c.has(key) {
			return c, true
		}
	}
	return Contact{}, false
}

func (b *Book) index(name string) int {
	return slices.IndexFunc(b.Contacts, func(c Contact) bool { return fold(c.Name) == fold(name) })
}

func fold(s string) string { return strings.ToLower(s) }
