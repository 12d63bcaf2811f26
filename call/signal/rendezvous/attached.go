package rendezvous

import (
	"cmp"
	"context"
	"fmt"
	"sync"
	"time"

	"parley/call"
)

// attached is a Room's connection to the server, with the calls that are talked
// over on it. Two goroutines read and write; they end with the wire.
type attached struct {
	room *Room
	wire wire
	out  *outbox
	over chan error // told once, when the room has to connect anew

	mu       sync.Mutex
	sessions map[string]*hostLink
	retired  bool // closed with the last session
	ended    error

	ctx    context.Context
	cancel context.CancelFunc
}

// maxSessions bounds those who come in at once; the server has a bound too.
const maxSessions = 64

func newAttached(r *Room, w wire) *attached {
	a := &attached{room: r, wire: w, out: newOutbox(), over: make(chan error, 1), sessions: map[string]*hostLink{}}
	// Not the room's: calls that were accepted outlive it.
	a.ctx, a.cancel = context.WithCancel(context.Background())
	return a
}

func (a *attached) start() {
	a.room.wait.Go(func() { a.room.lives(a) })
	go a.read()
	go a.write()
}

// lives holds up Room.Close until the connection is let go of, or calls have
// it.
func (r *Room) lives(a *attached) {
	select {
	case <-a.ctx.Done():
	case <-r.ctx.Done():
	}
}

// read takes what the server says until the wire ends.
func (a *attached) read() {
	for {
		f, err := a.wire.Read(a.ctx)
		if err != nil {
			a.end(err)
			return
		}
		a.take(f)
	}
}

// What keeps a quiet connection alive, and finds out that it is not.
const (
	pingEvery    = 30 * time.Second
	pingPatience = 10 * time.Second
	sendPatience = 10 * time.Second
)

// write says what the outbox holds until the wire ends.
func (a *attached) write() {
	ping := time.NewTicker(pingEvery)
	defer ping.Stop()
	for {
		select {
		case <-a.out.signal:
			if err := a.empty(); err != nil {
				a.end(err)
				return
			}
		case <-ping.C:
			ctx, cancel := context.WithTimeout(a.ctx, pingPatience)
			err := a.wire.Ping(ctx)
			cancel()
			if err != nil {
				a.end(fmt.Errorf("the rendezvous is silent: %w", err))
				return
			}
		case <-a.ctx.Done():
			return
		}
	}
}

// empty says what the outbox holds.
func (a *attached) empty() (failed error) {
	items, over := a.out.take()
	for _, one := range items {
		if failed == nil && one.frame.Type != "" { // else somebody only waits for those before
			failed = a.say(one.frame)
		}
		one.result(failed)
	}
	return cmp.Or(failed, over)
}

func (a *attached) say(f call.Frame) error {
	ctx, cancel := context.WithTimeout(a.ctx, sendPatience)
	defer cancel()
	return a.wire.Write(ctx, f)
}

// end lets go of the wire and ends the sessions on it.
func (a *attached) end(err error) {
	a.mu.Lock()
	if a.ended != nil {
		a.mu.Unlock()
		return
	}
	a.ended = err
	sessions := a.sessions
	a.sessions = nil
	a.mu.Unlock()
	a.leave(err)
	for _, s := range sessions {
		s.finish(err)
	}
	a.out.shut(err)
	_ = a.wire.Close() // it is over, however
	a.cancel()
}

// leave has the room connect anew.
func (a *attached) leave(err error) {
	select {
	case a.over <- err:
	default:
	}
}

// retire ends the connection once no call needs it.
func (a *attached) retire() {
	a.mu.Lock()
	a.retired = true
	idle := len(a.sessions) == 0
	a.mu.Unlock()
	a.out.flush(a.ctx)
	if idle {
		a.end(call.ErrLinkClosed)
	}
}

// take handles one frame.
func (a *attached) take(f call.Frame) {
	switch {
	case f.Relayed():
		if s := a.session(f.Session); s != nil {
			s.take(f)
		}
	case f.Type == call.Left, f.Type == call.Failed && f.Session != "":
		if s := a.session(f.Session); s != nil {
			s.finish(over(f.Reason))
			a.drop(s)
		}
	case f.Type == call.Knock:
		a.knocked(f)
	case f.Type == call.Failed && f.Slot == "" && f.Reason == call.GoingAway:
		a.leave(refusal(f, hostOf(a.room.cfg.Origin)))
	case f.Type == call.Opened, f.Type == call.Closed, f.Type == call.Failed:
		a.room.told(a, f)
	}
}

func (a *attached) session(id string) *hostLink {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.sessions[id]
}

// knocked makes a link for a guest, and hands it over without waiting.
func (a *attached) knocked(f call.Frame) {
	s, err := a.room.welcome(a, f)
	if err != nil {
		a.room.log.Debug("a guest is turned away", "err", err)
		a.out.put(call.Frame{Type: call.Leave, Session: f.Session})
		return
	}
	a.mu.Lock()
	full := len(a.sessions) >= maxSessions || a.sessions == nil
	if !full {
		a.sessions[f.Session] = s
	}
	a.mu.Unlock()
	switch {
	case full:
		a.out.put(call.Frame{Type: call.Leave, Session: f.Session})
	case s.box != nil: // else there is a key to be agreed on first
		a.room.handOver(s)
	}
}

// drop forgets a session.
func (a *attached) drop(s *hostLink) {
	a.mu.Lock()
	if a.sessions[s.session] == s {
		delete(a.sessions, s.session)
	}
	last := a.retired && len(a.sessions) == 0
	a.mu.Unlock()
	if last {
		go func() {
			a.out.flush(a.ctx)
			a.end(call.ErrLinkClosed)
		}()
	}
}
