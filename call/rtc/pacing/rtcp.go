package pacing

import (
	"encoding/binary"
	"io"
	"time"

	"github.com/pion/transport/v5/packetio"
)

// Buffer makes the buffers of a peer connection's incoming streams, as a
// webrtc.SettingEngine's BufferFactory, and listens there for feedback. It
// must be there that it listens: pion hands RTCP to the reader of the SSRC
// that it names, feedback names that of the newest packet, and nobody reads
// where that was a retransmission or a probe.
func (p *Pacer) Buffer(kind packetio.BufferPacketType, _ uint32) io.ReadWriteCloser {
	b := &buffer{Buffer: packetio.NewBuffer()}
	if kind == packetio.RTCPBufferPacket {
		b.SetLimitSize(rtcpBuffer)
		b.hear = p.hear
	} else {
		b.SetLimitSize(rtpBuffer)
	}
	return b
}

// Sizes are pion's own, in bytes.
const (
	rtpBuffer  = 1_000_000
	rtcpBuffer = 100_000
)

// buffer shows what is written to hear, if there is one, before anybody reads
// it. Its methods are those that pion/srtp looks for.
type buffer struct {
	*packetio.Buffer
	hear func([]byte)
}

func (b *buffer) Read(p []byte) (int, error) {
	n, _, err := b.Buffer.Read(p, nil)
	return n, err
}

func (b *buffer) ReadWithAttributes(p []byte, a packetio.Attributes) (int, packetio.Attributes, error) {
	return b.Buffer.Read(p, a)
}

func (b *buffer) Write(p []byte) (int, error) { return b.WriteWithAttributes(p, nil) }

func (b *buffer) WriteWithAttributes(p []byte, a packetio.Attributes) (int, error) {
	if b.hear != nil {
		b.hear(p)
	}
	return b.Buffer.Write(p, a)
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
			break
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
