package lan

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"parley/call"
)

// Config is what Neighbours are made of.
type Config struct {
	Name func() string // to be called by; asked again and again
	Port int           // where calls are taken; 0: nowhere, so nobody is told
	// Dialer makes the calls, to the addresses that were found.
	Dialer  call.Dialer
	Network Network          // nil: the system's
	Clock   func() time.Time // the time of day, to notice a sleep; nil: the system's
	Off     bool             // say nothing and look at nothing, until SetOff
	Log     *slog.Logger
}

// Neighbours are the people on the same network. Its run is the one goroutine
// that uses what stands above mu.
type Neighbours struct {
	cfg      Config
	id       string
	stations map[place]*station
	failed   map[place]bool // to be opened, which was said
	cache    *cache
	told     facts     // of oneself, last
	looked   time.Time // when the interfaces were looked at, by the time of day
	ticked   time.Time // and by the clock that never jumps
	changed  time.Time // when the cache was; zero: all is told
	heard    chan packet
	poke     chan struct{}
	moved    chan struct{} // the network has

	following    sync.WaitGroup // what watches the network
	mu           sync.Mutex
	availability Availability
	off          bool
	doubted      []string // IDs of people who did not answer
	people       []Person
	news         chan struct{} // closed when people changes
	watchers     map[int]func([]Person)
	nextID       int

	ctx    context.Context
	cancel context.CancelFunc
	done   chan struct{} // closed when run has ended
}

// Open begins to look for people, and to be found where calls are taken. An
// interface that cannot be used is said in the log; Open fails only where there
// is no randomness.
func Open(cfg Config) (*Neighbours, error) {
	if cfg.Network == nil {
		cfg.Network = System{}
	}
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Port < 0 || cfg.Port > 0xffff {
		return nil, fmt.Errorf("%d is no port of TCP", cfg.Port)
	}
	n := &Neighbours{
		cfg: cfg, id: newID(), stations: map[place]*station{}, failed: map[place]bool{}, cache: newCache(),
		heard: make(chan packet, 16), poke: make(chan struct{}, 1), moved: make(chan struct{}, 1),
		availability: Available, off: cfg.Off, news: make(chan struct{}), watchers: map[int]func([]Person){},
		done: make(chan struct{}),
	}
	n.ctx, n.cancel = context.WithCancel(context.Background())
	go n.run()
	return n, nil
}

// newID is random: who starts anew is somebody new, and no other program can
// have it, which is why it is not probed for (RFC 6762 section 8.1).
func newID() string { return strings.ToLower(rand.Text())[:20] }

// ID is this program's own.
func (n *Neighbours) ID() string { return n.id }

// SetAvailability tells others.
func (n *Neighbours) SetAvailability(a Availability) {
	n.mu.Lock()
	n.availability = a
	n.mu.Unlock()
	n.wake()
}

// SetOff leaves the network, and forgets who is on it, or comes back.
func (n *Neighbours) SetOff(off bool) {
	n.mu.Lock()
	n.off = off
	n.mu.Unlock()
	n.wake()
}

func (n *Neighbours) isOff() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.off
}

// wake has run look at what was set.
func (n *Neighbours) wake() {
	select {
	case n.poke <- struct{}{}:
	default: // it will
	}
}

// People are those who are nearby now, by name.
func (n *Neighbours) People() []Person {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]Person{}, n.people...)
}

// Watch has f called with the people who are nearby now, and again with all of
// them whenever somebody comes, goes or changes. f must not block, and nothing
// is called after stop has returned, unless it runs at that moment.
func (n *Neighbours) Watch(f func([]Person)) (stop func()) {
	n.mu.Lock()
	id := n.nextID
	n.nextID++
	n.watchers[id] = f
	f(slices.Clone(n.people))
	n.mu.Unlock()
	return func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		delete(n.watchers, id)
	}
}

// tell passes on who is nearby, where that has changed.
func (n *Neighbours) tell(people []Person) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if slices.EqualFunc(people, n.people, Person.equal) {
		return
	}
	n.people = people
	close(n.news)
	n.news = make(chan struct{})
	for id := range n.nextID {
		if f := n.watchers[id]; f != nil {
			f(slices.Clone(people))
		}
	}
}

// Close says good-bye to the network and waits. It is idempotent.
func (n *Neighbours) Close() error {
	n.cancel()
	<-n.done
	return nil
}
