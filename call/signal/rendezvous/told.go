package rendezvous

import (
	"errors"
	"time"

	"parley/call"
	"parley/call/signal/rendezvous/seal"
)

// told handles what the server says of the doors. What it says over a
// connection that is no longer the room's counts no more.
func (r *Room) told(a *attached, f call.Frame) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.now != a {
		return
	}
	switch d := r.doors[f.Slot]; {
	case f.Type == call.Opened && f.Number && r.code != nil && r.code.Slot == "" && d == nil && call.IsCodeNumber(f.Slot):
		r.numbered(f.Slot)
	case f.Type == call.Failed && f.Slot == "" && r.code != nil && r.code.Slot == "":
		r.refused(a, r.code, f)
	case d == nil: // shut in the same moment
	case d.again > 0: // nobody was told of it
	case f.Type == call.Opened && d.code != nil:
		r.cfg.Notify(call.DoorChange{Kind: call.DoorOpened, Slot: f.Slot, Code: *d.code})
	case f.Type == call.Opened:
		r.cfg.Notify(call.DoorChange{Kind: call.DoorOpened, Slot: f.Slot})
	case f.Type == call.Closed && d.code != nil && d.taken: // its guest decides what is told
	case f.Type == call.Closed && f.Reason == call.SlotGone:
		r.forget(f.Slot)
		r.cfg.Notify(call.DoorChange{Kind: call.DoorShut, Slot: f.Slot})
	case f.Type == call.Closed && f.Reason == call.SlotTaken:
		r.cfg.Notify(call.DoorChange{Kind: call.DoorTaken, Slot: f.Slot})
	default:
		r.refused(a, d, f)
	}
}

// retryEvery is when the server is asked again for what it refused.
const retryEvery = time.Minute

// refused tells why a door is not open, and tries again later. What the server
// says of the door until then changes nothing. r.mu is held.
func (r *Room) refused(a *attached, d *door, f call.Frame) {
	err := refusal(f, hostOf(r.cfg.Origin))
	if f.Reason == call.GoingAway {
		a.leave(err)
		return
	}
	if d.refused == a {
		return
	}
	d.refused = a
	r.cfg.Notify(call.DoorChange{Kind: call.DoorRefused, Slot: d.Slot, Err: err})
	time.AfterFunc(retryEvery, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		if d.refused == a {
			d.refused = nil
		}
		if r.now == a && (r.doors[d.Slot] == d || r.code == d) {
			r.tell(d.opening(time.Now()))
		}
	})
}

var errNoDoor = errors.New("there is no such door")

// welcome makes the link of a guest who knocked.
func (r *Room) welcome(a *attached, f call.Frame) (*hostLink, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	d := r.doors[f.Slot]
	if d == nil || d.taken || r.shut {
		return nil, errNoDoor
	}
	h := &hostLink{to: a, door: d, session: f.Session, servers: f.Servers, in: newInbox()}
	if d.again > 0 {
		d.again++
		h.again = d
	}
	if d.code != nil {
		d.taken = true
		return h, nil
	}
	var err error
	h.box, err = seal.Host(d.Secret[:], d.Slot, f.Session, r.cfg.secret)
	return h, err
}

// handOver gives a link to whoever accepts; it is closed where nobody does.
func (r *Room) handOver(h *hostLink) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.shut {
		go func() { _ = h.Close() }() // nothing is lost with it
		return
	}
	r.wait.Go(func() {
		late := time.NewTimer(sendPatience)
		defer late.Stop()
		select {
		case r.links <- h:
			return
		case <-r.ctx.Done():
		case <-h.to.ctx.Done():
		case <-late.C:
		}
		_ = h.Close() // nobody wants it
	})
}
