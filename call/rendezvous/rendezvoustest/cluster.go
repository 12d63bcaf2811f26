package rendezvoustest

import (
	"testing"

	"parley/call"
)

// Cluster asks three servers that are to be one.
func Cluster(t *testing.T, connect func(*testing.T) (a, b, c string)) {
	t.Run("a guest meets a host of another server", func(t *testing.T) {
		a, b, _ := connect(t)
		host, slot := Room(t, a, "mine")
		guest, session := Visitor(t, b, slot, host)
		SetUp(t, host, guest, session)
		Relayed(t, host, guest, call.Bye, session, "xX")
		host.Say(call.Frame{Type: call.Leave, Session: session})
		guest.Hear(call.Left)
		session = guest.Join(slot, host)
		guest.Conn.CloseNow()
		if f := host.Hear(call.Left); f.Session != session {
			t.Fatalf("left %+v", f)
		}
	})
	t.Run("a guest waits for a host of another server", func(t *testing.T) {
		a, b, _ := connect(t)
		guest := Connect(t, b)
		guest.Say(call.Frame{Type: call.Join, Slot: call.SlotOf("", "later")})
		guest.Hear(call.Waiting)
		host, _ := Room(t, a, "later")
		session := guest.Hear(call.Joined).Session
		host.Hear(call.Knock)
		SetUp(t, host, guest, session)
	})
	t.Run("a number takes one guess, wherever it is made", func(t *testing.T) {
		a, b, c := connect(t)
		host := Connect(t, a)
		host.Say(call.Frame{Type: call.OpenSlot, Number: true})
		slot := host.Hear(call.Opened).Slot
		guest, session := Visitor(t, b, slot, host)
		second := Connect(t, c)
		second.Say(call.Frame{Type: call.Join, Slot: slot})
		second.Refused(call.SlotTaken)
		SetUp(t, host, guest, session)
		host.Hear(call.Closed)
		second.Say(call.Frame{Type: call.Join, Slot: slot})
		second.Refused(call.SlotGone)
	})
	t.Run("who comes late is told so, wherever they come", func(t *testing.T) {
		a, b, c := connect(t)
		host, slot := Connect(t, a), call.SlotOf("", "once")
		host.Say(call.Frame{Type: call.OpenSlot, Slot: slot, Claim: "once", Once: true})
		host.Hear(call.Opened)
		guest, session := Visitor(t, b, slot, host)
		SetUp(t, host, guest, session)
		host.Hear(call.Closed)
		late := Connect(t, c)
		late.Say(call.Frame{Type: call.Join, Slot: slot})
		late.Refused(call.SlotGone)
	})
	t.Run("a host moves to another server", func(t *testing.T) {
		a, b, c := connect(t)
		old, slot := Room(t, a, "mine")
		inCall, session := Visitor(t, c, slot, old)
		SetUp(t, old, inCall, session)
		half, _ := Visitor(t, c, slot, old)
		host, _ := Room(t, b, "mine")
		half.Hear(call.Left)
		if f := old.Hear(call.Closed); f.Reason != call.SlotTaken {
			t.Fatalf("the old connection heard %+v", f)
		}
		Relayed(t, old, inCall, call.Trickle, session, "xX") // what is set up goes on
		SetUp(t, host, half, half.Join(slot, host))
	})
}
