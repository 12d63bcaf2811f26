package rendezvous

import (
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"sync"
	"time"

	"parley/call"
)

// RoomConfig is what a Room is made of.
type RoomConfig struct {
	Origin string // of the server, as call.ParseOrigin writes it
	Key    string // invitation key of a space; "" for the server's own
	Log    *slog.Logger
	// Notify hears what becomes of the doors, in order; it must not block, nor
	// call the room.
	Notify func(call.DoorChange)

	// Tests replace these.
	open   connect
	random func() float64
	secret io.Reader
}

// Room keeps doors open at one server, for as long as this program runs: it
// connects while there is a door, and again whenever the connection is lost.
// It is a call.Listener for those who come in.
type Room struct {
	cfg RoomConfig
	log *slog.Logger

	mu     sync.Mutex
	doors  map[string]*door // by slot
	code   *door            // a spoken code, with a slot once it has a number
	now    *attached        // nil: not connected
	shut   bool
	change chan struct{} // has a token when a door was opened or all are shut
	links  chan *hostLink

	ctx    context.Context
	cancel context.CancelFunc
	wait   sync.WaitGroup
	once   sync.Once
}

var _ call.Listener = (*Room)(nil)

// NewRoom returns a room without doors. Close it.
func NewRoom(cfg RoomConfig) *Room {
	if cfg.open == nil {
		cfg.open = openSocket
	}
	if cfg.random == nil {
		cfg.random = random
	}
	if cfg.secret == nil {
		cfg.secret = rand.Reader
	}
	if cfg.Notify == nil {
		cfg.Notify = func(call.DoorChange) {}
	}
	r := &Room{
		cfg: cfg, log: cfg.Log.With("rendezvous", hostOf(cfg.Origin)), doors: map[string]*door{},
		change: make(chan struct{}, 1), links: make(chan *hostLink),
	}
	r.ctx, r.cancel = context.WithCancel(context.Background())
	r.wait.Go(r.run)
	return r
}

// Open keeps a door open from now on, until Shut, or until it is used up or out
// of time.
func (r *Room) Open(d call.Door) {
	r.mu.Lock()
	defer r.mu.Unlock()
	one := &door{Door: d, key: r.cfg.Key}
	r.doors[d.Slot] = one
	r.tell(one.opening(time.Now()))
	r.wake()
}

// Shut closes a door. Calls that came in through it go on.
func (r *Room) Shut(slot string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.doors[slot] != nil {
		r.forget(slot)
		r.tell(call.Frame{Type: call.CloseSlot, Slot: slot})
	}
}

// forget drops a door. r.mu is held.
func (r *Room) forget(slot string) {
	if r.code != nil && r.code.Slot == slot {
		r.code = nil
	}
	delete(r.doors, slot)
	r.wake()
}

// tell says a frame over the connection, if there is one: when there is one
// again, it is told all that counts then. r.mu is held.
func (r *Room) tell(f call.Frame) {
	if r.now != nil {
		r.now.out.put(f)
	}
}

// wake has run look at what changed.
func (r *Room) wake() {
	select {
	case r.change <- struct{}{}:
	default:
	}
}

// run keeps the room connected while it has doors.
func (r *Room) run() {
	pauses := backoff{random: r.cfg.random}
	for r.untilWanted() {
		lived, err := r.attend()
		if r.ctx.Err() != nil {
			return
		}
		if err != nil {
			r.log.Info("not connected", "err", err)
			r.cfg.Notify(call.DoorChange{Kind: call.DoorAway, Err: err})
		}
		if sleep(r.ctx, pauses.pause(lived)) != nil {
			return
		}
	}
}

// untilWanted waits for a door; false when the room is closed.
func (r *Room) untilWanted() bool {
	for {
		if r.wanted() {
			return r.ctx.Err() == nil
		}
		select {
		case <-r.change:
		case <-r.ctx.Done():
			return false
		}
	}
}

func (r *Room) wanted() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return !r.shut && (len(r.doors) > 0 || r.code != nil)
}

// connectPatience is how long one attempt to connect may take.
const connectPatience = 15 * time.Second

// attend is connected until the server goes, and says for how long.
func (r *Room) attend() (lived time.Duration, err error) {
	ctx, cancel := context.WithTimeout(r.ctx, connectPatience)
	w, err := r.cfg.open(ctx, r.cfg.Origin, request{})
	cancel()
	if err != nil {
		return 0, err
	}
	began := time.Now()
	a := r.attach(w)
	err = r.watch(a)
	return time.Since(began), err
}

// attach talks over a connection from now on, and opens all doors there.
func (r *Room) attach(w wire) *attached {
	a := newAttached(r, w)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.now = a
	now := time.Now()
	for slot, d := range r.doors {
		if d.over(now) {
			delete(r.doors, slot)
			r.cfg.Notify(call.DoorChange{Kind: call.DoorShut, Slot: slot})
			continue
		}
		r.tell(d.opening(now))
	}
	if r.code != nil { // the one before had its number from a connection that is over
		r.tell(r.code.opening(now))
	}
	a.start()
	return a
}

// watch waits until a connection is no longer the room's: it is lost, the
// server goes away, or nothing is left to be kept open.
func (r *Room) watch(a *attached) error {
	var err error
	for waiting := true; waiting; {
		select {
		case err = <-a.over:
			waiting = false
		case <-r.change:
			waiting = r.wanted()
		case <-r.ctx.Done():
			waiting = false
		}
	}
	r.letGo(a)
	a.retire()
	return err
}

// letGo parts with a connection. What is open there may outlive this room by
// the calls on it, so it is shut.
func (r *Room) letGo(a *attached) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for slot := range r.doors {
		if r.shut {
			r.tell(call.Frame{Type: call.CloseSlot, Slot: slot})
		}
	}
	r.now = nil
	if r.code != nil && r.code.Slot != "" { // its number is lost with the connection
		delete(r.doors, r.code.Slot)
		r.code = r.code.renewed()
	}
}

// Accept satisfies call.Listener.
func (r *Room) Accept(ctx context.Context) (call.Link, error) {
	select {
	case <-r.ctx.Done(): // rather than a link that came in the same moment
		return nil, call.ErrLinkClosed
	default:
	}
	select {
	case l := <-r.links:
		return l, nil
	case <-r.ctx.Done():
		return nil, call.ErrLinkClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Close shuts all doors. Links that were accepted live on, and the connection
// for as long as they do.
func (r *Room) Close() error {
	r.once.Do(func() {
		r.mu.Lock()
		r.shut = true
		r.mu.Unlock()
		r.cancel()
		r.wait.Wait()
	})
	return nil
}
