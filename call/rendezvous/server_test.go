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
	host.Say(call.Frame{Type: call.Leave, Session: session})
	if f := guest.Hear(call.Left); f.Session != session {
		t.Fatalf("left %+v", f)
	}
	guest.Say(call.Frame{Type: call.Join, Slot: slot}) // and again
	guest.Hear(call.Joined)
}

func TestGuestWaits(t *testing.T) {
	_, url := open(t, Config{})
	guest := connect(t, url)
	guest.Say(call.Frame{Type: call.Join, Slot: call.SlotOf("", "later")})
	guest.Hear(call.Waiting)
	host, _ := room(t, url, "later")
	session := guest.Hear(call.Joined).Session
	if host.Hear(call.Knock).Session != session {
		t.Fatal("not the guest who waits")
	}
	setUp(t, host, guest, session)
}

func TestOnceIsUsedUp(t *testing.T) {
	_, url := open(t, Config{})
	host, slot := connect(t, url), call.SlotOf("", "once")
	host.Say(call.Frame{Type: call.OpenSlot, Slot: slot, Claim: "once", Once: true})
	if f := host.Hear(call.Opened); !f.Once {
		t.Fatalf("opened %+v", f)
	}
	first, session := visitor(t, url, slot, host)
	second, other := visitor(t, url, slot, host) // knocks as well
	setUp(t, host, first, session)
	if f := second.Hear(call.Left); f.Reason != call.SlotGone {
		t.Fatalf("the other guest heard %+v", f)
	}
	if f := host.Hear(call.Left); f.Session != other {
		t.Fatalf("the host heard %+v", f)
	}
	host.Hear(call.Closed)
	late := connect(t, url)
	late.Say(call.Frame{Type: call.Join, Slot: slot})
	late.Refused(call.SlotGone)
	relayed(t, host, first, call.Trickle, session, "xX") // the call goes on
}

func TestNumberTakesOneGuess(t *testing.T) {
	_, url := open(t, Config{})
	host := connect(t, url)
	host.Say(call.Frame{Type: call.OpenSlot, Number: true})
	opened := host.Hear(call.Opened)
	if len(opened.Slot) != 2 {
		t.Fatalf("opened %+v", opened)
	}
	host.Say(call.Frame{Type: call.Share, Slot: opened.Slot, Body: "hH"})
	if f := host.Hear(call.Opened); f.Slot != opened.Slot || !f.Number {
		t.Fatalf("after its half: %+v", f)
	}
	guest := connect(t, url)
	guest.Say(call.Frame{Type: call.Join, Slot: opened.Slot})
	joined := guest.Hear(call.Joined)
	if joined.Body != "hH" {
		t.Fatalf("joined %+v", joined)
	}
	session := joined.Session
	host.Hear(call.Knock)
	second := connect(t, url)
	second.Say(call.Frame{Type: call.Join, Slot: opened.Slot})
	second.Refused(call.SlotTaken)
	relayed(t, guest, host, call.MessageType(call.Pake), session, "pP")
	guest.Conn.CloseNow()
	host.Hear(call.Left)
	if f := host.Hear(call.Closed); f.Slot != opened.Slot {
		t.Fatalf("closed %+v", f)
	}
	second.Say(call.Frame{Type: call.Join, Slot: opened.Slot})
	second.Refused(call.SlotGone)
}

// Numbers rest when they are given back, so none takes all of them.
func TestNumbersAreBounded(t *testing.T) {
	_, url := open(t, Config{Limits: Limits{Joins: 3}})
	host := connect(t, url)
	for range 3 {
		host.Say(call.Frame{Type: call.OpenSlot, Number: true})
		host.Say(call.Frame{Type: call.CloseSlot, Slot: host.Hear(call.Opened).Slot})
	}
	host.Say(call.Frame{Type: call.OpenSlot, Number: true})
	host.Refused(call.TooFast)
	host.Open(call.SlotOf("", "mine"), "mine")
}

func TestClaimProvesTheSlot(t *testing.T) {
	_, url := open(t, Config{})
	thief := connect(t, url)
	thief.Say(call.Frame{Type: call.OpenSlot, Slot: call.SlotOf("", "mine"), Claim: "yours"})
	thief.Refused(call.BadClaim)
	_, closed := serve(t, Config{})
	stranger := connect(t, closed)
	stranger.Say(call.Frame{Type: call.OpenSlot, Slot: call.SlotOf("", "mine"), Claim: "mine"})
	stranger.Refused(call.BadKey)
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
	half.Hear(call.Left)
	if f := old.Hear(call.Closed); f.Reason != call.SlotTaken {
		t.Fatalf("the old connection heard %+v", f)
	}
	relayed(t, old, inCall, call.Trickle, call1, "xX") // what is set up goes on
	half.Say(call.Frame{Type: call.Join, Slot: slot})
	host.Hear(call.Knock)
}

// A guest joins with the request for the WebSocket, and is answered unasked.
func TestJoinAtOnce(t *testing.T) {
	_, url := open(t, Config{})
	host, slot := room(t, url, "claim")
	guest := connect(t, url+"/ws?join="+slot+"&rest=")
	session := guest.Hear(call.Joined).Session
	if k := host.Hear(call.Knock); k.Session != session {
		t.Errorf("the host heard %+v", k)
	}
	relayed(t, guest, host, call.Hello, session, "aA")
	bad := connect(t, url+"/ws?join=no/slot&rest=")
	bad.Refused(call.BadFrame)
	bad.Ended()
}
