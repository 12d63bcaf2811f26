package invites

import (
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"parley/call"
)

// Room keeps doors open at one rendezvous.
type Room interface {
	Open(call.Door)
	Shut(slot string)
	OpenCode()
	ShutCode()
	Close() error
}

// KeeperConfig is what a Keeper is made of.
type KeeperConfig struct {
	Store *Store
	// NewRoom makes the room of a rendezvous, in a space there where key is not
	// "". notify hears what becomes of its doors.
	NewRoom func(origin, key string, notify func(call.DoorChange)) Room
	// Server is the rendezvous that is used unless a link names another, and
	// the invitation key there; "" is none.
	Server func() (origin, key string)
	Log    *slog.Logger
}

// Status says how a link stands.
type Status struct {
	Invite
	Open  bool  // whoever has it comes in
	Error error // why not
}

// Event tells who watches that something changed.
type Event struct {
	// Kind is of call.DoorChange; the links changed as well, see List.
	Kind   call.DoorChangeKind
	Invite Invite    // zero where it is about a code, or about all
	Code   call.Code // of a spoken code
	Err    error
}

// place is one room's.
type place struct{ origin, key string }

func placeOf(i Invite) place { return place{i.Origin, i.Key} }

// Keeper has the links of a store open.
type Keeper struct {
	cfg KeeperConfig

	mu       sync.Mutex
	rooms    map[place]Room
	held     map[string]Status // by the invite's ID
	code     place             // where the spoken code is
	read     time.Time         // the file as it was read last
	watchers map[int]func(Event)
	nextID   int
	closed   bool

	inbox *inbox
	done  chan struct{}
	wait  sync.WaitGroup
	once  sync.Once
}

// lookEvery is how soon a change of the file by another program is noticed.
const lookEvery = 2 * time.Second

// Keep opens all links of the store.
func Keep(cfg KeeperConfig) *Keeper {
	k := &Keeper{
		cfg: cfg, rooms: map[place]Room{}, held: map[string]Status{}, watchers: map[int]func(Event){},
		inbox: newInbox(), done: make(chan struct{}),
	}
	k.prune()
	k.look()
	k.wait.Go(k.run)
	return k
}

// prune forgets what ran out while no program was there.
func (k *Keeper) prune() {
	all, err := k.cfg.Store.List()
	if err != nil {
		return // look says so
	}
	var over []string
	for _, i := range all {
		if !i.Works(time.Now()) {
			over = append(over, i.ID)
		}
	}
	if len(over) == 0 {
		return
	}
	if err := k.cfg.Store.Remove(over...); err != nil {
		k.cfg.Log.Warn("links that ran out are still in the file", "err", err)
	}
}

func (k *Keeper) run() {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if !k.cfg.Store.changed().Equal(k.lastRead()) {
				k.tellGone(k.look())
			}
		case <-k.inbox.signal:
			for _, c := range k.inbox.take() {
				k.take(c)
			}
		case <-k.done:
			return
		}
	}
}

func (k *Keeper) lastRead() time.Time {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.read
}

// look opens what is new in the file, and shuts what is gone from it, which it
// returns.
func (k *Keeper) look() (gone []Invite) {
	at := k.cfg.Store.changed()
	all, err := k.cfg.Store.List()
	if err != nil {
		k.cfg.Log.Error("the links are not read", "err", err)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.read = at
	if err != nil || k.closed {
		return nil
	}
	now := time.Now()
	for id, s := range k.held {
		if !slices.ContainsFunc(all, func(i Invite) bool { return i.ID == id }) {
			delete(k.held, id)
			gone = append(gone, s.Invite)
			k.room(placeOf(s.Invite)).Shut(s.Slot())
		}
	}
	for _, i := range all {
		if _, have := k.held[i.ID]; !have && i.Works(now) {
			k.held[i.ID] = Status{Invite: i}
			k.room(placeOf(i)).Open(i.Door())
		}
	}
	return gone
}

// room is the one of a place. k.mu is held.
func (k *Keeper) room(at place) Room {
	if k.rooms[at] == nil {
		k.rooms[at] = k.cfg.NewRoom(at.origin, at.key, func(c call.DoorChange) { k.inbox.put(told{at, c}) })
	}
	return k.rooms[at]
}

// ErrNoServer is returned where no rendezvous is known.
var ErrNoServer = errors.New("no rendezvous is known; name the server in the settings, or with --server")

// Make makes a link and opens it. An order without a server is for that of the
// settings.
func (k *Keeper) Make(o Order) (Invite, error) {
	if o.Origin == "" {
		o.Origin, o.Key = k.cfg.Server()
	}
	if o.Origin == "" {
		return Invite{}, ErrNoServer
	}
	i, err := Make(o, time.Now())
	if err != nil {
		return i, err
	}
	if err := k.cfg.Store.Add(i); err != nil {
		return i, err
	}
	k.look()
	return i, nil
}

// Revoke has a link lead nowhere from now on. Calls that came by it go on.
func (k *Keeper) Revoke(id string) error {
	err := k.cfg.Store.Remove(id)
	k.look()
	return err
}

// List is what leads here, the newest first.
func (k *Keeper) List() []Status {
	k.mu.Lock()
	defer k.mu.Unlock()
	all := make([]Status, 0, len(k.held))
	for _, s := range k.held {
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b Status) int { return b.Made.Compare(a.Made) })
	return all
}

// Code asks for a spoken code, which Watch hears of as DoorOpened. There is one
// at a time.
func (k *Keeper) Code() error {
	origin, key := k.cfg.Server()
	if origin == "" {
		return ErrNoServer
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed {
		return nil
	}
	k.code = place{origin, key}
	k.room(k.code).OpenCode()
	return nil
}

// EndCode ends the spoken code, if there is one.
func (k *Keeper) EndCode() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if r := k.rooms[k.code]; r != nil {
		r.ShutCode()
	}
}

// Watch has f called with every event from now on; f must not block, nor call
// the keeper.
func (k *Keeper) Watch(f func(Event)) (stop func()) {
	k.mu.Lock()
	defer k.mu.Unlock()
	id := k.nextID
	k.nextID++
	k.watchers[id] = f
	return func() {
		k.mu.Lock()
		defer k.mu.Unlock()
		delete(k.watchers, id)
	}
}

// By is the link that somebody came in by, as the call's address tells it.
func (k *Keeper) By(address string) (Invite, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, s := range k.held {
		if s.Shown() == address {
			return s.Invite, true
		}
	}
	return Invite{}, false
}

// Close shuts all links until the program runs again.
func (k *Keeper) Close() error {
	var err error
	k.once.Do(func() {
		k.mu.Lock()
		k.closed = true
		rooms := k.rooms
		k.mu.Unlock()
		close(k.done)
		k.wait.Wait()
		for _, r := range rooms {
			err = errors.Join(err, r.Close())
		}
	})
	return err
}
