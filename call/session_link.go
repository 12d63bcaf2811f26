package call

import (
	"errors"
	"fmt"
)

// onLink begins to talk over the first link.
func (s *Session) onLink(link Link) {
	s.takeLine(link)
	if s.incoming {
		return
	}
	s.timer.Reset(s.cfg.Timing.Dial) // a bad path takes its time again
	if s.cfg.Manner.Late {
		s.again = link.Back(0)
	}
	s.heal.again = s.later(s.heal.again, openingPatience, stillDialing)
	s.sayFirst(saidFirst(link))
	if s.state == Ended {
		return
	}
	s.sendFound()
	if !s.cfg.Manner.Draft {
		return
	}
	if err := s.peer.Gather(link.Servers()); err != nil {
		s.end(Broken, fmt.Errorf("looking for this machine's addresses: %w", err))
	}
}

// sayFirst says hello and offer, unless the request for the link did. The offer
// may have to be made, and hello travels meanwhile.
func (s *Session) sayFirst(said bool) {
	switch {
	case said:
		s.said = append(s.said, s.first.all...)
	case s.offer == "":
		s.sayHello()
		if s.prepareOffer(); s.state != Ended {
			s.say(s.first.all[1])
		}
	default:
		for _, m := range s.first.all {
			s.say(m)
		}
	}
}

// takeLine talks over a link from now on, in place of the one before.
func (s *Session) takeLine(link Link) {
	if before := s.line; before != nil {
		s.wait.Go(before.end)
	}
	for _, l := range s.beside {
		s.wait.Go(l.end)
	}
	s.beside = nil
	s.line, s.linkLost, s.gone = startLine(s.ctx, link, s.inbox, s.cfg.Log), false, false
}

// say sends a message as soon as the link takes it, and over those beside it.
func (s *Session) say(m Message) {
	if s.state < Connected && len(s.said) < mostSaid {
		s.said = append(s.said, m)
	}
	s.line.outbox.put(m)
	for _, l := range s.beside {
		l.outbox.put(m)
	}
}

func (s *Session) sayHello() { s.say(s.hello()) }

func (s *Session) hello() Message {
	return Message{Type: Hello, Session: s.id, Version: ProtocolVersion, Name: s.cfg.Me, Port: s.cfg.Port}
}

// onLinkDown ends a call that still needs signalling. One that is connected
// goes on: its media has a path of its own.
func (s *Session) onLinkDown(down linkDown) {
	if s.dropBeside(down.line) || down.line != s.line || s.linkLost {
		return
	}
	err := down.err
	if !errors.Is(err, ErrMessage) && s.promote() {
		return
	}
	s.linkLost, s.gone = true, errors.Is(err, ErrLinkClosed)
	switch {
	case errors.Is(err, ErrMessage):
		s.linkLost = s.line == nil // it can still be told
		s.end(Broken, err)
	case !s.gone && s.mend():
	case s.state == Idle:
		s.end(Broken, err)
	case s.state == Dialing:
		s.end(Unreachable, err)
	case (s.state == Ringing || s.state == Connecting) && s.incoming:
		s.heal.again = s.later(s.heal.again, closedPatience, notMended)
	case s.state == Ringing, s.state == Connecting:
		s.end(Lost, err)
	case s.state == Reconnecting:
		s.timer.Reset(s.patience())
		s.redial(redialEvery)
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
		s.onOK(m)
	case Answer:
		s.onAnswer(m)
	case Trickle:
		s.onCandidate(*m.Candidate)
	case Bye:
		s.onBye(m)
	case Restart:
		s.onRestart(m)
	}
}

func (s *Session) onOK(m Message) {
	switch {
	case m.For == Offer && !s.incoming && s.state == Dialing:
		s.step(inRinging)
	case m.For == Resume:
		s.lineBack()
	case m.For == Answer && s.incoming && s.state >= Connecting:
		s.onReveal(m.Nonce)
	}
}

// onReveal makes the words of the side that was called.
func (s *Session) onReveal(nonce string) {
	fresh, err := s.verify.revealed(nonce)
	if err != nil {
		s.end(Broken, err)
		return
	}
	if fresh {
		s.notify()
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
	s.back = s.backTo(m.Port)
	if m.Version != ProtocolVersion {
		if s.incoming { // so that the caller can tell its person why
			s.sayHello()
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
	s.setID(m.Session)
	s.offer = m.SDP
	if err := s.verify.offered(m); err != nil {
		s.end(Broken, fmt.Errorf("the offer is not usable: %w", err))
		return
	}
	s.meet()
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
	case toDrop:
		s.linkLost = true // nothing is to be said over it
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
	s.sayHello()
	s.say(Message{Type: OK, Session: s.id, For: Offer})
	s.addEarly()
	s.step(inOffer)
}

func (s *Session) onAnswer(m Message) {
	if s.heal.offer != "" {
		s.onRenewed(m)
		return
	}
	if _, ok := s.state.next(inAnswer); !ok || s.incoming || s.asking != nil {
		s.cfg.Log.Debug("answer refused in this state", "state", s.state)
		return
	}
	s.takeAnswer(m)
}

// takeAnswer goes on with who answered, unless the person is asked first.
func (s *Session) takeAnswer(m Message) {
	reveal, err := s.verify.answered(m)
	if err == nil {
		s.meet()
		if s.askAbout(m) {
			return
		}
		err = s.peer.Accept(m.SDP)
	}
	if err != nil {
		s.end(Broken, fmt.Errorf("the answer is not usable: %w", err))
		return
	}
	s.say(Message{Type: OK, Session: s.id, For: Answer, Nonce: reveal})
	s.step(inAnswer)
	s.addEarly()
	s.addDialled()
}

// addDialled tries the address that was dialled for media too.
func (s *Session) addDialled() {
	if to := s.line.link.Remote(); to.IsValid() {
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
		answered := s.asking != nil
		if r == Declined || r == Busy || r == NoAnswer || answered && r == HungUp {
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
