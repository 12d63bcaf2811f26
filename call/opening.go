package call

import (
	"context"
	"time"
)

// On a path that loses packets a link may stall for many seconds at its
// beginning, just when a person waits. A caller that hears nothing opens
// another one beside it, and both sides say everything over each: whatever
// comes first counts, and what comes twice is ignored.
//
//	Ann                                  Bob
//	  hello{session}, offer    ~~X
//	  hello{session}, offer    ──>         joins the call, or begins it
//	                           <──  hello, ok, answer   over every link
const (
	openingPatience = 400 * time.Millisecond // before the first, doubled for each further one
	mostBeside      = 4
	mostSaid        = 100 // messages that a further link is told
)

// linkBeside is a further link for a call that is being set up: dialled, or
// from the other side, which then is told whether it is taken.
type linkBeside struct {
	link  Link
	taken chan bool // nil: dialled
}

// openBeside dials once more while nobody has answered.
func (s *Session) openBeside() {
	if s.state != Dialing || s.line == nil || s.cfg.Dial == nil || s.cfg.Manner.Once || s.opened >= mostBeside {
		return
	}
	s.opened++
	s.heal.again = s.later(s.heal.again, openingPatience<<s.opened, stillDialing)
	s.wait.Go(func() {
		link, err := race(s.ctx, 0, s.cfg.Manner, func(ctx context.Context) (Link, error) { return s.cfg.Dial(ctx, s.cfg.Address) }, answers)
		if err == nil {
			s.inbox.put(linkBeside{link, nil})
		}
	})
}

// onLinkBeside takes a further link and says over it what was said so far.
func (s *Session) onLinkBeside(b linkBeside) {
	wanted := s.line != nil && len(s.beside) < mostBeside && s.state < Connected
	if b.taken != nil {
		b.taken <- wanted
	}
	if !wanted {
		if b.taken == nil {
			closeLink(b.link, s.cfg.Log)
		}
		return
	}
	l := startLine(s.ctx, b.link, s.inbox, s.cfg.Log)
	if s.linkLost {
		s.wait.Go(s.line.end)
		s.line, s.linkLost = l, false
	} else {
		s.beside = append(s.beside, l)
	}
	for _, m := range s.said {
		l.outbox.put(m)
	}
}

// mendPatience is how long a called side waits for the caller to be back.
const mendPatience = 8 * time.Second

// closedPatience is how long a called side waits for another link of a caller
// who closed one without a word. Whoever hangs up says so; but of several links
// that are dialled at once the one that has said hello may be one too many.
const closedPatience = time.Second

// mend keeps a call that is being set up when its last link is lost, though
// nobody closed it: who called dials again, and both say once more what they
// said. A rendezvous that restarts is hardly noticed so.
func (s *Session) mend() bool {
	settingUp := s.state == Dialing || s.state == Ringing || s.state == Connecting
	switch {
	case !settingUp, s.line == nil: // there was none
		return false
	case s.incoming:
		s.heal.again = s.later(s.heal.again, mendPatience, notMended)
		return true
	case s.cfg.Dial == nil, s.cfg.Manner.Once:
		return false
	}
	s.wait.Go(func() {
		dial := func(ctx context.Context) (Link, error) { return s.cfg.Dial(ctx, s.cfg.Address) }
		link, err := race(s.ctx, 0, s.cfg.Manner, dial, func(error) bool { return false })
		if err == nil {
			s.inbox.put(linkBeside{link, nil})
		}
	})
	return true
}

// unmended gives up a call whose caller did not come back.
func (s *Session) unmended() {
	switch {
	case !s.linkLost:
	case s.state == Ringing:
		s.end(Cancelled, nil)
	case s.state == Connecting:
		s.end(Lost, nil)
	}
}

// dropBeside lets go of a link beside, and says whether it was one.
func (s *Session) dropBeside(l *line) bool {
	for i, one := range s.beside {
		if one == l {
			s.beside = append(s.beside[:i:i], s.beside[i+1:]...)
			s.wait.Go(l.end)
			return true
		}
	}
	return false
}

// promote puts a link beside in the place of the one that is lost.
func (s *Session) promote() bool {
	n := len(s.beside)
	if n == 0 {
		return false
	}
	s.wait.Go(s.line.end)
	s.line = s.beside[n-1]
	s.beside = s.beside[:n-1]
	return true
}
