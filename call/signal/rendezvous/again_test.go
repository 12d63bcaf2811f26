package rendezvous

import (
	"errors"
	"strings"
	"testing"

	"parley/call"
	"parley/call/rendezvous"
)

const choirKey = "choir-invite-key"

// onlyChoir is a server's one space.
type onlyChoir struct{}

var choir = rendezvous.Space{Name: "choir", Mark: "1"}

func (onlyChoir) ByName(name string) (rendezvous.Space, bool) { return choir, name == choir.Name }
func (onlyChoir) ByKey(key string) (rendezvous.Space, bool)   { return choir, key == choirKey }
func (onlyChoir) ByAdmin(string) (rendezvous.Space, bool)     { return rendezvous.Space{}, false }

// A call outlives a link that is used up: after a crash of the server both
// sides meet again at a place that nobody else knows, and it is gone with the
// call.
func TestMeetAgain(t *testing.T) {
	for _, by := range []string{"link", "code", "link in a space", "code in a space"} {
		t.Run(by, func(t *testing.T) {
			s := startServer(t, rendezvous.Config{Open: true, Spaces: onlyChoir{}})
			by, _, inSpace := strings.Cut(by, " ")
			key := ""
			if inSpace {
				key = choirKey
			}
			r, told := newRoomOf(t, s.origin, key)
			d := Dialer{Origin: func() string { return s.origin }}
			address := ""
			if by == "link" {
				address = invite(t, r, "claim", func(d *call.Door) { d.Once = true }).String()
			} else {
				r.OpenCode()
				address = told.await(t, call.DoorOpened).Code.String()
			}
			guest, host := meet(t, d, address, r)
			setUp(t, guest, host)
			told.await(t, call.DoorShut)
			s.kill()
			told.await(t, call.DoorAway)
			s.start()
			again := guest.Back(0)
			guest2, host2 := meet(t, d, again, r)
			guest.Close()
			host.Close()
			pass(t, guest2, host2, call.Message{Type: call.Resume, Session: "s"})
			pass(t, host2, guest2, call.Message{Type: call.OK, Session: "s", For: call.Resume})
			host2.Close()
			if _, err := guest2.Receive(soon(t)); !errors.Is(err, call.ErrLinkClosed) {
				t.Errorf("after the end: %v", err)
			}
			if late, err := (briefly{d}).Dial(soon(t), again); err == nil { // the server may not have heard of it yet
				if _, err := late.Receive(soon(t)); !errors.Is(err, call.ErrLinkClosed) {
					t.Errorf("the place is there after the call: %v", err)
				}
			}
			for {
				select {
				case c := <-told:
					if c.Kind != call.DoorAway {
						t.Errorf("told of %+v", c)
					}
					continue
				default:
				}
				break
			}
		})
	}
}

// A call that was not answered has no such place.
func TestNoPlaceBeforeTheAnswer(t *testing.T) {
	s := startServer(t, rendezvous.Config{Open: true})
	r, _ := newRoom(t, s.origin)
	guest, host := meet(t, Dialer{}, invite(t, r, "claim", nil).String(), r)
	pass(t, guest, host, hello("Ann"))
	pass(t, host, guest, hello("Bob"))
	if _, err := (briefly{Dialer{}}).Dial(soon(t), guest.Back(0)); !errors.Is(err, ErrAway) {
		t.Errorf("got %v", err)
	}
}
