package desktop

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/app/callui/roster"
	"parley/app/people"
	"parley/call"
)

var (
	ann   = strings.TrimSuffix(strings.Repeat("AA:", 32), ":")
	bob   = strings.TrimSuffix(strings.Repeat("BB:", 32), ":")
	begin = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
)

func newAcquaintances(t *testing.T, f func(*people.Book)) acquaintances {
	t.Helper()
	store, err := people.Open(filepath.Join(t.TempDir(), "people.json"))
	if err == nil {
		err = store.Change(func(b *people.Book) error { f(b); return nil })
	}
	if err != nil {
		t.Fatal(err)
	}
	return acquaintances{store}
}

func TestContactsStandBeforeCallsTheNewestFirst(t *testing.T) {
	a := newAcquaintances(t, func(b *people.Book) {
		b.Contacts = []people.Contact{
			{Name: "Ann", Addresses: []string{"ann.example", "192.0.2.1"}, Fingerprint: ann, Verified: begin}, {Name: "Carl"},
		}
		b.Seen = begin.Add(time.Minute)
		b.History = []people.Entry{
			{At: begin, Name: "Somebody", Address: "192.0.2.9", Incoming: true, Outcome: people.Missed},
			{At: begin.Add(time.Hour), Name: "ann", Address: "192.0.2.1", Fingerprint: ann, Incoming: true, Outcome: people.Missed},
			{At: begin.Add(2 * time.Hour), Name: "Bob", Address: "bob.example", Fingerprint: bob, Outcome: people.Answered, Length: time.Minute},
		}
	})
	want := []roster.Person{
		{Kind: roster.Contact, Name: "Ann", Address: "ann.example", Fingerprint: ann, Verified: true, Known: true},
		{Kind: roster.Contact, Name: "Carl", Known: true},
		{Kind: roster.Recent, Name: "Bob", Address: "bob.example", Fingerprint: bob, At: begin.Add(2 * time.Hour), Length: time.Minute},
		// Who called is called back where the contact is, and by the contact's name.
		{Kind: roster.Recent, Name: "Ann", Address: "ann.example", Fingerprint: ann, At: begin.Add(time.Hour), Incoming: true, Missed: true, New: true, Known: true, Verified: true},
		{Kind: roster.Recent, Name: "Somebody", At: begin, Incoming: true, Missed: true}, // was seen, and cannot be called
	}
	if got := a.List(); !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	news := 0
	stop := a.Watch(func() { news++ })
	if err := a.Seen(); err != nil || a.List()[3].New || news != 1 {
		t.Errorf("seen: %+v, %d times news, %v", a.List()[3], news, err)
	}
	stop()
	if err := a.Remove(roster.Person{Kind: roster.Contact, Name: "Ann"}); err != nil || a.List()[0].Name != "Carl" || news != 1 {
		t.Errorf("removed: %+v, %v", a.List()[0], err)
	}
}

func TestOnlyTheLastCallsAreListed(t *testing.T) {
	a := newAcquaintances(t, func(b *people.Book) {
		for i := range mostRecent + 5 {
			b.Add(people.Entry{At: begin.Add(time.Duration(i) * time.Hour), Name: "Bob", Outcome: people.Answered})
		}
	})
	all := a.List()
	if len(all) != mostRecent || !all[0].At.After(all[1].At) || !all[mostRecent-1].At.Equal(begin.Add(5*time.Hour)) {
		t.Errorf("%d calls, from %v to %v", len(all), all[0].At, all[len(all)-1].At)
	}
}

// Whoever calls themselves what a contact is called does not become it.
func TestKeepingDoesNotReplaceAMachine(t *testing.T) {
	a := newAcquaintances(t, func(b *people.Book) {
		b.Contacts = []people.Contact{{Name: "Ann", Addresses: []string{"ann.example"}, Fingerprint: ann, Verified: begin}}
	})
	if err := a.Keep(roster.Person{Kind: roster.Recent, Name: "Ann", Fingerprint: bob, Address: "192.0.2.9"}, "Ann"); err == nil || !strings.Contains(err.Error(), "another name") {
		t.Errorf("another machine: %v", err)
	}
	if err := a.Keep(roster.Person{Kind: roster.Nearby, Name: "ann", Address: "nearby:ann"}, "ann"); err != nil { // nobody's machine yet
		t.Error(err)
	}
	if err := a.Keep(roster.Person{Kind: roster.Recent, Fingerprint: ann, Address: "ann.example"}, "Ann"); err != nil {
		t.Error(err)
	}
	if err := a.Keep(roster.Person{Kind: roster.Recent, Name: "Bob", Fingerprint: bob}, "Bob"); err != nil {
		t.Error(err)
	}
	if err := a.Keep(roster.Person{}, " "); err == nil {
		t.Error("a contact has no name")
	}
	book := a.store.Get()
	c, _ := book.Named("Ann")
	if c.Fingerprint != ann || !c.Verified.Equal(begin) || !slices.Equal(c.Addresses, []string{"ann.example", "nearby:ann"}) {
		t.Errorf("Ann is %+v", c)
	}
	if c, known := book.Named("Bob"); !known || c.Fingerprint != bob || len(c.Addresses) != 0 || len(book.Contacts) != 2 {
		t.Errorf("Bob is %+v of %d", c, len(book.Contacts))
	}
}

func TestWhoIsBlocked(t *testing.T) {
	a := newAcquaintances(t, func(b *people.Book) {
		b.History = []people.Entry{
			{At: begin, Name: "Old", Address: "192.0.2.9", Way: call.ByAddress, Incoming: true},
			{At: begin.Add(time.Hour), Name: "Guest", Address: "meet.example/c/x", Way: call.ByLink, Incoming: true},
		}
	})
	if err := a.Block(roster.Person{Kind: roster.Recent, Name: "Bob", Fingerprint: bob, At: begin.Add(time.Minute)}); err != nil {
		t.Error(err)
	}
	if err := a.Block(roster.Person{Kind: roster.Recent, Name: "Old", At: begin}); err != nil {
		t.Error(err)
	}
	if err := a.Block(roster.Person{Kind: roster.Recent, Name: "Guest", At: begin.Add(time.Hour)}); !errors.Is(err, errNoMark) {
		t.Errorf("a guest without a mark: %v", err)
	}
	if err := a.block(call.Event{Them: "Near", Way: call.Nearby, Address: "192.0.2.8", At: begin}); err != nil {
		t.Error(err)
	}
	if err := a.block(call.Event{Them: "Guest", Way: call.ByLink, Address: "meet.example/c/x", At: begin}); !errors.Is(err, errNoMark) {
		t.Errorf("a guest without a mark: %v", err)
	}
	book := a.store.Get()
	for caller, admitted := range map[call.Caller]bool{
		{Fingerprint: bob, Way: call.ByLink}:                       false,
		{Address: "192.0.2.9", Way: call.ByAddress}:                false,
		{Address: "192.0.2.8", Way: call.Nearby}:                   false,
		{Address: "meet.example/c/x", Way: call.ByLink}:            true,
		{Fingerprint: ann, Address: "192.0.2.1", Way: call.Nearby}: true,
	} {
		if book.Admits(caller) != admitted {
			t.Errorf("%+v is admitted: %v", caller, !admitted)
		}
	}
}

// Who was verified is a contact, with the way to them that this side dialled.
func TestVerifiedIsKept(t *testing.T) {
	a := newAcquaintances(t, func(b *people.Book) {
		b.Contacts = []people.Contact{{Name: "Robert", Fingerprint: bob}}
	})
	for _, e := range []call.Event{
		{Them: "Bob", Fingerprint: bob, Address: "192.0.2.9", Incoming: true, At: begin}, // by the name that they have here
		{Them: "Ann", Fingerprint: ann, Address: "ann.example", At: begin},
		{Them: "Ann", Fingerprint: ann, Address: "7-acorn-tulip", Way: call.ByCode, At: begin.Add(time.Hour)}, // is good for nothing later
	} {
		if err := a.verify(e); err != nil {
			t.Fatal(err)
		}
	}
	want := []roster.Person{
		{Kind: roster.Contact, Name: "Ann", Address: "ann.example", Fingerprint: ann, Verified: true, Known: true},
		{Kind: roster.Contact, Name: "Robert", Fingerprint: bob, Verified: true, Known: true},
	}
	if got := a.List(); !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// A past call is dialled again where that leads somewhere.
func TestPastCallsAreDialledAgain(t *testing.T) {
	book := people.Book{Contacts: []people.Contact{{Name: "Ann", Addresses: []string{"https://x/c/slot#secret"}, Fingerprint: "FA"}}}
	for _, c := range []struct {
		entry people.Entry
		want  string
	}{
		{people.Entry{Address: "192.168.1.7:8"}, "192.168.1.7:8"},
		{people.Entry{Address: "nearby:ann"}, "nearby:ann"},
		{people.Entry{Address: "192.168.1.7", Incoming: true}, ""},
		{people.Entry{Address: "https://x/c/slot"}, ""},
		{people.Entry{Address: "https://x/c/slot", Fingerprint: "FA"}, "https://x/c/slot#secret"},
		{people.Entry{Address: "192.168.1.7", Incoming: true, Fingerprint: "FA"}, "https://x/c/slot#secret"},
	} {
		if got := recent(book, c.entry).Address; got != c.want {
			t.Errorf("%+v: %q", c.entry, got)
		}
	}
}
