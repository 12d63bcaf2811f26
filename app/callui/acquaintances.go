package callui

import (
	"slices"

	"parley/app/callui/roster"
)

// People are those whom one may call, and what is kept about them.
type People interface {
	// List is in the order in which it is shown: by kind.
	List() []roster.Person
	// Watch has f called when the list changed; f must not block.
	Watch(f func()) (stop func())
	// Keep makes somebody a contact of a name.
	Keep(p roster.Person, name string) error
	Remove(p roster.Person) error
	Block(p roster.Person) error
	// Seen notes that the person has seen which calls were missed.
	Seen() error
}

// watchPeople keeps the list of people; it returns how to end that.
func (d *Desk) watchPeople() (stop func()) {
	if d.cfg.People == nil {
		return func() {}
	}
	d.listPeople()
	return d.cfg.People.Watch(d.listPeople)
}

func (d *Desk) listPeople() {
	d.jobs.post(func() {
		list := d.cfg.People.List()
		d.do(func(p *Presenter) { p.People(list) })
	})
}

// Keep makes somebody a contact.
func (d *Desk) Keep(who roster.Person, name string) {
	d.people(func() error { return d.cfg.People.Keep(who, name) })
}

// Remove takes somebody out of the contacts.
func (d *Desk) Remove(who roster.Person) {
	d.people(func() error { return d.cfg.People.Remove(who) })
}

// Block has somebody's calls not ring any more.
func (d *Desk) Block(who roster.Person) {
	d.people(func() error { return d.cfg.People.Block(who) })
}

// Seen notes that the missed calls were seen.
func (d *Desk) Seen() {
	d.do(func(p *Presenter) {
		if p.model.Missed() > 0 {
			d.people(d.cfg.People.Seen)
		}
	})
}

// people does something with what is kept, and says so where that fails.
func (d *Desk) people(f func() error) {
	d.jobs.post(func() {
		if err := f(); err != nil {
			d.Say(say(err.Error()))
		}
	})
}

// People takes the list of those whom one may call.
func (p *Presenter) People(list []roster.Person) { p.model.People = slices.Clone(list) }

// Missed counts the calls that were missed and that nobody has seen yet.
func (m Model) Missed() (n int) {
	for _, p := range m.People {
		if p.New {
			n++
		}
	}
	return n
}
