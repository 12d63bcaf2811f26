package rtc

import (
	"fmt"
	"time"

	"github.com/pion/webrtc/v4"
)

// pion's agent looks at its checks every 200 ms and chooses a path only then:
// on a short way a call waits longer for that than for all else together. It
// looks at once when it hears of another address of the other side. So it hears
// of some that lead nowhere, on this machine's own loopback, after such times.
var nudges = [...]time.Duration{
	10 * time.Millisecond, 10 * time.Millisecond, 20 * time.Millisecond, 40 * time.Millisecond, 60 * time.Millisecond,
}

// mostChecks replaces pion's bound of 7 checks of one pair of addresses: they
// would be over in half a second, which a burst of loss may last.
const mostChecks = 60

// nudge has pion look at its checks early, until there is a path.
func (p *Peer) nudge() {
	p.wait.Go(func() {
		for i, after := range nudges {
			select {
			case <-time.After(after):
			case <-p.ctx.Done():
				return
			}
			p.mu.Lock()
			connected := p.state == webrtc.PeerConnectionStateConnected
			p.mu.Unlock()
			if connected {
				return
			}
			nowhere := webrtc.ICECandidateInit{Candidate: fmt.Sprintf("candidate:nudge 1 udp 1 127.0.0.1 %d typ host", i+1)}
			if err := p.pc.AddICECandidate(nowhere); err != nil {
				p.log.Debug("the path is chosen in its own time", "err", err)
				return
			}
		}
	})
}
