package call

import (
	"strings"
	"time"
)

// Door is a way in that this program keeps open at a rendezvous: a slot, and
// the secret that what is said there is sealed with.
type Door struct {
	Slot   string // SlotOf a space and Claim
	Claim  string
	Secret [SecretSize]byte
	Once   bool      // for one call
	Until  time.Time // zero: without an end
}

// DoorChangeKind says what became of a door.
type DoorChangeKind int

// What becomes of doors.
const (
	DoorOpened  DoorChangeKind = iota // whoever has the link, or the code, comes in from now on
	DoorShut                          // used up, or out of time: it is gone for good
	DoorGuessed                       // somebody tried a wrong code: it is gone for good
	DoorTaken                         // another program with the same claim has it now
	DoorRefused                       // Err says why; it is tried again
	DoorAway                          // the rendezvous is not reached; it is tried again
)

// DoorChange is what became of a door, or of all of them.
type DoorChange struct {
	Kind DoorChangeKind
	Slot string // "": all
	Code Code   // of a spoken code
	Err  error
}

// SpaceOfKey is the name of the space that an invitation key is for, which
// stands before it: NAME-invite-…; "" is the space that a server has by itself.
func SpaceOfKey(key string) string {
	at := strings.LastIndex(key, "-invite-")
	if at < 0 {
		return ""
	}
	return key[:at]
}
