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
	return call.Manner{Late: true, Draft: true, Steady: true}, link
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
	at := place{origin: i.Origin(), slot: i.Slot}
	first, err := saying(i, call.First(ctx))
	if err != nil {
		return nil, err
	}
	g, err := d.join(ctx, at, first)
	if err != nil {
		return nil, err
	}
	if g.box == nil {
		if g.box, err = seal.Guest(i.Secret[:], i.Slot, g.session, rand.Reader); err != nil {
			return nil, errors.Join(err, g.Close())
		}
	}
	return g, nil
}

// place is a slot at a server.
type place struct {
	origin, slot string
	once         bool // it is not to be asked for more often than it takes
}

// said is what a request says of a session, and what the session goes on with.
type said struct {
	session, frames string
	box             *seal.Box
}

// saying seals a call's first messages for a session that is named here. It is
// nil where there are none, or too much.
func saying(i call.Invitation, first []call.Message) (*said, error) {
	if len(first) == 0 {
		return nil, nil
	}
	s := &said{session: rand.Text()}
	var err error
	if s.box, err = seal.Guest(i.Secret[:], i.Slot, s.session, rand.Reader); err != nil {
		return nil, err
	}
	frames := make([]call.Frame, len(first))
	for n, m := range first {
		body, err := s.box.SealSmall(m)
		if err != nil {
			return nil, err
		}
		frames[n] = call.Frame{Type: call.FrameType(m.Type), Session: s.session, Body: body}
	}
	if s.frames = call.EncodeFirstFrames(frames); s.frames == "" {
		return nil, nil
	}
	return s, nil
}

// join becomes a guest of a slot, again where the server restarts meanwhile. It
// is asked for with the wire itself, and what is said first is said once.
func (d Dialer) join(ctx context.Context, at place, first *said) (*guestLink, error) {
	pauses := backoff{random: random}
	for ; ; first = nil {
		c := d.connect(ctx, at, first)
		if c.err != nil {
			return nil, c.err
		}
		g, err := welcomed(ctx, c.wire, at.origin, at.slot)
		if err == nil && c.said != nil && g.session != c.said.session {
			err = fmt.Errorf("%w: %s calls a session by another name", call.ErrFrame, hostOf(at.origin))
		}
		if err == nil {
			g.goOn(c.said)
			return g, nil
		}
		_ = c.wire.Close() // the error says more
		if !errors.Is(err, errAgain) || sleep(ctx, pauses.pause(0)) != nil {
			return nil, err
		}
	}
}

// errAgain marks what may succeed if it is tried again at once.
var errAgain = errors.New("the server restarts")

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
	said *said // with the request; nil: nothing
	err  error
}

// connect opens the wire of a guest: the first of several attempts that
// succeeds, or the first error that is the server's word. Where the slot is to
// be asked for once, all attempts make their way to the server and the one that
// is there first asks. The first attempt says what is said first.
func (d Dialer) connect(ctx context.Context, at place, first *said) connected {
	plain := request{join: at.slot}
	if at.once {
		plain.may = onlyOne()
	}
	trying, cancel := context.WithCancel(ctx)
	results := make(chan connected)
	for n, after := range attempts {
		go func() {
			if err := sleep(trying, after); err != nil {
				results <- connected{err: err}
				return
			}
			if n > 0 {
				results <- d.ask(trying, at, plain, nil)
				return
			}
			results <- d.ask(trying, at, plain, first)
		}()
	}
	won := <-results
	cancel()
	for range attempts[1:] {
		if r := <-results; r.wire != nil {
			_ = r.wire.Close() // what it said goes on over the other
		}
	}
	return won
}

// ask makes one request. Something in between may not let through what is said
// first, and then it is said later.
func (d Dialer) ask(ctx context.Context, at place, r request, first *said) connected {
	open := d.open
	if open == nil {
		open = openSocket
	}
	if first != nil {
		more := r
		more.session, more.first = first.session, first.frames
		if w, err := open(ctx, at.origin, more); !errors.Is(err, errNotLetThrough) {
			return connected{w, first, err}
		}
	}
	w, err := open(ctx, at.origin, r)
	return connected{w, nil, err}
}

// onlyOne lets the first through who asks, and has the others wait for their
// end.
func onlyOne() func(context.Context) error {
	turn := make(chan struct{}, 1)
	turn <- struct{}{}
	return func(ctx context.Context) error {
		select {
		case <-turn:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
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
