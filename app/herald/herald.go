// Package herald tells on the desktop, outside the window, that a call rings or
// was missed, and takes the answer from there:
//
//	phone ── events ──> Herald ── Note ──> Board (the desktop)
//	  ^                   │  <── a click ──┘
//	  └── accept, decline ┘
//
// It does so also while the window is stuck or hidden. A Herald owns one
// goroutine, since a desktop may take its time; Close ends it.
package herald

import (
	"log/slog"
	"sync"

	"fyne.io/fyne/v2/lang"

	"parley/call"
)

// Phone is what rings; *call.Phone is one.
type Phone interface {
	Watch(f func(call.Event)) (stop func())
	WatchMissed(f func(call.Event)) (stop func())
	Accept()
	Decline()
}

// Board shows notes; notify.Bus is one.
type Board interface {
	// Show puts a note up, in the place of another one if that is not 0.
	Show(n Note, instead uint32) (id uint32, err error)
	Withdraw(id uint32) error
}

// Note is a few words on the desktop.
type Note struct {
	Title, Body string
	Stays       bool // until it is answered or withdrawn
	Actions     []Action
	// Chosen hears the key of the action that a person chose, from any
	// goroutine.
	Chosen func(key string)
}

// Action is something that a person may choose. That with the key "default" is
// a click on the note itself.
type Action struct{ Key, Label string }

// The actions.
const (
	open    = "default"
	accept  = "accept"
	decline = "decline"
)

// Config is what a Herald works with.
type Config struct {
	Phone Phone
	Board Board
	// Present brings the window to the front; it may be called from any
	// goroutine.
	Present func()
	// Who is how a caller is called; nil takes the name of the event.
	Who func(call.Event) string
	Log *slog.Logger
}

// Herald tells of calls.
type Herald struct {
	cfg    Config
	stops  []func()
	signal chan struct{}
	done   chan struct{}
	wait   sync.WaitGroup
	once   sync.Once

	mu     sync.Mutex
	now    call.Event   // the newest
	missed []call.Event // not told yet

	// Owned by run.
	ringing    string // the session of the note that is up; "" where none is
	note       uint32
	lastMissed uint32
	told       bool // that notes cannot be shown
}

// New starts a Herald.
func New(cfg Config) *Herald {
	if cfg.Who == nil {
		cfg.Who = func(e call.Event) string { return e.Them }
	}
	h := &Herald{cfg: cfg, signal: make(chan struct{}, 1), done: make(chan struct{})}
	h.stops = []func(){
		cfg.Phone.Watch(func(e call.Event) { h.news(func() { h.now = e }) }),
		cfg.Phone.WatchMissed(func(e call.Event) { h.news(func() { h.missed = append(h.missed, e) }) }),
	}
	h.wait.Go(h.run)
	return h
}

func (h *Herald) news(note func()) {
	h.mu.Lock()
	note()
	h.mu.Unlock()
	select {
	case h.signal <- struct{}{}:
	default:
	}
}

func (h *Herald) run() {
	for {
		select {
		case <-h.signal:
			h.mu.Lock()
			now, missed := h.now, h.missed
			h.missed = nil
			h.mu.Unlock()
			h.ring(now)
			for _, e := range missed {
				h.tellMissed(e)
			}
		case <-h.done:
			h.withdraw()
			return
		}
	}
}

// ring keeps the note of the call that rings.
func (h *Herald) ring(e call.Event) {
	if e.State != call.Ringing || !e.Incoming {
		h.withdraw()
		return
	}
	if e.Session == h.ringing {
		return
	}
	h.withdraw()
	id, err := h.cfg.Board.Show(Note{
		Title: lang.L("{{.Who}} is calling", map[string]any{"Who": h.cfg.Who(e)}), Body: e.Address, Stays: true,
		Actions: []Action{{open, lang.L("Open Parley")}, {accept, lang.L("Accept")}, {decline, lang.L("Decline")}},
		Chosen:  func(key string) { h.answer(e.Session, key) },
	}, 0)
	if h.shown(err) {
		h.ringing, h.note = e.Session, id
	}
}

// answer does what was chosen about a call, if that rings still: another one
// must not be taken in its place.
func (h *Herald) answer(session, key string) {
	h.mu.Lock()
	rings := h.now.State == call.Ringing && h.now.Incoming && h.now.Session == session
	h.mu.Unlock()
	switch {
	case rings && key == decline:
		h.cfg.Phone.Decline()
		return
	case rings && key == accept:
		h.cfg.Phone.Accept()
	}
	h.cfg.Present()
}

func (h *Herald) withdraw() {
	if h.ringing == "" {
		return
	}
	h.ringing = ""
	if err := h.cfg.Board.Withdraw(h.note); err != nil {
		h.cfg.Log.Debug("a note stays on the desktop", "err", err)
	}
}

// tellMissed leaves a note of a missed call; a later one takes its place.
func (h *Herald) tellMissed(e call.Event) {
	id, err := h.cfg.Board.Show(Note{
		Title: lang.L("Missed call from {{.Who}}", map[string]any{"Who": h.cfg.Who(e)}), Body: e.At.Format("15:04"),
		Actions: []Action{{open, lang.L("Open Parley")}},
		Chosen:  func(string) { h.cfg.Present() },
	}, h.lastMissed)
	if h.shown(err) {
		h.lastMissed = id
	}
}

// shown tells once that there is no desktop that shows notes.
func (h *Herald) shown(err error) bool {
	if err != nil && !h.told {
		h.told = true
		h.cfg.Log.Info("calls are not shown on the desktop", "err", err)
	}
	return err == nil
}

// Close takes the note of a ringing call away and ends the goroutine. It is
// idempotent; the board is closed by whoever made it.
func (h *Herald) Close() error {
	h.once.Do(func() {
		for _, stop := range h.stops {
			stop()
		}
		close(h.done)
		h.wait.Wait()
	})
	return nil
}
