package rendezvous

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"time"

	"parley/call"
	"parley/call/signal/rendezvous/cpace"
	"parley/call/signal/rendezvous/seal"
)

// OpenCode asks the server for a number and tells, as Opened, the code that can
// be spoken. It is for one person and one guess. There is one at a time: the
// one before is shut.
func (r *Room) OpenCode() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.code != nil && r.code.Slot != "" {
		r.tell(call.Frame{Type: call.CloseSlot, Slot: r.code.Slot})
		r.forget(r.code.Slot)
	}
	r.code = newCode(r.cfg.Key)
	r.tell(r.code.opening(time.Now()))
	r.wake()
}

// ShutCode closes the spoken code, if there is one.
func (r *Room) ShutCode() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.code == nil {
		return
	}
	if r.code.Slot != "" {
		r.tell(call.Frame{Type: call.CloseSlot, Slot: r.code.Slot})
		delete(r.doors, r.code.Slot)
	}
	r.code = nil
	r.wake()
}

// newCode draws words, and has no number yet.
func newCode(key string) *door {
	c := call.NewCode()
	return &door{code: &c, key: key}
}

// renewed is the code in place of one whose number is lost with the connection.
// Its words are others: else who can cut the connection could guess again.
func (d *door) renewed() *door {
	if d.taken {
		return nil
	}
	return newCode(d.key)
}

// numbered gives the code its number. r.mu is held.
func (r *Room) numbered(slot string) {
	d := r.code
	d.Slot, d.code.Number = slot, slot
	r.doors[slot] = d
	r.cfg.Notify(call.DoorChange{Kind: call.DoorOpened, Slot: slot, Code: *d.code})
}

// judged ends a code: with one guess, right or wrong, it is used up.
func (r *Room) judged(d *door, right bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.doors[d.Slot] == d {
		r.forget(d.Slot)
	}
	if right {
		r.cfg.Notify(call.DoorChange{Kind: call.DoorShut, Slot: d.Slot, Code: *d.code})
		return
	}
	r.tell(call.Frame{Type: call.CloseSlot, Slot: d.Slot})
	r.cfg.Notify(call.DoorChange{Kind: call.DoorGuessed, Slot: d.Slot, Code: *d.code, Err: ErrCode})
}

// pakeText writes a share as the body of a frame.
var pakeText = base64.RawURLEncoding.Strict()

// exchange is what both sides of a code know beforehand. It belongs to the slot
// and to the session, so that a share is of no use in another.
func exchange(c call.Code, session string) cpace.Exchange {
	return cpace.Exchange{
		Password: []byte(c.Password()),
		Channel:  []byte("parley code 1" + c.Number),
		Session:  []byte(session),
	}
}

// dialCode joins by a spoken code. Whether it was right shows with the first
// answer.
func (d Dialer) dialCode(ctx context.Context, address string) (call.Link, error) {
	c, err := call.ParseCode(address)
	if err != nil {
		return nil, err
	}
	origin := c.Origin
	if origin == "" && d.Origin != nil {
		origin = d.Origin()
	}
	if origin == "" {
		return nil, errors.New("a code leads nowhere without a rendezvous; name the server in the settings, or dial CODE@HOST")
	}
	g, err := d.join(ctx, origin, c.Number, false)
	if err != nil {
		return nil, err
	}
	if err := g.agree(ctx, c); err != nil {
		return nil, errors.Join(err, g.Close())
	}
	return g, nil
}

// agree comes to a key with the host by the code.
func (g *guestLink) agree(ctx context.Context, c call.Code) error {
	g.code = true
	side, ours, err := cpace.Start(exchange(c, g.session), rand.Reader)
	if err != nil {
		return err
	}
	f := call.Frame{Type: call.Pake, Session: g.session, Body: pakeText.EncodeToString(ours)}
	if err := g.wire.Write(ctx, f); err != nil {
		return err
	}
	for f.Body = ""; f.Body == ""; {
		if f, err = g.wire.Read(ctx); err != nil {
			return err
		}
		switch {
		case f.Session != g.session:
			f.Body = ""
		case f.Type != call.Pake:
			return ErrCode
		}
	}
	theirs, err := pakeText.DecodeString(f.Body)
	if err != nil {
		return fmt.Errorf("%w: %w", call.ErrMessage, err)
	}
	key, err := side.Finish(theirs)
	if err != nil {
		return fmt.Errorf("%w: %w", call.ErrMessage, err)
	}
	g.box, err = seal.Guest(key, g.slot, g.session, rand.Reader)
	return err
}

// respond answers the guest's half of the exchange, and seals with what comes
// of it.
func (d *door) respond(f call.Frame, session string, random io.Reader) (reply call.Frame, box *seal.Box, err error) {
	if d.code == nil || f.Type != call.Pake {
		return reply, nil, fmt.Errorf("%w: %q before there is a key", call.ErrMessage, f.Type)
	}
	theirs, err := pakeText.DecodeString(f.Body)
	if err != nil {
		return reply, nil, fmt.Errorf("%w: %w", call.ErrMessage, err)
	}
	ours, key, err := cpace.Respond(exchange(*d.code, session), theirs, random)
	if err != nil {
		return reply, nil, fmt.Errorf("%w: %w", call.ErrMessage, err)
	}
	box, err = seal.Host(key, d.Slot, session, random)
	return call.Frame{Type: call.Pake, Session: session, Body: pakeText.EncodeToString(ours)}, box, err
}
