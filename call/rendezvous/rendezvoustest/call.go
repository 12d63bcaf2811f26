package rendezvoustest

import (
	"testing"

	"parley/call"
)

// Room opens the slot of a claim, in the server's own space.
func Room(t testing.TB, url, claim string) (host *Program, slot string) {
	t.Helper()
	host, slot = Connect(t, url), call.SlotOf("", claim)
	host.Open(slot, claim)
	return host, slot
}

// Open opens a slot.
func (p *Program) Open(slot, claim string) {
	p.t.Helper()
	p.Say(call.Frame{Type: call.OpenSlot, Slot: slot, Claim: claim})
	if f := p.Hear(call.Opened); f.Slot != slot {
		p.t.Fatalf("opened %+v", f)
	}
}

// Visitor joins a slot that is open.
func Visitor(t testing.TB, url, slot string, host *Program) (guest *Program, session string) {
	t.Helper()
	guest = Connect(t, url)
	return guest, guest.Join(slot, host)
}

// Join joins a slot that is open. In a cluster the guest may be told to wait
// before, since an answer takes its time.
func (p *Program) Join(slot string, host *Program) (session string) {
	p.t.Helper()
	p.Say(call.Frame{Type: call.Join, Slot: slot})
	f, err := p.Read()
	if err == nil && f.Type == call.Waiting {
		f, err = p.Read()
	}
	if err != nil || f.Type != call.Joined {
		p.t.Fatalf("heard %+v, %v; want joined", f, err)
	}
	if knock := host.Hear(call.Knock); knock.Session != f.Session || knock.Slot != slot {
		p.t.Fatalf("the host heard %+v of session %s", knock, f.Session)
	}
	return f.Session
}

// Relayed sends one frame across.
func Relayed(t testing.TB, from, to *Program, kind call.MessageType, session, body string) {
	t.Helper()
	from.Say(call.Frame{Type: call.FrameType(kind), Session: session, Body: body})
	if f := to.Hear(call.FrameType(kind)); f.Session != session || f.Body != body {
		t.Fatalf("%+v came across", f)
	}
}

// SetUp makes a call of a session.
func SetUp(t testing.TB, host, guest *Program, session string) {
	t.Helper()
	Relayed(t, guest, host, call.Hello, session, "aA")
	Relayed(t, guest, host, call.Offer, session, "bB")
	Relayed(t, host, guest, call.Hello, session, "cC")
	Relayed(t, host, guest, call.OK, session, "dD")
	Relayed(t, host, guest, call.Answer, session, "eE")
	Relayed(t, guest, host, call.OK, session, "fF")
}
