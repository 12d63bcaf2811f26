package invites

import (
	"sync"

	"parley/call"
)

// told is what a room says of its doors.
type told struct {
	at     place
	change call.DoorChange
}

// inbox takes what rooms say, which must neither wait nor be called back.
type inbox struct {
	mu     sync.Mutex
	items  []told
	signal chan struct{} // has a token while there are items
}

func newInbox() *inbox {
	return &inbox{signal: make(chan struct{}, 1)}
}

func (i *inbox) put(t told) {
	i.mu.Lock()
	i.items = append(i.items, t)
	i.mu.Unlock()
	select {
	case i.signal <- struct{}{}:
	default:
	}
}

func (i *inbox) take() []told {
	i.mu.Lock()
	defer i.mu.Unlock()
	items := i.items
	i.items = nil
	return items
}

// take notes a change and tells it.
func (k *Keeper) take(t told) {
	e, watchers := k.note(t.at, t.change)
	if e.Kind == call.DoorShut && e.Invite.ID != "" {
		k.usedUp(e.Invite)
	}
	for _, f := range watchers {
		f(e)
	}
}

func (k *Keeper) note(at place, c call.DoorChange) (Event, []func(Event)) {
	k.mu.Lock()
	defer k.mu.Unlock()
	e := Event{Kind: c.Kind, Code: c.Code, Err: c.Err}
	for id, s := range k.held {
		if placeOf(s.Invite) != at || c.Slot != "" && s.Slot() != c.Slot {
			continue
		}
		if c.Slot != "" {
			e.Invite = s.Invite
		}
		s.Open, s.Error = c.Kind == call.DoorOpened, c.Err
		k.held[id] = s
	}
	return e, k.listeners()
}

// tellGone tells of links that another program revoked.
func (k *Keeper) tellGone(gone []Invite) {
	k.mu.Lock()
	watchers := k.listeners()
	k.mu.Unlock()
	for _, i := range gone {
		for _, f := range watchers {
			f(Event{Kind: call.DoorShut, Invite: i})
		}
	}
}

// listeners are those who watch, in their order. k.mu is held.
func (k *Keeper) listeners() []func(Event) {
	watchers := make([]func(Event), 0, len(k.watchers))
	for id := range k.nextID {
		if f := k.watchers[id]; f != nil {
			watchers = append(watchers, f)
		}
	}
	return watchers
}

// usedUp forgets a link that leads nowhere any more.
func (k *Keeper) usedUp(i Invite) {
	if err := k.cfg.Store.Remove(i.ID); err != nil {
		k.cfg.Log.Error("a link that is used up is still in the file", "err", err)
	}
	k.look()
}
