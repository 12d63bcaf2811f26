package rtc

import (
	"errors"
	"sync/atomic"
	"time"

	"github.com/pion/interceptor"
	"github.com/pion/interceptor/pkg/nack"
	"github.com/pion/interceptor/pkg/twcc"
	"github.com/pion/logging"
	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"parley/call/rtc/pacing"
)

// interceptors is what packets pass between the tracks and the network, the
// first nearest to the network. Of pion's defaults it leaves out the NACK
// generator, which asks again for what was repaired long ago
// (pion/webrtc#3063); see repair.
//
// The pacer stands below the responder, so that retransmissions pass it: with
// pion's own congestion control in that place they vanish.
func interceptors(engine *webrtc.MediaEngine, out outlet, log logging.LoggerFactory) (*interceptor.Registry, error) {
	responder, err := nack.NewResponderInterceptor()
	if err != nil {
		return nil, err
	}
	registry := &interceptor.Registry{}
	registry.Add(resentCounter{&out.counters.resent})
	registry.Add(pacing.Factory{Pacer: out.pacer})
	registry.Add(responder)
	registry.Add(reportMend{tracks: []*trackOut{out.audio, out.video}})
	return registry, errors.Join(
		webrtc.ConfigureRTCPReports(registry),
		out.arrivals.add(registry),
		webrtc.ConfigureTWCCSenderWithOptions(engine, registry, twcc.SendInterval(feedbackInterval), twcc.WithLoggerFactory(log)),
	)
}

// feedbackInterval is how often this side tells what arrived: often enough to
// see a path collapse, and about 10 kbit/s.
const feedbackInterval = 50 * time.Millisecond

// resentCounter counts the retransmissions (RFC 4588) that really go out.
type resentCounter struct{ n *atomic.Uint64 }

// NewInterceptor satisfies interceptor.Factory.
func (r resentCounter) NewInterceptor(string) (interceptor.Interceptor, error) {
	return &resentWatch{n: r.n}, nil
}

type resentWatch struct {
	interceptor.NoOp
	n *atomic.Uint64
}

// BindLocalStream satisfies interceptor.Interceptor.
func (r *resentWatch) BindLocalStream(info *interceptor.StreamInfo, next interceptor.RTPWriter) interceptor.RTPWriter {
	return interceptor.RTPWriterFunc(func(header *rtp.Header, payload []byte, a interceptor.Attributes) (int, error) {
		if header.SSRC != info.SSRC && len(payload) > 0 { // not a probe's padding
			r.n.Add(1)
		}
		return next.Write(header, payload, a)
	})
}
