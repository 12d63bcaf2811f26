package pacing

import (
	"encoding/binary"
	"time"

	"github.com/pion/interceptor"
)

// BindRTCPReader satisfies interceptor.Interceptor: it shows feedback to the
// Controller before anybody else.
func (p *Pacer) BindRTCPReader(reader interceptor.RTCPReader) interceptor.RTCPReader {
	return interceptor.RTCPReaderFunc(func(b []byte, a interceptor.Attributes) (int, interceptor.Attributes, error) {
		n, attributes, err := reader.Read(b, a)
		if err == nil {
			p.hear(b[:n])
		}
		return n, attributes, err
	})
}

// hear walks a compound packet (RFC 3550 section 6.1) without parsing more
// than lengths.
func (p *Pacer) hear(compound []byte) {
	p.rtcp.Lock()
	defer p.rtcp.Unlock()
	heard := false
	for len(compound) >= 4 {
		size := 4 * (int(binary.BigEndian.Uint16(compound[2:])) + 1)
		if size > len(compound) {
			return
		}
		if compound[1] == 205 && compound[0]&0x1f == 15 {
			p.cfg.Control.Feedback(compound[:size], time.Now())
			heard = true
		}
		compound = compound[size:]
	}
	if heard {
		select {
		case p.wake <- struct{}{}:
		default:
		}
	}
}
