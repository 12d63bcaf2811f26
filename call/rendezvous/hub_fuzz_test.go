package rendezvous

import (
	"fmt"
	"testing"

	"parley/call"
)

// crowd is a few connections at two servers that are one, without sockets.
type crowd struct {
	hubs    [2]*hub
	peers   []*peer
	heard   map[*peer][]call.Frame
	session []string // all that were ever heard of
}

func newCrowd(tb testing.TB) *crowd {
	c := &crowd{heard: map[*peer][]call.Frame{}}
	bus := new(Memory)
	for i := range c.hubs {
		s, err := New(Config{Open: true, Bus: bus, Limits: Limits{SlotsPerConnection: 3, GuestsPerSlot: 2, Joins: 1000}})
		if err != nil {
			tb.Fatal(err)
		}
		tb.Cleanup(func() { s.Close() })
		c.hubs[i] = s.hub
	}
	for i := range 6 {
		c.arrive(i)
	}
	return c
}

func (c *crowd) hub(i int) *hub { return c.hubs[i%2] }

func (c *crowd) arrive(i int) {
	p := newPeer(fmt.Sprint("10.0.0.", i%3), nil, func(call.FrameReason) {})
	p.send = func(f call.Frame) {
		c.heard[p] = append(c.heard[p], f)
		if f.Session != "" {
			c.session = append(c.session, f.Session)
		}
	}
	for len(c.peers) <= i {
		c.peers = append(c.peers, nil)
	}
	c.peers[i] = p
	if c.hub(i).reserve(p.address) == "" {
		c.hub(i).connect(p)
	}
}

var fuzzTypes = []call.FrameType{
	call.OpenSlot, call.CloseSlot, call.Join, call.Leave, call.FrameType(call.Offer), call.FrameType(call.Answer),
	call.FrameType(call.OK), call.Pake, call.Opened, call.Failed, call.OpenSlot, call.Join,
}

// frame makes one of three bytes: mostly what makes sense.
func (c *crowd) frame(what, which, how byte) call.Frame {
	claim := string('a' + rune(which%4))
	f := call.Frame{Type: fuzzTypes[int(what)%len(fuzzTypes)], Slot: call.SlotOf("", claim), Body: "x"}
	if f.Type == call.OpenSlot {
		f.Claim, f.Once, f.Seconds = claim, how&1 > 0, int(how>>4)*1000
		if how&2 > 0 {
			f.Slot, f.Claim, f.Number = "", "", true
		}
	}
	if f.Type == call.Join && how&4 > 0 {
		f.Slot = fmt.Sprint(10 + int(which)%90)
	}
	if len(c.session) > 0 {
		f.Session = c.session[len(c.session)-1-int(how)%len(c.session)]
	}
	return f
}

// agree holds the hub's counts against what there is.
func agree(tb testing.TB, h *hub) {
	tb.Helper()
	h.do(func(t *turn) {
		slots, connections, numbers := map[string]int{}, map[string]int{}, 0
		for p := range t.peers {
			connections[p.address]++
			slots[p.address] += len(p.slots)
		}
		for name, a := range t.ledger.byAddress {
			if a.slots != slots[name] || a.connections != connections[name] {
				tb.Fatalf("%s has %d slots and %d connections, and the ledger %+v", name, slots[name], connections[name], a)
			}
		}
		spaces := map[string]spaceAccount{}
		for _, s := range t.slots {
			a := spaces[s.space.Name]
			a.slots++
			spaces[s.space.Name] = a
			for name, stay := range s.stays {
				if t.stays[name] != stay {
					tb.Fatalf("the slot %s has a session that is over", s.name)
				}
			}
		}
		for p := range t.peers {
			if p.space != nil {
				a := spaces[p.space.Name]
				a.connections++
				spaces[p.space.Name] = a
			}
		}
		for _, s := range t.stays {
			a := spaces[s.slot.space.Name]
			a.sessions++
			spaces[s.slot.space.Name] = a
		}
		for name, a := range t.ledger.bySpace {
			if *a != spaces[name] {
				tb.Fatalf("the space %q has %+v, and the ledger %+v", name, spaces[name], *a)
			}
		}
		for name, s := range t.slots {
			if s.host.slots[name] != s || !t.peers[s.host] {
				tb.Fatalf("the slot %s is nobody's", name)
			}
			if s.number {
				numbers++
			}
		}
		if numbers != t.numbers || t.ledger.connections != len(t.peers) {
			tb.Fatalf("%d numbers and %d connections, and the ledger %d and %d", numbers, len(t.peers), t.numbers, t.ledger.connections)
		}
		for name, s := range t.stays {
			if s.host.stays[name] != s || s.slot.stays[name] != s || !t.peers[s.host] {
				tb.Fatalf("the session %s is no host's", name)
			}
		}
		for name, v := range t.visits {
			if v.session != name || v.guest.visit != v || !t.peers[v.guest] || !t.topics[v.slot].visits[v] {
				tb.Fatalf("the session %s is no guest's", name)
			}
		}
		for name, topic := range t.topics {
			if len(topic.visits) == 0 && t.slots[name] == nil {
				tb.Fatalf("the topic %s is left", name)
			}
		}
	})
}

// Whatever connections say in whatever order, the servers' books are right, no
// frame is sent that could not be, and nothing is left when all are gone.
func FuzzHub(f *testing.F) {
	f.Add([]byte{0, 0, 0, 0, 1, 2, 0, 0, 1, 4, 0, 0, 0, 5, 0, 0, 1, 6, 0, 0})
	f.Add([]byte{0, 0, 0, 2, 1, 2, 10, 4, 2, 2, 10, 4, 0x80, 0, 0, 0})
	f.Add([]byte{0, 0, 0, 1, 1, 2, 0, 0, 2, 2, 0, 0, 1, 4, 0, 0, 0, 5, 0, 0, 1, 6, 0, 0, 0x81, 0, 0, 0})
	f.Fuzz(func(t *testing.T, script []byte) {
		c := newCrowd(t)
		for ; len(script) >= 4 && len(script) < 4000; script = script[4:] {
			i := int(script[0]&0x7f) % len(c.peers)
			if script[0]&0x80 > 0 {
				c.hub(i).disconnect(c.peers[i])
				c.arrive(i)
			} else {
				c.hub(i).frame(c.peers[i], c.frame(script[1], script[2], script[3]))
			}
			agree(t, c.hubs[0])
			agree(t, c.hubs[1])
		}
		for _, frames := range c.heard {
			for _, frame := range frames {
				if _, err := frame.Encode(); err != nil {
					t.Fatalf("%+v was sent: %v", frame, err)
				}
			}
		}
		for i, p := range c.peers {
			c.hub(i).disconnect(p)
		}
		for _, h := range c.hubs {
			agree(t, h)
			h.do(func(t2 *turn) {
				if n := len(t2.slots) + len(t2.stays) + len(t2.visits) + len(t2.topics) + len(t2.peers); n > 0 {
					t.Fatalf("%d things are left", n)
				}
			})
		}
	})
}

// Whatever comes in from other servers, the books are right.
func FuzzNote(f *testing.F) {
	f.Add([]byte(`{"kind":"knock","node":"x","slot":"a","session":"s"}`))
	f.Add([]byte(`{"kind":"welcome","node":"x","session":"s","opening":"o"}`))
	f.Add([]byte(`{"kind":"open","node":"x","slot":"a"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c := newCrowd(t)
		c.hub(0).frame(c.peers[0], call.Frame{Type: call.OpenSlot, Slot: call.SlotOf("", "a"), Claim: "a"})
		c.hub(1).frame(c.peers[1], call.Frame{Type: call.Join, Slot: call.SlotOf("", "a")})
		c.hub(0).heard(data)
		agree(t, c.hubs[0])
		agree(t, c.hubs[1])
	})
}
