package desktop

import (
	"errors"
	"slices"
	"strings"
	"time"

	"parley/app/callui/roster"
	"parley/app/people"
	"parley/call"
)

// acquaintances show what is kept about people as the call screen wants it.
type acquaintances struct{ store *people.Store }

// mostRecent bounds the past calls that are listed.
const mostRecent = 30

// List is the contacts, then past calls, the newest first.
func (a acquaintances) List() (all []roster.Person) {
	book := a.store.Get()
	for _, c := range book.Contacts {
		p := roster.Person{Kind: roster.Contact, Name: c.Name, Fingerprint: c.Fingerprint, Verified: !c.Verified.IsZero(), Known: true}
		if len(c.Addresses) > 0 {
			p.Address = c.Addresses[0]
		}
		all = append(all, p)
	}
	for i := len(book.History) - 1; i >= max(0, len(book.History)-mostRecent); i-- {
		all = append(all, recent(book, book.History[i]))
	}
	return all
}

// recent is a past call. Who called cannot be dialled where they came from,
// unless they are a contact: a caller's address has no port. Nor does a link lead
// anywhere without its secret, which is not kept.
func recent(book people.Book, e people.Entry) roster.Person {
	p := roster.Person{
		Kind: roster.Recent, Name: e.Name, Fingerprint: e.Fingerprint, At: e.At, Incoming: e.Incoming,
		Missed: e.Outcome == people.Missed, New: e.Outcome == people.Missed && e.At.After(book.Seen), Length: e.Length,
	}
	if isLink := strings.Contains(e.Address, "/"); !e.Incoming && !isLink {
		p.Address = e.Address
	}
	if c, known := book.Who(e.Fingerprint); known {
		p.Known, p.Verified, p.Name = true, !c.Verified.IsZero(), c.Name
		if p.Address == "" && len(c.Addresses) > 0 {
			p.Address = c.Addresses[0]
		}
	}
	return p
}

func (a acquaintances) Watch(f func()) (stop func()) {
	return a.store.Watch(func(people.Book) { f() })
}

func (a acquaintances) Keep(p roster.Person, name string) error {
	return a.store.Change(func(b *people.Book) error { return b.Keep(name, p.Address, p.Fingerprint) })
}

func (a acquaintances) Remove(p roster.Person) error {
	return a.store.Change(func(b *people.Book) error { b.Remove(p.Name); return nil })
}

// errNoMark is answered where a caller would ring again, blocked or not.
var errNoMark = errors.New("this caller showed neither a certificate nor an address of their own, so there is nothing to know them by; their link can be ended")

// Block has whoever made a past call not ring any more.
func (a acquaintances) Block(p roster.Person) error {
	return a.store.Change(func(b *people.Book) error {
		one := people.Block{Name: p.Name, Fingerprint: p.Fingerprint, At: time.Now()}
		i := slices.IndexFunc(b.History, func(e people.Entry) bool { return e.Incoming && e.At.Equal(p.At) })
		if p.Fingerprint == "" && i >= 0 {
			one.Address = ownAddress(b.History[i].Way, b.History[i].Address)
		}
		return put(b, one)
	})
}

// ownAddress is where a call came from if nobody else's come from there.
func ownAddress(way call.Way, address string) string {
	if way == call.ByAddress || way == call.Nearby {
		return address
	}
	return ""
}

func put(b *people.Book, one people.Block) error {
	if one.Fingerprint == "" && one.Address == "" {
		return errNoMark
	}
	b.Block(one)
	return nil
}

func (a acquaintances) Seen() error {
	return a.store.Change(func(b *people.Book) error { b.Seen = time.Now(); return nil })
}

// verify notes that the words of a call were compared. Whom this side dialled
// is kept with the address.
func (a acquaintances) verify(e call.Event) error {
	return a.store.Change(func(b *people.Book) error {
		name, address := e.Them, ""
		if c, known := b.Who(e.Fingerprint); known {
			name = c.Name
		}
		if !e.Incoming && e.Way != call.ByCode {
			address = e.Address
		}
		return b.Verify(name, address, e.Fingerprint, e.At)
	})
}

// block has a caller not ring any more. One without a certificate to know it
// by is blocked by the address that it came from, where that is its own.
func (a acquaintances) block(e call.Event) error {
	return a.store.Change(func(b *people.Book) error {
		one := people.Block{Name: e.Them, Fingerprint: e.Fingerprint, At: e.At}
		if e.Fingerprint == "" {
			one.Address = ownAddress(e.Way, e.Address)
		}
		return put(b, one)
	})
}
