package rendezvous

import (
	"testing"

	"parley/call"
)

func TestCallIsSetUp(t *testing.T) {
	_, url := open(t, Config{Servers: func(space, session string) []call.Server {
		return []call.Server{{URL: "stun:example.org", Username: space + session}}
	}})
	host, slot := room(t, url, "mine")
	guest, session := visitor(t, url, slot, host)
	setUp(t, host, guest, session)
	relayed(t, host, guest, call.Trickle, session, "gG")
	relayed(t, host, guest, call.Bye, session, "hH")
	host.say(call.Frame{Type: call.Leave, Session: session})
	if f := guest.hear(call.Left); f.Session != session {
		t.Fatalf("left %+v", f)
	}
	guest.say(call.Frame{Type: call.Join, Slot: slot}) // and again
	guest.hear(call.Joined)
}

func TestGuestWaits(t *testing.T) {
	_, url := open(t, Config{})
	guest := connect(t, url)
	guest.say(call.Frame{Type: call.Join, Slot: call.SlotOf("", "later")})
	guest.hear(call.Waiting)
	host, _ := room(t, url, "later")
	session := guest.hear(call.Joined).Session
	if host.hear(call.Knock).Session != session {
		t.Fatal("not the guest who waits")
	}
	setUp(t, host, guest, session)
}

func TestOnceIsUsedUp(t *testing.T) {
	_, url := open(t, Config{})
	host, slot := connect(t, url), call.SlotOf("", "once")
	host.say(call.Frame{Type: call.OpenSlot, Slot: slot, Claim: "once", Once: true})
	if f := host.hear(call.Opened); !f.Once {
		t.Fatalf("opened %+v", f)
	}
	first, session := visitor(t, url, slot, host)
	second, other := visitor(t, url, slot, host) // knocks as well
	setUp(t, host, first, session)
	if f := second.hear(call.Left); f.Reason != call.SlotGone {
		t.Fatalf("the other guest heard %+v", f)
	}
	if f := host.hear(call.Left); f.Session != other {
		t.Fatalf("the host heard %+v", f)
	}
	host.hear(call.Closed)
	late := connect(t, url)
	late.say(call.Frame{Type: call.Join, Slot: slot})
	late.refused(call.SlotGone)
	relayed(t, host, first, call.Trickle, session, "xX") // the call goes on
}

func TestNumberTakesOneGuess(t *testing.T) {
	_, url := open(t, Config{})
	host := connect(t, url)
	host.say(call.Frame{Type: call.OpenSlot, Number: true})
	opened := host.hear(call.Opened)
	if len(opened.Slot) != 2 {
		t.Fatalf("opened %+v", opened)
	}
	guest, session := visitor(t, url, opened.Slot, host)
	second := connect(t, url)
	second.say(call.Frame{Type: call.Join, Slot: opened.Slot})
	second.refused(call.SlotTaken)
	relayed(t, guest, host, call.MessageType(call.Pake), session, "pP")
	guest.conn.CloseNow()
	host.hear(call.Left)
	if f := host.hear(call.Closed); f.Slot != opened.Slot {
		t.Fatalf("closed %+v", f)
	}
	second.say(call.Frame{Type: call.Join, Slot: opened.Slot})
	second.refused(call.SlotGone)
}

func TestClaimProvesTheSlot(t *testing.T) {
	_, url := open(t, Config{})
	thief := connect(t, url)
	thief.say(call.Frame{Type: call.OpenSlot, Slot: call.SlotOf("", "mine"), Claim: "yours"})
	thief.refused(call.BadClaim)
	_, closed := serve(t, Config{})
	stranger := connect(t, closed)
	stranger.say(call.Frame{Type: call.OpenSlot, Slot: call.SlotOf("", "mine"), Claim: "mine"})
	stranger.refused(call.BadKey)
}

// A host that lost its connection and comes back has its slot again, though
// nobody told the server that the old connection is dead.
func TestNewerConnectionTakesTheSlot(t *testing.T) {
	_, url := open(t, Config{})
	old, slot := room(t, url, "mine")
	inCall, call1 := visitor(t, url, slot, old)
	setUp(t, old, inCall, call1)
	half, _ := visitor(t, url, slot, old)
	host, _ := room(t, url, "mine")
	half.hear(call.Left)
	if f := old.hear(call.Closed); f.Reason != call.SlotTaken {
		t.Fatalf("the old connection heard %+v", f)
	}
	relayed(t, old, inCall, call.Trickle, call1, "xX") // what is set up goes on
	half.say(call.Frame{Type: call.Join, Slot: slot})
	host.hear(call.Knock)
}
