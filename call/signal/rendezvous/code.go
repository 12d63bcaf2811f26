package rendezvous

import (
	"context"
	"errors"
	"time"

	"parley/call"
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

// numbered gives the code its number, and leaves this side's half of a key for
// whoever joins. Once the server has it, the code is told. r.mu is held.
func (r *Room) numbered(slot string) {
	d := r.code
	d.Slot, d.code.Number = slot, slot
	var share string
	var err error
	if d.half, share, err = newHalf(*d.code, r.cfg.secret); err != nil {
		r.tell(call.Frame{Type: call.CloseSlot, Slot: slot})
		r.forget(slot)
		r.cfg.Notify(call.DoorChange{Kind: call.DoorRefused, Slot: slot, Err: err})
		return
	}
	r.doors[slot] = d
	r.tell(call.Frame{Type: call.Share, Slot: slot, Body: share})
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
	g, err := d.join(ctx, place{origin, c.Number, true}, nil)
	if err != nil {
		return nil, err
	}
	if err := g.agree(ctx, c); err != nil {
		return nil, errors.Join(err, g.Close())
	}
	return g, nil
}
