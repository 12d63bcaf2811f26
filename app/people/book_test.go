package people

import (
	"testing"
	"time"

	"parley/call"
)

var noon = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)

func TestStanding(t *testing.T) {
	var b Book
	b.Pin("192.168.1.7", "F1", noon)
	must(t, b.Put(Contact{Name: "Ann", Addresses: []string{"ann.example"}, Fingerprint: "FA", Verified: noon}))
	must(t, b.Put(Contact{Name: "Bob", Addresses: []string{"bob.example"}, Fingerprint: "FB"}))
	must(t, b.Put(Contact{Name: "Carl", Addresses: []string{"carl.example"}}))
	out := func(address, print string) call.Caller { return call.Caller{Address: address, Fingerprint: print} }
	in := func(name, print string) call.Caller {
		return call.Caller{Name: name, Fingerprint: print, Incoming: true}
	}
	for _, c := range []struct {
		who  call.Caller
		want call.Standing
	}{
		{out("elsewhere", "F9"), call.Stranger},
		{out("elsewhere", ""), call.Stranger},
		{out("192.168.1.7", "F1"), call.Known},
		{out(" parley://192.168.1.7", "F1"), call.Known},
		{out("192.168.1.7", "F2"), call.Changed},
		{out("192.168.1.7", "FA"), call.Changed}, // Ann's machine, and not the one that was there
		{out("ann.example", "FA"), call.Verified},
		{out("ANN.example", "FB"), call.Changed},
		{out("elsewhere", "FA"), call.Verified}, // Ann at another place
		{out("bob.example", "FB"), call.Known},
		{out("carl.example", "F9"), call.Stranger}, // never seen
		{in("whoever", "FA"), call.Verified},
		{in("ann", "F9"), call.Changed}, // has her name, and not her machine
		{in("Bob", "F9"), call.Stranger},
		{in("x", "F1"), call.Known},
		{in("x", "F9"), call.Stranger},
	} {
		if got := b.Standing(c.who); got != c.want {
			t.Errorf("%+v: %q, want %q", c.who, got, c.want)
		}
	}
	if !b.Forget("192.168.1.7") || b.Forget("192.168.1.7") || b.Standing(out("192.168.1.7", "F2")) != call.Stranger {
		t.Error("not forgotten")
	}
}

func TestBlockedCallersAreNotAdmitted(t *testing.T) {
	var b Book
	b.Block(Block{Name: "Mallory", Fingerprint: "FM", At: noon})
	b.Block(Block{Address: "10.0.0.9", At: noon})
	b.Block(Block{Address: "10.0.0.9", At: noon})
	b.Block(Block{Name: "nobody"})
	if len(b.Blocked) != 2 {
		t.Errorf("%+v", b.Blocked)
	}
	for _, c := range []struct {
		who  call.Caller
		want bool
	}{
		{call.Caller{Fingerprint: "FM", Address: "anywhere"}, false},
		{call.Caller{Fingerprint: "FX", Address: "10.0.0.9", Way: call.ByAddress}, false},
		{call.Caller{Fingerprint: "FX", Address: "10.0.0.9", Way: call.ByLink}, true}, // the server's, or anybody's
		{call.Caller{Fingerprint: "FX", Address: "10.0.0.8", Way: call.ByAddress}, true},
		{call.Caller{}, true},
	} {
		if got := b.Admits(c.who); got != c.want {
			t.Errorf("%+v: %v", c.who, got)
		}
	}
	if !b.Unblock("mallory") || !b.Unblock("10.0.0.9") || b.Unblock("") || len(b.Blocked) != 0 {
		t.Errorf("left: %+v", b.Blocked)
	}
}

func TestContacts(t *testing.T) {
	var b Book
	must(t, b.Put(Contact{Name: "  bob\n"}))
	must(t, b.Put(Contact{Name: "Ann"}))
	must(t, b.Put(Contact{Name: "BOB", Addresses: []string{"x"}}))
	if len(b.Contacts) != 2 || b.Contacts[0].Name != "Ann" || b.Contacts[1].Name != "BOB" {
		t.Errorf("%+v", b.Contacts)
	}
	if b.Put(Contact{Name: " "}) == nil {
		t.Error("one without a name")
	}
	must(t, b.Verify("bob", "10.0.0.2", "FB", noon))
	must(t, b.Verify("bob", "10.0.0.2", "FB", noon))
	if c, is := b.Who("FB"); !is || !c.Verified.Equal(noon) || len(c.Addresses) != 2 || c.Addresses[0] != "10.0.0.2" {
		t.Errorf("%+v", c)
	}
	if !b.Remove("Bob") || b.Remove("Bob") || len(b.Contacts) != 1 {
		t.Errorf("%+v", b.Contacts)
	}
}

// Whoever calls themself by a contact's name is not kept in the contact's place.
func TestAContactIsNotReplacedByItsName(t *testing.T) {
	var b Book
	must(t, b.Keep("Ann", "ann.example", "FA"))
	must(t, b.Verify("Ann", "", "FA", noon))
	must(t, b.Keep("ann", "nearby:ann", ""))
	must(t, b.Keep("ANN", "nearby:ann", "FA"))
	if b.Keep("Ann", "evil.example", "FM") == nil {
		t.Error("another machine took the place of Ann's")
	}
	if c := b.Contacts[0]; len(b.Contacts) != 1 || c.Name != "Ann" || c.Fingerprint != "FA" || !c.Verified.Equal(noon) || len(c.Addresses) != 2 || c.Addresses[0] != "ann.example" {
		t.Errorf("%+v", b.Contacts)
	}
	must(t, b.Put(Contact{Name: "Bob", Addresses: []string{"bob.example"}}))
	must(t, b.Keep("Bob", "", "FB"))
	if c, is := b.Who("FB"); !is || c.Name != "Bob" || len(c.Addresses) != 1 {
		t.Errorf("%+v", c)
	}
}

func TestWhatIsKeptIsBounded(t *testing.T) {
	var b Book
	for i := range mostHistory + mostPins + mostBlocked {
		name := noon.Add(time.Duration(i) * time.Second).String()
		b.Add(Entry{Name: name})
		b.Pin(name, "F", noon)
		b.Block(Block{Fingerprint: name})
	}
	if len(b.History) != mostHistory || len(b.Pins) != mostPins || len(b.Blocked) != mostBlocked {
		t.Errorf("%d, %d, %d", len(b.History), len(b.Pins), len(b.Blocked))
	}
	if last := noon.Add(time.Duration(mostHistory+mostPins+mostBlocked-1) * time.Second).String(); b.History[mostHistory-1].Name != last {
		t.Error("the newest is gone")
	}
}

// Who calls without end pushes out no call that somebody here made or took.
func TestACallerFillsHalfOfTheHistory(t *testing.T) {
	var b Book
	b.Add(Entry{Name: "taken", Incoming: true, Outcome: Answered})
	b.Add(Entry{Name: "made", Outcome: NoAnswer})
	for i := range 2 * mostHistory {
		b.Add(Entry{Name: "caller", At: noon.Add(time.Duration(i) * time.Second), Incoming: true, Outcome: Missed})
	}
	if len(b.History) != mostUnasked+2 || b.History[0].Name != "taken" || b.History[1].Name != "made" {
		t.Fatalf("%d calls, first %+v", len(b.History), b.History[:2])
	}
	if last := noon.Add((2*mostHistory - 1) * time.Second); !b.History[len(b.History)-1].At.Equal(last) {
		t.Error("the newest is gone")
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
