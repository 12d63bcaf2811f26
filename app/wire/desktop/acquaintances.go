package desktop

import (
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
// unless they are a contact: a caller's address has no port.
func recent(book people.Book, e people.Entry) roster.Person {
	p := roster.Person{
		Kind: roster.Recent, Name: e.Name, Fingerprint: e.Fingerprint, At: e.At, Incoming: e.Incoming,
		Missed: e.Outcome == people.Missed, New: e.Outcome == people.Missed && e.At.After(book.Seen), Length: e.Length,
	}
	if !e.Incoming {
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
	return a.store.Change(func(b *people.Book) error {
		c := people.Contact{Name: name, Fingerprint: p.Fingerprint}
		if p.Address != "" {
			c.Addresses = []string{p.Address}
		}
		return b.Put(c)
	})
}

func (a acquaintances) Remove(p roster.Person) error {
	return a.store.Change(func(b *people.Book) error { b.Remove(p.Name); return nil })
}

func (a acquaintances) Block(p roster.Person) error {
	return a.store.Change(func(b *people.Book) error {
		b.Block(people.Block{Name: p.Name, Fingerprint: p.Fingerprint, At: time.Now()})
		return nil
	})
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
		if e.Fingerprint == "" && (e.Way == call.ByAddress || e.Way == call.Nearby) {
			one.Address = e.Address
		}
		b.Block(one)
		return nil
	})
}
