package call

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
)

// choosy dials what begins with a word, and says so beforehand.
type choosy struct {
	word   string
	manner Manner
	link   Link
}

func (c choosy) Dial(_ context.Context, address string) (Link, error) {
	if address == c.word {
		return c.link, nil
	}
	return nil, ErrBadAddress
}

func (c choosy) Manner(address string) (Manner, bool) {
	return c.manner, strings.HasPrefix(address, c.word)
}

func TestMethods(t *testing.T) {
	links := [3]Link{&pipeEnd{}, &pipeEnd{}, &pipeEnd{}}
	plain := func(word string, l Link) Dialer {
		return plainDialer{choosy{word: word, link: l}}
	}
	m := Methods{choosy{word: "https", manner: Manner{Late: true}, link: links[0]}, plain("ann", links[1]), plain("bob", links[2])}
	for address, want := range map[string]Link{"https": links[0], "ann": links[1], "bob": links[2], "https:damaged": nil, "eve": nil} {
		got, err := m.Dial(t.Context(), address)
		if got != want || (want == nil) != errors.Is(err, ErrBadAddress) {
			t.Errorf("%q: got %v, %v", address, got, err)
		}
	}
	if got := mannerOf(m, "https"); !got.Late || got.Once {
		t.Errorf("a link is dialled in the manner %+v", got)
	}
	if got := mannerOf(m, "ann"); got != (Manner{}) {
		t.Errorf("an address is dialled in the manner %+v", got)
	}
	if _, err := (Methods{}).Dial(t.Context(), "ann"); !errors.Is(err, ErrBadAddress) {
		t.Errorf("no methods: %v", err)
	}
}

// plainDialer hides what a dialler has to say.
type plainDialer struct{ d Dialer }

func (p plainDialer) Dial(ctx context.Context, address string) (Link, error) {
	return p.d.Dial(ctx, address)
}

// servedLink tells servers.
type servedLink struct{ Link }

var someServers = []Server{{URL: "stun:example"}}

func (servedLink) Servers() []Server { return someServers }

// A late offer is made for the servers that the link tells, and hello does not
// wait for it; any other is made while the link is dialled.
func TestLateOffer(t *testing.T) {
	for _, late := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			near, far := Pipe()
			b := &bench{t: t, peer: &fakePeer{}, far: far}
			up, made := make(chan bool), 0
			var told []Server
			cfg := SessionConfig{ID: "s", Me: "Me", Address: "there", Manner: Manner{Late: late}, Timing: DefaultTiming, Log: slog.New(slog.DiscardHandler), Notify: b.note,
				NewPeer: func(_ PeerMedia, servers []Server, notify func(PeerEvent)) (Peer, error) {
					made++
					told, b.peer.notify = servers, notify
					return b.peer, nil
				},
			}
			b.s = StartCall(cfg, func(context.Context) (Link, error) {
				<-up
				return servedLink{near}, nil
			})
			synctest.Wait()
			if made == 0 != late {
				t.Errorf("late %v: %d peers before the link is up", late, made)
			}
			up <- true
			synctest.Wait()
			if heard := types(b.heard()); len(heard) < 2 || heard[0] != Hello || heard[1] != Offer {
				t.Errorf("late %v: said %v", late, heard)
			}
			if made != 1 || (len(told) == 1) != late {
				t.Errorf("late %v: %d peers, told of %v", late, made, told)
			}
			b.s.HangUp()
		})
	}
}

// Where each attempt counts there is one, however long it takes.
func TestOneAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := Pipe()
		tries := 0
		b := &bench{t: t, peer: &fakePeer{}, far: far}
		dial := func(ctx context.Context, _ string) (Link, error) {
			tries++
			return near, nil
		}
		cfg := SessionConfig{ID: "s", Manner: Manner{Once: true}, Address: "there", Timing: DefaultTiming, Log: slog.New(slog.DiscardHandler), Notify: b.note, Dial: dial,
			NewPeer: func(_ PeerMedia, _ []Server, notify func(PeerEvent)) (Peer, error) {
				b.peer.notify = notify
				return b.peer, nil
			},
		}
		b.s = StartCall(cfg, func(ctx context.Context) (Link, error) { return dial(ctx, "") })
		<-b.s.Done() // nobody answers
		if tries != 1 {
			t.Errorf("dialled %d times", tries)
		}
	})
}
