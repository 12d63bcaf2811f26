package desktop

import (
	"errors"

	"parley/app/callui"
	"parley/app/callui/roster"
	"parley/call/signal/lan"
)

// around are the people nearby, before those of a book; nil is none.
type around struct {
	near *lan.Neighbours
	book callui.People
}

var presences = map[lan.Availability]roster.Presence{
	lan.Available: roster.Free, lan.Busy: roster.Busy,
}

// List satisfies callui.People. A contact who is kept by name tells whether
// they can be called, while they are nearby.
func (a around) List() []roster.Person {
	var known []roster.Person
	if a.book != nil {
		known = a.book.List()
	}
	return beside(a.near.People(), known)
}

func beside(near []lan.Person, known []roster.Person) (all []roster.Person) {
	presence, contacts := map[string]roster.Presence{}, map[string]bool{}
	for _, p := range known {
		contacts[p.Address] = contacts[p.Address] || p.Kind == roster.Contact
	}
	for _, p := range near {
		byName := lan.Scheme + p.Name
		presence[byName] = presences[p.Availability]
		all = append(all, roster.Person{
			Kind: roster.Nearby, Name: p.Name, Address: p.Address(), Presence: presences[p.Availability], Known: contacts[byName],
		})
	}
	for _, p := range known {
		if p.Kind == roster.Contact {
			p.Presence = presence[p.Address]
		}
		all = append(all, p)
	}
	return all
}

// Watch satisfies callui.People.
func (a around) Watch(f func()) (stop func()) {
	stopNear := a.near.Watch(func([]lan.Person) { f() })
	if a.book == nil {
		return stopNear
	}
	stopBook := a.book.Watch(f)
	return func() { stopNear(); stopBook() }
}

// errNoBook is answered where nothing is kept about people.
var errNoBook = errors.New("contacts are not kept on this machine")

// Keep satisfies callui.People. Whoever is nearby has another address with each
// start of their program; their name stays.
func (a around) Keep(p roster.Person, name string) error {
	if p.Kind == roster.Nearby {
		p.Address = lan.Scheme + p.Name
	}
	return a.with(func(b callui.People) error { return b.Keep(p, name) })
}

// Remove satisfies callui.People.
func (a around) Remove(p roster.Person) error {
	return a.with(func(b callui.People) error { return b.Remove(p) })
}

// Block satisfies callui.People.
func (a around) Block(p roster.Person) error {
	return a.with(func(b callui.People) error { return b.Block(p) })
}

// Seen satisfies callui.People.
func (a around) Seen() error { return a.with(callui.People.Seen) }

func (a around) with(f func(callui.People) error) error {
	if a.book == nil {
		return errNoBook
	}
	return f(a.book)
}
