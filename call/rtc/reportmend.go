package rtc

import (
	"time"

	"github.com/pion/interceptor"
	"github.com/pion/rtcp"

	"parley/call"
)

// reportMend makes sender reports tell when things happened. pion's say that
// the last packet's RTP time was that of its sending; but then a picture is
// some milliseconds old and a packet of sound began its own length ago, and
// the other side would take the one for later than the other.
type reportMend struct {
	interceptor.NoOp
	tracks []*trackOut
}

// NewInterceptor satisfies interceptor.Factory.
func (m reportMend) NewInterceptor(string) (interceptor.Interceptor, error) {
	return &reportMend{tracks: m.tracks}, nil
}

// BindRTCPWriter satisfies interceptor.Interceptor.
func (m *reportMend) BindRTCPWriter(next interceptor.RTCPWriter) interceptor.RTCPWriter {
	return interceptor.RTCPWriterFunc(func(packets []rtcp.Packet, a interceptor.Attributes) (int, error) {
		for _, p := range packets {
			if report, ok := p.(*rtcp.SenderReport); ok {
				m.mend(report)
			}
		}
		return next.Write(packets, a)
	})
}

func (m *reportMend) mend(report *rtcp.SenderReport) {
	for _, t := range m.tracks {
		if ssrc, age := t.sent(); ssrc == report.SSRC {
			report.RTPTime += age
		}
	}
}

// soundAge is how long before its sending a packet of sound began.
const soundAge = call.PacketBlocks * call.BlockSamples

// mostPictureAge bounds what a picture's capture time says of its age.
const mostPictureAge = 500 * time.Millisecond

// pictureAge is how old a picture is, in its RTP clock.
func pictureAge(at, now time.Time) uint32 {
	age := min(max(now.Sub(at), 0), mostPictureAge)
	return uint32(age.Microseconds() * (videoClock / 1000) / 1000)
}

// sent tells whose the track's packets are, and how old the last was when sent.
func (t *trackOut) sent() (ssrc, age uint32) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.packet.SSRC, t.age
}
