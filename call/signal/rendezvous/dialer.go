package rendezvous

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"parley/call"
	"parley/call/signal/rendezvous/seal"
)

// Dialer joins the slot of a link, or of a spoken code.
type Dialer struct {
	// Origin is the rendezvous of codes, asked for at each; "" is none.
	Origin func() string
	open   connect // tests; nil is a WebSocket
}

var _ call.Mannered = Dialer{}

// Manner satisfies call.Mannered: a damaged link is nobody else's either.
func (d Dialer) Manner(address string) (call.Manner, bool) {
	if call.LooksLikeCode(address) {
		return call.Manner{Late: true, Steady: true, Once: true}, true
	}
	text := call.TrimScheme(address)
	link := strings.Contains(text, "://") || strings.Contains(text, "/c/")
	return call.Manner{Late: true, Steady: true}, link
}

// Dial satisfies call.Dialer. It waits for whoever made the link to be there
// for as long as the context does.
func (d Dialer) Dial(ctx context.Context, address string) (call.Link, error) {
	if call.LooksLikeCode(address) {
		return d.dialCode(ctx, address)
	}
	i, err := call.ParseInvitation(address)
	if err != nil {
		return nil, err
	}
	g, err := d.join(ctx, i.Origin(), i.Slot, true)
	if err != nil {
		return nil, err
	}
	if g.box, err = seal.Guest(i.Secret[:], i.Slot, g.session, rand.Reader); err != nil {
		return nil, errors.Join(err, g.Close())
	}
	return g, nil
}

// join becomes a guest of a slot, again where the server restarts meanwhile. It
// saves a round trip to join at once, which may be done more often than once.
func (d Dialer) join(ctx context.Context, origin, slot string, atOnce bool) (*guestLink, error) {
	pauses := backoff{random: random}
	for {
		w, err := d.reach(ctx, origin, slot, atOnce)
		if err != nil {
			return nil, err
		}
		g, err := welcomed(ctx, w, origin, slot)
		if err == nil {
			return g, nil
		}
		_ = w.Close() // the error says more
		if !errors.Is(err, errAgain) || sleep(ctx, pauses.pause(0)) != nil {
			return nil, err
		}
	}
}

// errAgain marks what may succeed if it is tried again at once.
var errAgain = errors.New("the server restarts")

// reach asks to join a slot over a wire of its own.
func (d Dialer) reach(ctx context.Context, origin, slot string, atOnce bool) (wire, error) {
	if atOnce {
		return d.connect(ctx, origin, slot)
	}
	w, err := d.connect(ctx, origin, "")
	if err != nil {
		return nil, err
	}
	if err := w.Write(ctx, call.Frame{Type: call.Join, Slot: slot}); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

// welcomed waits until the host's side is known.
func welcomed(ctx context.Context, w wire, origin, slot string) (*guestLink, error) {
	waiting := false
	for {
		f, err := w.Read(ctx)
		switch {
		case err != nil && waiting && ctx.Err() != nil:
			return nil, ErrAway
		case err != nil && waiting:
			return nil, fmt.Errorf("%w (%w)", err, errAgain)
		case err != nil:
			return nil, err
		}
		switch f.Type {
		case call.Waiting:
			waiting = true
		case call.Joined:
			return newGuestLink(w, origin, slot, f), nil
		case call.Failed:
			err := refusal(f, hostOf(origin))
			if f.Reason == call.GoingAway {
				err = fmt.Errorf("%w (%w)", err, errAgain)
			}
			return nil, err
		}
	}
}

// Connecting on a bad path: see call.race. A second attempt is made only where
// the first is late, for each one is a guest to the host.
var attempts = []time.Duration{0, 800 * time.Millisecond, 2 * time.Second, 5 * time.Second}

type connected struct {
	wire wire
	err  error
}

// connect opens the wire of a guest: the first of several attempts that
// succeeds, or the first error that is the server's word.
func (d Dialer) connect(ctx context.Context, origin, join string) (wire, error) {
	open := d.open
	if open == nil {
		open = openSocket
	}
	trying, cancel := context.WithCancel(ctx)
	results := make(chan connected)
	for _, after := range attempts {
		go func() {
			if err := sleep(trying, after); err != nil {
				results <- connected{nil, err}
				return
			}
			w, err := open(trying, origin, join)
			results <- connected{w, err}
		}()
	}
	first := <-results
	cancel()
	for range attempts[1:] {
		if r := <-results; r.wire != nil {
			_ = r.wire.Close() // nothing was said over it
		}
	}
	return first.wire, first.err
}

// sleep waits, or returns the context's error.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
