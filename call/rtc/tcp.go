package rtc

import (
	"strings"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/webrtc/v4"

	"parley/call"
)

// Media may go over TCP (RFC 6544) where UDP is blocked. It is worse for a
// call, since what is lost holds up all that follows; so its addresses are
// told only when UDP has had its time.
const tcpAfter = 1500 * time.Millisecond

// tcpBuffer bounds what a slow connection keeps waiting, in bytes; more is
// dropped, which the far side notices as loss.
const tcpBuffer = 128 << 10

// tcpMux takes connections of media, or is nil where none are taken.
func (f *Factory) tcpMux() ice.TCPMux {
	if f.cfg.TCP == nil {
		return nil
	}
	return ice.NewTCPMuxDefault(ice.TCPMuxParams{
		Listener: f.cfg.TCP, Logger: loggers{f.cfg.Log}.NewLogger("tcp"), ReadBufferSize: 64, WriteBufferSize: tcpBuffer,
	})
}

func networkTypes(udp bool) []webrtc.NetworkType {
	tcp := []webrtc.NetworkType{webrtc.NetworkTypeTCP4, webrtc.NetworkTypeTCP6}
	if !udp {
		return tcp
	}
	return append(tcp, webrtc.NetworkTypeUDP4, webrtc.NetworkTypeUDP6)
}

// withoutTCP takes the TCP addresses out of a description.
func withoutTCP(sdp string) string {
	var kept strings.Builder
	for line := range strings.Lines(sdp) {
		if !strings.HasPrefix(line, "a=candidate:") || !isTCP(line) {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

// isTCP reads the transport, the third field of a candidate (RFC 8839 section 5.1).
func isTCP(candidate string) bool {
	fields := strings.Fields(candidate)
	return len(fields) > 2 && strings.EqualFold(fields[2], "tcp")
}

// holdBack keeps a TCP address until its time.
func (p *Peer) holdBack(c call.Candidate) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.tcpTold {
		p.notify(call.PeerEvent{Kind: call.PeerCandidate, Candidate: c})
		return
	}
	p.held = append(p.held, c)
}

// offerTCP tells the TCP addresses unless there is a path by then.
func (p *Peer) offerTCP() {
	p.wait.Go(func() {
		select {
		case <-time.After(tcpAfter):
		case <-p.ctx.Done():
			return
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.state == webrtc.PeerConnectionStateConnected {
			return
		}
		p.tcpTold = true
		for _, c := range p.held {
			p.notify(call.PeerEvent{Kind: call.PeerCandidate, Candidate: c})
		}
		p.held = nil
	})
}
