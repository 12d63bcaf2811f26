package call

import (
	"cmp"
	"context"
	"errors"
	"time"
)

// A call outlives its path. When the other side falls silent, or the address
// that the path begins at is gone, either side dials anew, until it works, and
// the call goes on over that link:
//
//	Ann                                Bob
//	  resume{session}         ──>        takes the new link, lets go of the old
//	  <──  ok{session,for:resume}
//	  restart{session,sdp}    ──>        other addresses, the same keys
//	  <──  answer{session,sdp}
//
// A path that was only interrupted comes back by itself; it gets a moment for
// that, since a restart gives it up. Only who called makes restarts, so that
// two never cross; who was called asks for one by a restart without SDP.
type healing struct {
	stop    context.CancelFunc // of the dialling; nil: nobody dials
	refused bool               // nobody is there any more, says their machine
	due     bool               // the path is gone for sure
	offer   string             // the restart that waits for its answer
	grace   *time.Timer
	again   *time.Timer
}

const (
	// pathGrace is how long a path that was interrupted may take to come back
	// once the other side is heard again: its next check is due within half a
	// second.
	pathGrace = 800 * time.Millisecond
	// calleeWaits is how much later than the caller a callee dials: one link
	// is enough.
	calleeWaits = time.Second
	// healEvery is when it is tried anew.
	healEvery = 5 * time.Second
	// refusedPatience replaces Timing.Lost when nobody is there any more, and
	// goneAndRefused when the link was closed as well.
	refusedPatience = 3 * time.Second
	goneAndRefused  = time.Second
)

// What is posted to the inbox about links for a call that goes on.
type (
	linkAgain struct{ link Link } // dialled anew
	linkBack  struct {            // the other side did
		link  Link
		taken chan bool // told whether it is the session's now
	}
)

// patience is how long a silent call is waited for, by what is known of the
// other side's program.
func (s *Session) patience() time.Duration {
	switch {
	case s.gone && (s.heal.refused || !s.canDial()):
		return goneAndRefused
	case s.heal.refused:
		return refusedPatience
	case s.gone:
		return s.cfg.Timing.Gone
	}
	return s.cfg.Timing.Lost
}

func (s *Session) canDial() bool {
	once := !s.incoming && s.cfg.Manner.Once && s.again == ""
	return s.cfg.Dial != nil && s.dialled() != "" && !once
}

// dialled is where the other side can be dialled.
func (s *Session) dialled() string {
	if s.incoming {
		return s.back
	}
	return cmp.Or(s.again, s.cfg.Address)
}

// backTo is where a caller can be dialled that takes calls on a port.
func (s *Session) backTo(port int) string {
	if port == 0 || s.line == nil {
		return ""
	}
	return s.line.link.Back(port)
}

// startHealing begins as soon as a call is silent.
func (s *Session) startHealing() {
	s.heal.refused = false
	wait := time.Duration(0)
	if s.incoming && !s.heal.due {
		wait = calleeWaits
	}
	s.redial(wait)
	s.heal.again = s.later(s.heal.again, healEvery, healAgain)
}

// later posts a command to this session after a time, in place of an earlier one.
func (s *Session) later(before *time.Timer, d time.Duration, c command) *time.Timer {
	if before != nil {
		before.Stop()
	}
	return time.AfterFunc(d, func() { s.inbox.put(c) })
}

// redial dials until it works, unless somebody does already.
func (s *Session) redial(wait time.Duration) {
	if s.heal.stop != nil || !s.canDial() {
		return
	}
	var ctx context.Context
	ctx, s.heal.stop = context.WithCancel(s.ctx)
	address := s.dialled()
	s.wait.Go(func() {
		link, err := race(ctx, wait, s.cfg.Manner, func(ctx context.Context) (Link, error) { return s.cfg.Dial(ctx, address) }, func(err error) bool {
			if errors.Is(err, ErrNobody) {
				s.inbox.put(refused)
			}
			return false
		})
		if err == nil {
			s.inbox.put(linkAgain{link})
		}
	})
}

func (s *Session) stopDialling() {
	if s.heal.stop != nil {
		s.heal.stop()
		s.heal.stop = nil
	}
}

// stopHealing is for good.
func (s *Session) stopHealing() {
	s.stopDialling()
	for _, t := range []*time.Timer{s.heal.grace, s.heal.again} {
		if t != nil {
			t.Stop()
		}
	}
}

// recovered is told when the path works again. A link is not needed for that:
// the end of a call is told over the path as well.
func (s *Session) recovered() {
	s.heal.due, s.heal.refused = false, false
	s.stopDialling()
}

// onMoved is told when this side's address is gone.
func (s *Session) onMoved() {
	switch s.state {
	case Connected:
		s.heal.due = true
		s.step(inPeerDown)
	case Reconnecting:
		s.heal.due = true
		s.stopDialling() // what is under way began at an address that is gone
		s.redial(0)
	}
}

// onHealing takes the commands that a session gives itself.
func (s *Session) onHealing(c command) {
	if s.state != Reconnecting {
		return
	}
	switch {
	case c == refused && !s.heal.refused:
		s.heal.refused = true
		s.timer.Reset(s.patience())
	case c == graceOver && s.heal.offer == "":
		s.renew()
	case c == healAgain:
		s.startHealing()
	}
}

// onLinkAgain asks over a link that was dialled anew whether the other side
// still knows the call.
func (s *Session) onLinkAgain(link Link) {
	s.stopDialling()
	s.takeLine(link)
	s.say(Message{Type: Resume, Session: s.id})
}

// onLinkBack takes a link over which the other side goes on with the call.
func (s *Session) onLinkBack(b linkBack) {
	mine := s.state == Connected || s.state == Reconnecting
	b.taken <- mine
	if !mine {
		return
	}
	s.stopDialling()
	s.takeLine(b.link)
	s.say(Message{Type: OK, Session: s.id, For: Resume})
	s.lineBack()
}

// lineBack sees to the path once both sides hear each other.
func (s *Session) lineBack() {
	if s.state == Reconnecting {
		s.heal.refused = false
		s.timer.Reset(s.patience())
	}
	switch {
	case s.heal.offer != "":
		s.say(Message{Type: Restart, Session: s.id, SDP: s.heal.offer})
	case s.heal.due:
		s.renew()
	case s.state == Reconnecting:
		s.heal.grace = s.later(s.heal.grace, pathGrace, graceOver)
	}
}

// renew makes a new path, or asks for one.
func (s *Session) renew() {
	if s.incoming {
		s.say(Message{Type: Restart, Session: s.id})
		return
	}
	offer, err := s.peer.Restart(s.ctx)
	if err != nil {
		s.cfg.Log.Warn("no new path could be offered", "err", err)
		return // it is tried again
	}
	s.heal.offer, s.heal.due = offer, false
	s.say(Message{Type: Restart, Session: s.id, SDP: offer})
}

// onRestart answers a new path, or makes one that was asked for.
func (s *Session) onRestart(m Message) {
	switch {
	case s.state != Connected && s.state != Reconnecting, s.incoming == (m.SDP == ""):
		s.cfg.Log.Debug("restart refused in this state", "state", s.state)
	case s.incoming:
		s.takeRestart(m.SDP)
	case s.heal.offer == "":
		s.renew()
	}
}

// takeRestart answers. One that is not usable leaves the path as it is.
func (s *Session) takeRestart(offer string) {
	if err := s.verify.again(offer); err != nil {
		s.end(Broken, err)
		return
	}
	if err := s.peer.Take(offer); err != nil {
		s.cfg.Log.Warn("the new path is not usable", "err", err)
		return
	}
	answer, err := s.peer.Answer(s.ctx)
	if err != nil {
		s.cfg.Log.Warn("the new path was not answered", "err", err)
		return
	}
	s.heal.due, s.tried = false, 0
	if s.heal.grace != nil {
		s.heal.grace.Stop()
	}
	s.say(Message{Type: Answer, Session: s.id, SDP: answer})
}

// onRenewed takes the answer to a restart.
func (s *Session) onRenewed(m Message) {
	s.heal.offer, s.tried = "", 0
	if err := s.verify.again(m.SDP); err != nil {
		s.end(Broken, err)
		return
	}
	if err := s.peer.Accept(m.SDP); err != nil {
		s.cfg.Log.Warn("the answer to the new path is not usable", "err", err)
		return // it is tried again
	}
	s.addDialled()
}
