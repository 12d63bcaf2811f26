package call

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

var (
	errNoWay = errors.New("no way there")
	resumed  = Message{Type: OK, Session: "s", For: Resume}
	restart  = Message{Type: Restart, Session: "s", SDP: "restart"}
)

// nowhere is a network on which no dialling gets anywhere.
func nowhere(ctx context.Context) (Link, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

// healingBench is a connected call in which dialling anew has what comes to it.
func healingBench(t *testing.T, incoming bool, dial dialFunc) *bench {
	return benchWith(&bench{t: t, peer: &fakePeer{}, dial: dial}, incoming).reach(incoming, Connected)
}

// over dials to a link.
func over(link Link) dialFunc { return func(context.Context) (Link, error) { return link, nil } }

// anew gives a link of its own to each dialling, whose far ends it keeps.
func anew(fars *[]Link) dialFunc {
	return func(context.Context) (Link, error) {
		near, far := Pipe()
		*fars = append(*fars, far)
		return near, nil
	}
}

func types(all []Message) (list []MessageType) {
	for _, m := range all {
		list = append(list, m.Type)
	}
	return list
}

// The caller dials anew, is known, and offers a new path at once where its own
// address is gone.
func TestMovedCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := Pipe()
		b := healingBench(t, false, over(near))
		b.peerSays(PeerMoved)
		b.want(Reconnecting)
		b.far = far
		if heard := b.heard(); !slices.Equal(types(heard), []MessageType{Resume}) || heard[0].Session != "s" {
			t.Fatalf("said %+v", heard)
		}
		b.say(resumed)
		if heard := b.heard(); len(heard) != 1 || heard[0].Type != Restart || heard[0].SDP != "restart" {
			t.Fatalf("said %+v", heard)
		}
		b.say(answer)
		b.peerSays(PeerConnected)
		b.want(Connected)
		if b.peer.restarted != 1 || b.peer.accepted != 2 {
			t.Errorf("restarted %d times, took %d answers", b.peer.restarted, b.peer.accepted)
		}
		b.s.HangUp()
		synctest.Wait()
		if heard := b.heard(); len(heard) != 1 || heard[0].Type != Bye {
			t.Errorf("at the end it said %+v", heard)
		}
	})
}

// A callee asks for the new path, which only the caller makes.
func TestMovedCallee(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := Pipe()
		b := healingBench(t, true, over(near))
		b.peerSays(PeerMoved)
		b.far = far
		b.say(resumed)
		if heard := b.heard(); !slices.Equal(types(heard), []MessageType{Resume, Restart}) || heard[1].SDP != "" {
			t.Fatalf("said %+v", heard)
		}
		b.say(restart)
		if heard := b.heard(); !slices.Equal(types(heard), []MessageType{Answer}) || b.peer.answered != 2 {
			t.Fatalf("said %+v", heard)
		}
		b.peerSays(PeerConnected)
		b.want(Connected)
		b.s.HangUp()
	})
}

// A path that was interrupted comes back by itself: nothing is given up for it.
func TestInterruptedPathIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := Pipe()
		began := time.Now()
		b := healingBench(t, false, func(ctx context.Context) (Link, error) {
			if time.Since(began) < 40*time.Second {
				return nowhere(ctx)
			}
			return near, nil
		})
		b.peerSays(PeerDisconnected)
		time.Sleep(39 * time.Second)
		b.want(Reconnecting)
		time.Sleep(1600 * time.Millisecond) // half a second between two attempts
		synctest.Wait()
		b.far = far
		if heard := b.heard(); !slices.Equal(types(heard), []MessageType{Resume}) {
			t.Fatalf("said %+v", heard)
		}
		b.say(resumed)
		time.Sleep(pathGrace / 2)
		b.peerSays(PeerConnected)
		time.Sleep(time.Minute)
		synctest.Wait()
		b.want(Connected)
		if b.peer.restarted != 0 {
			t.Error("the path was given up")
		}
		b.s.HangUp()
	})
}

// One that does not is replaced, and again while that is in vain.
func TestPathThatStaysAwayIsReplaced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var fars []Link
		b := healingBench(t, false, anew(&fars))
		b.peerSays(PeerDisconnected)
		b.far = fars[0]
		b.say(resumed)
		time.Sleep(pathGrace)
		synctest.Wait()
		b.say(answer)
		if b.peer.restarted != 1 || b.peer.accepted != 2 {
			t.Fatalf("restarted %d times", b.peer.restarted)
		}
		time.Sleep(healEvery)
		synctest.Wait()
		b.far = fars[1]
		b.say(resumed)
		time.Sleep(pathGrace)
		synctest.Wait()
		if b.peer.restarted != 2 {
			t.Errorf("restarted %d times after %v", b.peer.restarted, healEvery)
		}
		b.s.HangUp()
	})
}

// An offer whose link was lost before its answer is repeated over the next.
func TestRestartIsRepeatedOverTheNextLink(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var fars []Link
		b := healingBench(t, false, anew(&fars))
		b.peerSays(PeerMoved)
		b.far = fars[0]
		b.say(resumed)
		b.far.Close()
		time.Sleep(redialEvery)
		synctest.Wait()
		b.far = fars[1]
		b.say(resumed)
		if heard := b.heard(); !slices.Equal(types(heard), []MessageType{Resume, Restart}) || b.peer.restarted != 1 {
			t.Errorf("said %+v, restarted %d times", heard, b.peer.restarted)
		}
		b.s.HangUp()
	})
}

// A program that has ended is told from a network that is away: its machine
// refuses, or closed the link, or another program knows nothing of the call.
func TestWhoIsGoneIsNotWaitedFor(t *testing.T) {
	refuse := func(context.Context) (Link, error) { return nil, fmt.Errorf("refused: %w", ErrNobody) }
	tests := map[string]struct {
		incoming, closed bool
		dial             dialFunc
		want             time.Duration
	}{
		"refused":                     {false, false, refuse, refusedPatience},
		"refused and closed":          {false, true, refuse, goneAndRefused},
		"closed, nothing gets there":  {false, true, nowhere, DefaultTiming.Gone},
		"nothing gets there":          {false, false, nowhere, DefaultTiming.Lost},
		"no way there":                {false, false, func(context.Context) (Link, error) { return nil, errNoWay }, DefaultTiming.Lost},
		"callee, refused":             {true, false, refuse, calleeWaits + refusedPatience},
		"callee, nothing gets there":  {true, false, nowhere, DefaultTiming.Lost},
		"callee, closed, and nothing": {true, true, nowhere, DefaultTiming.Gone},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := healingBench(t, test.incoming, test.dial)
				if test.closed {
					b.far.Close()
					synctest.Wait()
				}
				began := time.Now()
				b.peerSays(PeerDisconnected)
				<-b.s.Done()
				if took := time.Since(began); took != test.want {
					t.Errorf("given up after %v, want %v", took, test.want)
				}
				b.over(Lost)
			})
		})
	}
	synctest.Test(t, func(t *testing.T) {
		near, far := Pipe()
		b := healingBench(t, false, over(near))
		b.peerSays(PeerDisconnected)
		b.far = far
		b.say(bye("s", Lost))
		b.over(Lost)
	})
}

// What does not belong to a call that stands changes nothing.
func TestRestartOutOfPlace(t *testing.T) {
	eachState(t, func(t *testing.T, incoming bool, s State) {
		if s == Idle || s == Dialing {
			return
		}
		b := reach(t, incoming, s)
		before := b.peer.answered
		b.say(Message{Type: Restart, Session: "other", SDP: "x"})
		if s < Connected {
			b.say(restart, Message{Type: Restart, Session: "s"})
		} else if incoming {
			b.say(Message{Type: Restart, Session: "s"}) // asks the one who only asks
		} else {
			b.say(restart)
		}
		if b.peer.restarted != 0 || b.peer.answered != before {
			t.Errorf("restarted %d times, answered %d", b.peer.restarted, b.peer.answered-before)
		}
		b.want(s)
		b.s.HangUp()
	})
}

// backAt is a link whose call can be gone on with somewhere else.
type backAt struct{ Link }

func (backAt) Back(int) string { return "again" }

// A call by a link that is used up is gone on with where its first link told.
func TestCallIsGoneOnWithElsewhere(t *testing.T) {
	for _, once := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			near, far := Pipe()
			var dialled []string
			b := &bench{t: t, peer: &fakePeer{}, far: far}
			cfg := SessionConfig{
				ID: "s", Address: "there", Manner: Manner{Late: true, Steady: true, Once: once}, Timing: DefaultTiming, Log: quiet, Notify: b.note,
				NewPeer: func(_ PeerMedia, _ []Server, notify func(PeerEvent)) (Peer, error) {
					b.peer.notify = notify
					return b.peer, nil
				},
				Dial: func(ctx context.Context, address string) (Link, error) {
					dialled = append(dialled, address)
					return nowhere(ctx)
				},
			}
			b.s = StartCall(cfg, func(context.Context) (Link, error) { return backAt{near}, nil })
			synctest.Wait()
			b.say(Message{Type: OK, Session: "s", For: Offer}, answer)
			b.peerSays(PeerConnected, PeerMoved)
			time.Sleep(time.Second)
			if !slices.Equal(dialled, []string{"again"}) {
				t.Errorf("once %v: dialled %v", once, dialled)
			}
			b.s.HangUp()
		})
	}
}
