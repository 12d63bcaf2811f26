package call

import (
	"fmt"
	"net/netip"
)

// maxCandidates bounds what the other side can make this one keep and try.
const maxCandidates = 64

// sendCandidate passes an address of this side on. One that is found before
// the link is up waits: the offer goes first.
func (s *Session) sendCandidate(c Candidate) {
	if s.line == nil {
		s.found = append(s.found, c)
		return
	}
	s.say(Message{Type: Trickle, Session: s.id, Candidate: &c})
}

// sendFound sends the candidates that waited for the link.
func (s *Session) sendFound() {
	for _, c := range s.found {
		s.sendCandidate(c)
	}
	s.found = nil
}

// onCandidate takes an address of the other side. A caller cannot use it
// before the answer, nor a callee before the offer is looked at.
func (s *Session) onCandidate(c Candidate) {
	switch early := s.held || !s.incoming && s.state < Connecting; {
	case early && len(s.early) < maxCandidates:
		s.early = append(s.early, c)
	case !early && s.peer != nil:
		s.addCandidate(c)
	}
}

// addEarly tries the candidates that came too soon.
func (s *Session) addEarly() {
	for _, c := range s.early {
		s.addCandidate(c)
	}
	s.early = nil
}

// addCandidate tries one more address; a bad one costs only itself.
func (s *Session) addCandidate(c Candidate) {
	if s.tried++; s.tried > maxCandidates {
		return
	}
	if err := s.peer.AddCandidate(c); err != nil {
		s.cfg.Log.Debug("candidate not usable", "err", err)
	}
}

// dialledCandidate is the address that was dialled, as a candidate for media:
// it lets one forwarded port be enough where the other side is behind a NAT
// and knows only its private addresses.
func dialledCandidate(to netip.AddrPort) Candidate {
	line := uint16(0)
	mid := "0"
	// Foundation and priority (RFC 8839 section 5.1) as of a host candidate.
	text := fmt.Sprintf("candidate:dialled 1 udp 2113937151 %s %d typ host", to.Addr().Unmap().WithZone(""), to.Port())
	return Candidate{Candidate: text, SDPMid: &mid, SDPMLineIndex: &line}
}
