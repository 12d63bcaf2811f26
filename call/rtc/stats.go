package rtc

import (
	"fmt"
	"time"

	"github.com/pion/webrtc/v4"

	"parley/call"
)

// stats asks the transport and the tracks for their counters.
func (p *Peer) stats() call.TransportStats {
	s := call.TransportStats{
		Redundant:     p.audio.red.bytes.Load(),
		Retransmitted: p.counters.resent.Load(),
	}
	for i, t := range p.tracks {
		s.PacketsSent += t.packets.Load()
		s.BytesSent += t.bytes.Load()
		s.RemoteLost += p.counters.remoteLost[i].Load()
	}
	if pair, ok := p.pc.SCTP().Transport().ICETransport().GetSelectedCandidatePairStats(); ok {
		s.RoundTrip = time.Duration(pair.CurrentRoundTripTime * float64(time.Second))
	}
	s.PacketsReceived, s.BytesReceived = p.arrivals.of(p.pc.GetReceivers())
	s.Repaired = p.counters.repaired.Load()
	s.Lost = p.counters.lost.Load()
	s.Local, s.Remote = p.path()
	return s
}

// selected is the path that ICE has chosen; nil: none yet, or none any more.
func (p *Peer) selected() (*webrtc.ICECandidatePair, error) {
	return p.pc.SCTP().Transport().ICETransport().GetSelectedCandidatePair()
}

// path describes the chosen candidates for a person.
func (p *Peer) path() (local, remote string) {
	pair, err := p.selected()
	if err != nil || pair == nil {
		return "", ""
	}
	say := func(c *webrtc.ICECandidate) string {
		return fmt.Sprintf("%s %s:%d (%s)", c.Protocol, c.Address, c.Port, c.Typ)
	}
	return say(pair.Local), say(pair.Remote)
}
