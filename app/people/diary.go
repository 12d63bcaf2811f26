package people

import (
	"sync"
	"time"

	"parley/call"
)

// Diary writes the history of a phone's calls, and which machines answered.
type Diary struct {
	store *Store
	fail  func(error) // hears what could not be kept

	mu        sync.Mutex
	session   string
	last      string // the session that is in the history since last
	began     time.Time
	connected time.Time
}

// NewDiary returns one for a store. fail may not block.
func NewDiary(s *Store, fail func(error)) *Diary { return &Diary{store: s, fail: fail} }

// Note takes the events of a call.Phone: hand it to Watch.
func (d *Diary) Note(e call.Event) {
	if e.Loopback {
		return
	}
	d.mu.Lock()
	if d.session != e.Session {
		d.session, d.began, d.connected = e.Session, e.At, time.Time{}
	}
	first := e.State == call.Connected && d.connected.IsZero()
	if first {
		d.connected = e.At
	}
	began, connected := d.began, d.connected
	if e.State == call.Ended {
		d.session, d.last = "", e.Session
	}
	d.mu.Unlock()
	switch {
	case first:
		d.met(e)
	case e.State == call.Ended:
		d.change(func(b *Book) error { b.Add(entryOf(e, began, connected)); return nil })
	}
}

// Missed takes the last event of a call that nobody took: one that rang is in
// the history already.
func (d *Diary) Missed(e call.Event) {
	d.mu.Lock()
	known := d.last == e.Session
	d.mu.Unlock()
	if known {
		return
	}
	d.change(func(b *Book) error {
		entry := entryOf(e, e.At, time.Time{})
		entry.Outcome = Missed
		b.Add(entry)
		return nil
	})
}

// met notes who answered at an address, and the machine of a contact that was
// known by address alone. One that was verified stays as it is: only comparing
// the words again changes it.
func (d *Diary) met(e call.Event) {
	if e.Incoming || e.Fingerprint == "" || e.Way == call.ByCode {
		return
	}
	d.change(func(b *Book) error {
		b.Pin(e.Address, e.Fingerprint, e.At)
		if c, is := b.at(Key(e.Address)); is && c.Verified.IsZero() && c.Fingerprint != e.Fingerprint {
			c.Fingerprint = e.Fingerprint
			return b.Put(c)
		}
		return nil
	})
}

func (d *Diary) change(f func(*Book) error) {
	if err := d.store.Change(f); err != nil && d.fail != nil {
		d.fail(err)
	}
}

// withoutSecret is an address fit to be kept and shown; a spoken code is used
// up, and leads nowhere.
func withoutSecret(address string) string {
	if call.LooksLikeCode(address) {
		return ""
	}
	return call.Shown(address)
}
