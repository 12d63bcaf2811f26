package rtc

import (
	"github.com/pion/interceptor"
	"github.com/pion/interceptor/pkg/stats"
	"github.com/pion/webrtc/v4"
)

// arrivals is pion's count of the packets that came. It is asked here and not
// through PeerConnection.GetStats, which reads without a lock what pion clears
// when the other side's end closes the connection.
type arrivals struct{ counts stats.Getter }

// add has packets counted on their way through a registry.
func (a *arrivals) add(registry *interceptor.Registry) error {
	factory, err := stats.NewInterceptor()
	if err != nil {
		return err
	}
	factory.OnNewPeerConnection(func(_ string, counts stats.Getter) { a.counts = counts })
	registry.Add(factory)
	return nil
}

// of is what came for the receivers of the peer connection.
func (a *arrivals) of(receivers []*webrtc.RTPReceiver) (packets, bytes uint64) {
	for _, r := range receivers {
		for _, track := range r.Tracks() {
			if s := a.counts.Get(uint32(track.SSRC())); s != nil {
				packets += s.InboundRTPStreamStats.PacketsReceived
				bytes += s.InboundRTPStreamStats.BytesReceived
			}
		}
	}
	return packets, bytes
}
