// Package invites keeps the links that were made to call this person by, and
// has them open at their rendezvous while the program runs.
//
// What a window needs of it is Keeper:
//
//	Make(Order)      a new link: once, for a time, or always (a personal room)
//	List()           all that work, with how they stand
//	Revoke(id)       one works no more
//	Code() EndCode() a spoken code, told to Watch when it has its number
//	Watch(f)         hears of every change
//
// Store is the file; it may be changed by another Parley (parley invite) while
// this one runs, which is noticed within two seconds. Keeper owns one goroutine
// for that, and the rooms; Close ends them and waits.
package invites

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"parley/call"
)

// Kind says how often, or how long, a link works.
type Kind string

// The kinds.
const (
	Once   Kind = "once"   // for one call
	Timed  Kind = "timed"  // until a time
	Always Kind = "always" // until it is revoked: a personal room
)

// Invite is a link that was made. Its claim and secret are nobody else's
// business: the file is readable by its owner alone.
type Invite struct {
	ID     string    `json:"id"`
	Kind   Kind      `json:"kind"`
	For    string    `json:"for,omitempty"` // whom it was made for, as its maker wrote it
	Origin string    `json:"origin"`        // of the rendezvous
	Key    string    `json:"key,omitempty"` // invitation key of a space there
	Claim  string    `json:"claim"`
	Secret string    `json:"secret"` // as in the link
	Made   time.Time `json:"made"`
	Until  time.Time `json:"until,omitzero"`
}

// Order is what a link is made by.
type Order struct {
	Kind   Kind
	For    string
	Lasts  time.Duration // of Timed
	Origin string        // of the rendezvous
	Key    string
}

// secretText is how a link writes its secret.
var secretText = base64.RawURLEncoding.Strict()

// Make draws a link.
func Make(o Order, now time.Time) (Invite, error) {
	i := Invite{
		ID: rand.Text(), Kind: o.Kind, For: call.CleanName(o.For), Origin: o.Origin, Key: o.Key, Claim: rand.Text(), Made: now.UTC().Truncate(time.Second),
	}
	secret := make([]byte, call.SecretSize)
	_, _ = rand.Read(secret) // it never fails, says crypto/rand
	i.Secret = secretText.EncodeToString(secret)
	if o.Kind == Timed {
		i.Until = i.Made.Add(o.Lasts)
	}
	return i, i.check()
}

func (i Invite) check() error {
	origin, err := call.ParseOrigin(i.Origin)
	switch {
	case err != nil:
		return err
	case origin != i.Origin, i.ID == "", i.Claim == "":
		return fmt.Errorf("a link of %s is damaged", i.Origin)
	case i.Kind != Once && i.Kind != Timed && i.Kind != Always:
		return fmt.Errorf("there is no kind of link called %q", i.Kind)
	case (i.Kind == Timed) != !i.Until.IsZero(), i.Kind == Timed && !i.Until.After(i.Made):
		return fmt.Errorf("a link for a time needs one that is to come")
	}
	_, err = call.ParseInvitation(i.Link())
	return err
}

// Slot is where its maker waits.
func (i Invite) Slot() string { return call.SlotOf(call.SpaceOfKey(i.Key), i.Claim) }

// Link is what is passed on.
func (i Invite) Link() string { return i.Origin + "/c/" + i.Slot() + "#" + i.Secret }

// Door is what is kept open for it.
func (i Invite) Door() call.Door {
	d := call.Door{Slot: i.Slot(), Claim: i.Claim, Once: i.Kind == Once, Until: i.Until}
	if link, err := call.ParseInvitation(i.Link()); err == nil { // it was checked
		d.Secret = link.Secret
	}
	return d
}

// Shown is the link without its secret, as who comes in by it is announced.
func (i Invite) Shown() string {
	_, shown, _ := strings.Cut(call.Shown(i.Link()), "://")
	return shown
}

// Works says whether it still leads here.
func (i Invite) Works(now time.Time) bool { return i.Until.IsZero() || now.Before(i.Until) }
