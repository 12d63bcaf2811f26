package call

import (
	"fmt"
	"time"
)

// prepareOffer makes the peer connection and the offer, while the link is still
// being dialled where nothing is to be learned from it.
func (s *Session) prepareOffer() {
	if !s.makePeer() {
		return
	}
	describe := s.peer.Offer
	if s.cfg.Manner.Draft {
		describe = s.peer.Draft
	}
	offer, err := describe(s.ctx)
	if err != nil {
		s.end(Broken, fmt.Errorf("making the offer: %w", err))
		return
	}
	s.offer = offer
	if err := s.verify.offers(offer); err != nil {
		s.end(Broken, fmt.Errorf("making the offer: %w", err))
		return
	}
	s.first.is(s.hello(), Message{Type: Offer, Session: s.id, SDP: s.offer, Commit: s.verify.commit})
}

func (s *Session) makePeer() bool {
	var servers []Server
	if s.line != nil {
		servers = s.line.link.Servers()
	}
	peer, err := s.cfg.NewPeer(s.cfg.Media, servers, func(e PeerEvent) { s.inbox.put(e) })
	if err != nil {
		s.end(Broken, fmt.Errorf("making the peer connection: %w", err))
		return false
	}
	s.peer = peer
	return true
}

func (s *Session) onPeer(e PeerEvent) {
	switch e.Kind {
	case PeerCandidate:
		s.sendCandidate(e.Candidate)
	case PeerConnected:
		if s.state == Connecting || s.state == Reconnecting {
			s.step(inPeerUp)
			s.recovered()
		}
	case PeerDisconnected:
		if s.state == Connected {
			s.step(inPeerDown)
		}
	case PeerMoved:
		s.onMoved()
	case PeerFailed:
		s.onPeerFailed()
	}
}

// lastWord is how long a closed peer connection waits for the bye that
// explains it.
const lastWord = time.Second

// onPeerFailed waits a moment for the bye that explains it: the other side
// sends that first, but on another connection.
func (s *Session) onPeerFailed() {
	switch s.state {
	case Connected:
		if s.linkLost { // it cannot come
			s.end(HungUp, nil)
			return
		}
		s.step(inPeerDown)
		s.timer.Reset(lastWord)
	case Reconnecting:
		s.timer.Reset(lastWord)
	case Connecting:
		s.end(NoPath, nil)
	}
}
