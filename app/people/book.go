package people

import (
	"errors"
	"time"
)

// Book is everything that is kept about people. The zero value knows nobody.
type Book struct {
	Version  int       `json:"version"`
	Contacts []Contact `json:"contacts,omitempty"` // by name
	Pins     []Pin     `json:"pins,omitempty"`     // the newest last
	Blocked  []Block   `json:"blocked,omitempty"`
	History  []Entry   `json:"history,omitempty"` // the newest last
	Seen     time.Time `json:"seen,omitzero"`     // when the person last looked at missed calls
}

// Version is the version of the file's form that this program writes.
const Version = 1

// What a person asked for that cannot be.
var (
	errNoName  = errors.New("a contact needs a name")
	errTooMany = errors.New("there are too many contacts; remove some first")
)

// clone is a copy that shares nothing that Book's methods change.
func (b Book) clone() Book {
	b.Contacts = append([]Contact(nil), b.Contacts...)
	for i, c := range b.Contacts {
		b.Contacts[i].Addresses = append([]string(nil), c.Addresses...)
	}
	b.Pins = append([]Pin(nil), b.Pins...)
	b.Blocked = append([]Block(nil), b.Blocked...)
	b.History = append([]Entry(nil), b.History...)
	return b
}
