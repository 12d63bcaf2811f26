package call

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// onLink begins to talk over a link: one goroutine reads, one writes.
func (s *Session) onLink(link Link) {
	s.link = link
	s.wait.Go(s.read)
	s.wait.Go(s.write)
	if s.incoming {
		return
	}
	s.outbox.put(Message{Type: Hello, Version: ProtocolVersion, Name: s.cfg.Me})
	s.outbox.put(Message{Type: Offer, Session: s.id, SDP: s.offer})
}

// read posts what the other side says until the link ends.
func (s *Session) read() {
	for {
		m, err := s.link.Receive(s.ctx)
		if err != nil {
			s.inbox.put(linkDown{err})
			return
		}
		s.inbox.put(m)
	}
}

// write sends what run puts into the outbox, and at the end what is left.
func (s *Session) write() {
	for {
		select {
		case <-s.outbox.signal:
			s.flush(s.ctx)
		case <-s.ctx.Done():
			last, cancel := context.WithTimeout(context.Background(), time.Second)
			defer cancel()
			s.flush(last)
			return
		}
	}
}

func (s *Session) flush(ctx context.Context) {
	for _, m := range s.outbox.take() {
		if err := s.link.Send(ctx, m); err != nil {
			s.cfg.Log.Debug("not sent", "type", m.Type, "err", err)
			s.inbox.put(linkDown{err})
			return
		}
	}
}

// onLinkDown ends a call that still needs signalling. One that is connected
// goes on: its media has a path of its own.
func (s *Session) onLinkDown(err error) {
	if s.linkLost {
		return
	}
	s.linkLost = true
	switch {
	case s.state == Idle:
		s.end(Broken, err)
	case s.state == Dialing:
		s.end(Unreachable, err)
	case errors.Is(err, ErrMessage):
		s.linkLost = false // it can still be told
		s.end(Broken, err)
	case s.state == Ringing && s.incoming:
		s.end(Cancelled, err)
	case s.state == Ringing, s.state == Connecting:
		s.end(Lost, err)
	case s.state == Reconnecting:
		s.timer.Reset(s.patience())
	}
}

// onMessage takes one message from the other side.
func (s *Session) onMessage(m Message) {
	if m.Type != Hello && m.Type != Offer && m.Session != s.id && m.Type != Bye {
		s.cfg.Log.Warn("message of another session", "type", m.Type)
		return
	}
	switch m.Type {
	case Hello:
		s.onHello(m)
	case Offer:
		s.onOffer(m)
	case OK:
		if m.For == Offer && !s.incoming && s.state == Dialing {
			s.step(inRinging)
		}
	case Answer:
		s.onAnswer(m)
	case Trickle:
		s.onCandidate(*m.Candidate)
	case Bye:
		s.onBye(m.Reason)
	case Restart:
		s.cfg.Log.Info("the other side asked for a new path; this version keeps the one it has")
	}
}

func (s *Session) onHello(m Message) {
	s.them = m.Name
	if m.Version != ProtocolVersion {
		s.end(Broken, fmt.Errorf("the other side speaks version %d of the protocol and this program %d; bring the older one up to date", m.Version, ProtocolVersion))
	}
}

// onOffer rings. The peer connection is made now, so that an accepted call
// connects at once, but nothing is answered before the person accepts.
func (s *Session) onOffer(m Message) {
	if !s.incoming || s.state != Idle {
		s.cfg.Log.Warn("offer refused in this state", "state", s.state)
		return
	}
	s.id = m.Session
	if !s.makePeer() {
		return
	}
	if err := s.peer.Take(m.SDP); err != nil {
		s.end(Broken, fmt.Errorf("the offer is not usable: %w", err))
		return
	}
	s.outbox.put(Message{Type: Hello, Version: ProtocolVersion, Name: s.cfg.Me})
	s.outbox.put(Message{Type: OK, Session: s.id, For: Offer})
	s.step(inOffer)
}

func (s *Session) onAnswer(m Message) {
	if _, ok := s.state.next(inAnswer); !ok || s.incoming {
		s.cfg.Log.Warn("answer refused in this state", "state", s.state)
		return
	}
	if err := s.peer.Accept(m.SDP); err != nil {
		s.end(Broken, fmt.Errorf("the answer is not usable: %w", err))
		return
	}
	s.outbox.put(Message{Type: OK, Session: s.id, For: Answer})
	s.step(inAnswer)
	for _, c := range s.early {
		s.addCandidate(c)
	}
	s.early = nil
	if to := s.link.Remote(); to.IsValid() {
		s.addCandidate(dialledCandidate(to))
	}
}

// maxEarly bounds what the other side can make this one keep.
const maxEarly = 64

func (s *Session) onCandidate(c Candidate) {
	switch {
	case s.peer == nil:
	case !s.incoming && s.state < Connecting:
		if len(s.early) < maxEarly {
			s.early = append(s.early, c)
		}
	default:
		s.addCandidate(c)
	}
}

// addCandidate tries one more address; a bad one costs only itself.
func (s *Session) addCandidate(c Candidate) {
	if err := s.peer.AddCandidate(c); err != nil {
		s.cfg.Log.Warn("candidate not usable", "err", err)
	}
}

func (s *Session) onBye(reason Reason) {
	s.linkLost = true // nobody listens any more
	switch {
	case s.incoming && s.state == Ringing:
		reason = Cancelled
	case s.state == Connected, s.state == Reconnecting:
		if reason != Lost {
			reason = HungUp
		}
	case reason != Declined && reason != Busy && reason != NoAnswer:
		reason = Broken
	}
	s.end(reason, nil)
}
