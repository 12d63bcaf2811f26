package rtc

import (
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"
)

// A DTLS handshake is a few flights of packets, each sent again when nothing
// answers (RFC 6347 section 4.2.4). pion doubles the time before it does so,
// from 200 ms on: on a path that loses a quarter of all packets a call took 13 s
// to come up. So flights are repeated here at an even pace as well, for some
// seconds, until the other side says something that follows on them.
const (
	flightEvery = 250 * time.Millisecond
	flightTries = 20                    // 5 s, then pion's own repetitions are enough
	flightGap   = 20 * time.Millisecond // between packets of one flight
	flightMost  = 16                    // packets of one flight that are repeated
)

// flightConn is a UDP socket that repeats flights. It satisfies
// transport.UDPConn and ice.AddrPortReaderWriter, which costs no allocation.
type flightConn struct {
	*net.UDPConn
	waiting atomic.Int32 // flights that are not answered

	mu      sync.Mutex
	flights map[netip.AddrPort]*flight
	closed  bool
}

// flight is what was sent last to one address, until it is answered.
type flight struct {
	packets [][]byte
	last    time.Time
	tries   int
	timer   *time.Timer
}

func newFlightConn(conn *net.UDPConn) *flightConn {
	return &flightConn{UDPConn: conn, flights: map[netip.AddrPort]*flight{}}
}

// Kinds of packets by their first byte (RFC 7983), and DTLS's own.
const (
	dtlsFirst, dtlsLast           = 20, 63
	dtlsChangeCipher, dtlsMessage = 20, 22
	rtpFirst, rtpLast             = 128, 191
)

// WriteToAddrPort satisfies ice.AddrPortReaderWriter.
func (c *flightConn) WriteToAddrPort(b []byte, to netip.AddrPort) (int, error) {
	if len(b) > 0 && (b[0] == dtlsMessage || b[0] == dtlsChangeCipher) {
		c.keep(b, to, time.Now())
	}
	return c.WriteToUDPAddrPort(b, to)
}

// ReadFromAddrPort satisfies ice.AddrPortReaderWriter.
func (c *flightConn) ReadFromAddrPort(b []byte) (int, netip.AddrPort, error) {
	n, from, err := c.ReadFromUDPAddrPort(b)
	if n > 0 && c.waiting.Load() > 0 && answersFlight(b[0]) {
		c.drop(from)
	}
	return n, from, err
}

// answersFlight says whether a packet shows that the flight before has come.
func answersFlight(first byte) bool {
	return first >= dtlsFirst && first <= dtlsLast || first >= rtpFirst && first <= rtpLast
}

// keep notes a packet of a flight.
func (c *flightConn) keep(b []byte, to netip.AddrPort, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f := c.flights[to]
	if f == nil || now.Sub(f.last) > flightGap {
		f = c.begin(to)
	}
	f.last = now
	if len(f.packets) < flightMost {
		f.packets = append(f.packets, append([]byte(nil), b...))
	}
}

// begin starts a flight in place of the one before. c.mu is held.
func (c *flightConn) begin(to netip.AddrPort) *flight {
	c.end(to)
	f := &flight{}
	if c.closed {
		return f
	}
	f.timer = time.AfterFunc(flightEvery, func() { c.repeat(to, f) })
	c.flights[to] = f
	c.waiting.Add(1)
	return f
}

// repeat sends a flight again.
func (c *flightConn) repeat(to netip.AddrPort, f *flight) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.flights[to] != f {
		return
	}
	for _, b := range f.packets {
		_, _ = c.WriteToUDPAddrPort(b, to) // the next repetition may get through
	}
	if f.tries++; f.tries < flightTries {
		f.timer.Reset(flightEvery)
		return
	}
	c.end(to)
}

func (c *flightConn) drop(to netip.AddrPort) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.end(to)
}

// end forgets a flight. c.mu is held.
func (c *flightConn) end(to netip.AddrPort) {
	if f := c.flights[to]; f != nil {
		f.timer.Stop()
		delete(c.flights, to)
		c.waiting.Add(-1)
	}
}

// Close satisfies transport.UDPConn.
func (c *flightConn) Close() error {
	c.mu.Lock()
	c.closed = true
	for to := range c.flights {
		c.end(to)
	}
	c.mu.Unlock()
	return c.UDPConn.Close()
}
