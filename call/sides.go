package call

import (
	"encoding/json"
	"sync"
)

// SideState is what a side tells of itself, so that the other can show it.
type SideState struct {
	Mute      bool `json:"mute"`      // the microphone is silent
	Camera    bool `json:"camera"`    // its picture is sent
	Screen    bool `json:"screen"`    // a screen is shared
	Recording bool `json:"recording"` // the call is kept
}

// Sides keeps both sides' states. It speaks first on a new connection: who
// hears nothing on this channel talks to a program that knows none.
type Sides struct {
	news watchers[Side]

	mu   sync.Mutex
	out  Channel
	mine SideState
	now  Side
}

// Side is the other side's state, where it is Known to tell it.
type Side struct {
	SideState
	Known bool
}

func newSides() *Sides { return &Sides{} }

// Set tells the other side of this side's state.
func (s *Sides) Set(mine SideState) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mine != mine {
		s.mine = mine
		s.say()
	}
}

// Other is the other side's state.
func (s *Sides) Other() Side { s.mu.Lock(); defer s.mu.Unlock(); return s.now }

// Watch has f called with the other side's state when it changes; f must not
// block.
func (s *Sides) Watch(f func(Side)) (stop func()) { return s.news.watch(f) }

// say sends what is so now. What cannot be sent is said on the next
// connection. s.mu is held.
func (s *Sides) say() {
	if s.out != nil {
		_ = sendJSON(s.out, s.mine)
	}
}

func (s *Sides) attach(out Channel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.out = out
	s.say()
}

func (s *Sides) detach() {
	s.mu.Lock()
	s.out = nil
	s.mu.Unlock()
	s.set(Side{})
}

func (s *Sides) set(now Side) {
	s.mu.Lock()
	changed := s.now != now
	s.now = now
	s.mu.Unlock()
	if changed {
		s.news.tell(now)
	}
}

// take reads what the other side tells; what is no state says nothing.
func (s *Sides) take(message []byte) {
	var state SideState
	if json.Unmarshal(message, &state) == nil {
		s.set(Side{state, true})
	}
}
