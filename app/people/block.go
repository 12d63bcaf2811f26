package people

import (
	"slices"
	"time"

	"parley/call"
)

// Block is somebody whose calls never ring: by certificate, which follows
// them anywhere, or by address, where they show none of their own twice.
type Block struct {
	Name        string    `json:"name,omitempty"` // to know it again by
	Fingerprint string    `json:"fingerprint,omitempty"`
	Address     string    `json:"address,omitempty"` // a Key; of calls by address and from nearby
	At          time.Time `json:"at"`
}

const mostBlocked = 1000

// Block has somebody's calls never ring again.
func (b *Book) Block(one Block) {
	one.Address = Key(one.Address)
	if one.Fingerprint == "" && one.Address == "" || slices.ContainsFunc(b.Blocked, one.same) {
		return
	}
	b.Blocked = append(b.Blocked[max(0, len(b.Blocked)-mostBlocked+1):], one)
}

func (one Block) same(other Block) bool {
	return one.Fingerprint == other.Fingerprint && one.Address == other.Address
}

// Unblock lets them ring again, by name, fingerprint or address; false where
// nobody of that is blocked.
func (b *Book) Unblock(who string) bool {
	n := len(b.Blocked)
	b.Blocked = slices.DeleteFunc(b.Blocked, func(one Block) bool {
		return who != "" && (fold(one.Name) == fold(who) || one.Fingerprint == who || one.Address == Key(who))
	})
	return len(b.Blocked) < n
}

// Admits says whether a call that comes in may ring. An address tells only
// where it is the caller's own.
func (b *Book) Admits(c call.Caller) bool {
	own := c.Way == call.ByAddress || c.Way == call.Nearby
	return !slices.ContainsFunc(b.Blocked, func(one Block) bool {
		return one.Fingerprint != "" && one.Fingerprint == c.Fingerprint || own && one.Address != "" && one.Address == Key(c.Address)
	})
}

// IsFingerprint knows the fingerprint of a certificate, as events tell it.
func IsFingerprint(s string) bool {
	got, err := call.FingerprintOf("a=fingerprint:sha-256 " + s)
	return err == nil && got != ""
}
