package call

import (
	"context"
	"errors"
	"fmt"
)

// onLink begins to talk over a link: one goroutine reads, one writes.
func (s *Session) onLink(link Link) {
	s.link = link
	s.wait.Go(s.read)
	s.writer.Go(s.write)
	if s.incoming {
		return
	}
	s.outbox.put(Message{Type: Hello, Version: ProtocolVersion, Name: s.cfg.Me})
	s.outbox.put(Message{Type: Offer, Session: s.id, SDP: s.offer})
	s.sendFound()
}

// maxMessages bounds what the other side may say in one call. A call needs
// about ten and a message for each candidate.
const maxMessages = 1000

// read posts what the other side says until the link ends.
func (s *Session) read() {
	for range maxMessages {
		m, err := s.link.Receive(s.ctx)
		if err != nil {
			s.inbox.put(linkDown{err})
			return
		}
		s.inbox.put(m)
	}
	s.inbox.put(linkDown{fmt.Errorf("%w: more than %d messages in one call", ErrMessage, maxMessages)})
}

// write sends what run puts into the outbox, and at the end what is left.
func (s *Session) write() {
	for {
		select {
		case <-s.outbox.signal:
			s.flush(s.ctx)
		case <-s.last:
			s.flush(s.ctx)
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
	case errors.Is(err, ErrMessage):
		s.linkLost = false // it can still be told
		s.end(Broken, err)
	case s.state == Idle:
		s.end(Broken, err)
	case s.state == Dialing:
		s.end(Unreachable, err)
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
	if !s.concerns(m) {
		s.cfg.Log.Debug("message of another session", "type", m.Type)
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
		s.onBye(m)
	case Restart:
		s.cfg.Log.Info("the other side asked for a new path; this version keeps the one it has")
	}
}

// concerns says whether a message belongs to this call. A caller's bye may come
// before the offer is known here, and a callee's before it knew the session.
func (s *Session) concerns(m Message) bool {
	switch m.Type {
	case Hello, Offer:
		return true
	case Bye:
		unknown := s.id == "" || m.Session == noSession && s.state == Dialing
		return unknown || m.Session == s.id
	}
	return m.Session == s.id
}

// onHello takes the other side's name, once: it cannot change in the call.
func (s *Session) onHello(m Message) {
	if s.greeted {
		return
	}
	s.greeted = true
	s.them = m.Name
	if m.Version != ProtocolVersion {
		if s.incoming { // so that the caller can tell its person why
			s.outbox.put(Message{Type: Hello, Version: ProtocolVersion, Name: s.cfg.Me})
		}
		s.end(Broken, fmt.Errorf("the other side speaks version %d of the protocol and this program %d; bring the older one up to date", m.Version, ProtocolVersion))
	}
}

// onOffer asks whether the call may ring.
func (s *Session) onOffer(m Message) {
	if !s.incoming || s.state != Idle || s.held {
		s.cfg.Log.Debug("offer refused in this state", "state", s.state)
		return
	}
	s.id, s.offer = m.Session, m.SDP
	admitted := toRing
	if s.cfg.admit != nil {
		admitted, s.glare = s.cfg.admit(s.id)
	}
	switch admitted {
	case toHold:
		s.held = true
		s.timer.Reset(glarePatience)
	case toRefuse:
		s.end(Busy, nil)
	case toAgree:
		s.pickUp()
	default:
		s.ring()
	}
}

// ring tells the caller that it rings. The peer connection is made now, so
// that an accepted call connects at once, but nothing is answered before the
// person accepts.
func (s *Session) ring() {
	if !s.makePeer() {
		return
	}
	if err := s.peer.Take(s.offer); err != nil {
		s.end(Broken, fmt.Errorf("the offer is not usable: %w", err))
		return
	}
	s.outbox.put(Message{Type: Hello, Version: ProtocolVersion, Name: s.cfg.Me})
	s.outbox.put(Message{Type: OK, Session: s.id, For: Offer})
	s.addEarly()
	s.step(inOffer)
}

func (s *Session) onAnswer(m Message) {
	if _, ok := s.state.next(inAnswer); !ok || s.incoming {
		s.cfg.Log.Debug("answer refused in this state", "state", s.state)
		return
	}
	if err := s.peer.Accept(m.SDP); err != nil {
		s.end(Broken, fmt.Errorf("the answer is not usable: %w", err))
		return
	}
	s.outbox.put(Message{Type: OK, Session: s.id, For: Answer})
	s.step(inAnswer)
	s.addEarly()
	if to := s.link.Remote(); to.IsValid() {
		s.addCandidate(dialledCandidate(to))
	}
}

// onBye ends the call for the reason that the other side gives, as far as
// that can be true where this side stands.
func (s *Session) onBye(m Message) {
	s.linkLost = true // nobody listens any more
	s.glare = m.Glare
	s.end(s.byeReason(m.Reason), nil)
}

func (s *Session) byeReason(r Reason) Reason {
	switch s.state {
	case Ringing, Dialing:
		if s.incoming {
			return Cancelled
		}
		if r == Declined || r == Busy || r == NoAnswer {
			return r
		}
	case Connecting:
		if r == HungUp || r == Cancelled || r == NoPath {
			return r
		}
	case Connected, Reconnecting:
		if r == Lost {
			return r
		}
		return HungUp
	}
	return Broken
}
