// Package roster shows whom one may call: people nearby, contacts, and those
// one talked with of late. It is widgets alone, used on Fyne's goroutine.
package roster

import (
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"
)

// Kind says where a person is known from.
type Kind int

// The kinds, in the order in which they are shown.
const (
	Nearby Kind = iota
	Contact
	Recent
)

// Presence is what a person lets others know before they call.
type Presence int

// The presences.
const (
	Unknown Presence = iota
	Free
	Busy
)

// Person is somebody whom one may call.
type Person struct {
	Kind        Kind
	Name        string
	Address     string // as it is dialled; "": they can only call here
	Fingerprint string // of their machine; "": not known
	Presence    Presence
	Verified    bool // the words were compared
	Known       bool // is a contact

	// Of Recent.
	At       time.Time
	Incoming bool
	Missed   bool
	New      bool // missed, and nobody has seen it yet
	Length   time.Duration
}

// Detail is what stands below the name.
func (p Person) Detail(now time.Time) string {
	switch p.Kind {
	case Nearby:
		return p.Presence.word()
	case Contact:
		if p.Presence != Unknown {
			return p.Presence.word()
		}
		public, _, _ := strings.Cut(p.Address, "#") // behind it is a link's secret
		return public
	}
	return p.what() + ", " + when(p.At, now)
}

// when is the time of day, or the day where that was another one.
func when(at, now time.Time) string {
	if day := at.Format(time.DateOnly); day != now.Format(time.DateOnly) {
		return day
	}
	return at.Format("15:04")
}

func (p Person) what() string {
	switch {
	case p.Missed:
		return lang.L("Missed")
	case p.Incoming:
		return lang.L("Called you")
	}
	return lang.L("You called")
}

func (p Presence) word() string {
	if p == Busy {
		return lang.L("Busy")
	}
	return lang.L("Available")
}

// section is the heading of a kind.
func (k Kind) section() string {
	switch k {
	case Nearby:
		return lang.L("Nearby")
	case Contact:
		return lang.L("Contacts")
	}
	return lang.L("Recent")
}
