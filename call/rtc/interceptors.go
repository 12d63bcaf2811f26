package rtc

import (
	"errors"
	"sync/atomic"

	"github.com/pion/interceptor"
	"github.com/pion/interceptor/pkg/nack"
	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"
)

// interceptors is what packets pass between the tracks and the network, the
// first nearest to the network. Of pion's defaults it leaves out the NACK
// generator, which asks again for what was repaired long ago
// (pion/webrtc#3063); see repair.
func interceptors(engine *webrtc.MediaEngine, c *counters) (*interceptor.Registry, error) {
	responder, err := nack.NewResponderInterceptor()
	if err != nil {
		return nil, err
	}
	registry := &interceptor.Registry{}
	registry.Add(resentCounter{&c.resent})
	registry.Add(responder)
	return registry, errors.Join(
		webrtc.ConfigureRTCPReports(registry),
		webrtc.ConfigureStatsInterceptor(registry),
		webrtc.ConfigureTWCCSender(engine, registry),
	)
}

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
		if header.SSRC != info.SSRC {
			r.n.Add(1)
		}
		return next.Write(header, payload, a)
	})
}
