package rtc

import (
	"errors"
	"io"
	"sync"

	"github.com/pion/webrtc/v4"

	"parley/call"
)

// Bounds of what waits to leave on one channel, in bytes (see call.Channel).
const (
	dataHigh = 1 << 20
	dataLow  = 256 << 10
)

// dataSet are a peer's channels beside the media: negotiated beforehand by
// their numbers (RFC 8831 section 6.5), so that no side has to open them.
type dataSet struct {
	pc       *webrtc.PeerConnection
	channels map[call.DataKind]*dataChannel

	mu   sync.Mutex
	open int
}

// openData makes the channels before the first description, where the media
// has something to say; opened is called once all are open.
func openData(pc *webrtc.PeerConnection, media call.PeerMedia, p *pace, opened func(call.Data)) error {
	if _, talks := media.(call.DataMedia); !talks {
		return nil
	}
	set := &dataSet{pc: pc, channels: map[call.DataKind]*dataChannel{}}
	for kind := call.ChatData; kind <= call.StateData; kind++ {
		id, negotiated := uint16(kind), true
		dc, err := pc.CreateDataChannel(call.DataKinds[kind], &webrtc.DataChannelInit{ID: &id, Negotiated: &negotiated})
		if err != nil {
			return err
		}
		c := &dataChannel{dc: dc, text: kind != call.BytesData, room: make(chan struct{}, 1), over: make(chan struct{})}
		if kind == call.BytesData {
			c.pace = p
			dc.SetBufferedAmountLowThreshold(dataLow)
			dc.OnBufferedAmountLow(c.hasRoom)
		}
		set.channels[kind] = c
		dc.OnOpen(func() {
			if c.detach() == nil && set.allOpen() {
				opened(set)
			}
		})
	}
	return nil
}

func (s *dataSet) allOpen() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open++
	return s.open == len(s.channels)
}

// Channel satisfies call.Data.
func (s *dataSet) Channel(kind call.DataKind) call.Channel { return s.channels[kind] }

// Fingerprint satisfies call.Data. A description without one was refused.
func (s *dataSet) Fingerprint() string {
	d := s.pc.RemoteDescription()
	if d == nil {
		return ""
	}
	print, err := call.FingerprintOf(d.SDP)
	if err != nil {
		return ""
	}
	return print
}

// dataChannel satisfies call.Channel.
type dataChannel struct {
	dc   *webrtc.DataChannel
	raw  rawChannel // set before anybody has the channel
	text bool
	pace *pace // nil: it goes at once
	room chan struct{}
	over chan struct{} // closed when nothing comes any more
	once sync.Once
	buf  [call.MaxData]byte
}

// rawChannel is a channel without pion's goroutine that reads it: whoever takes
// its time to read slows the other side down.
type rawChannel interface {
	ReadDataChannel([]byte) (n int, isText bool, err error)
	WriteDataChannel(message []byte, isText bool) (int, error)
}

func (c *dataChannel) detach() error {
	raw, err := c.dc.Detach()
	c.raw = raw
	return err
}

func (c *dataChannel) hasRoom() {
	select {
	case c.room <- struct{}{}:
	default:
	}
}

// errFull is returned for a message that is not sent, since the other side has
// taken none for long.
var errFull = errors.New("too much waits to be sent")

// Send satisfies call.Channel.
func (c *dataChannel) Send(message []byte) error {
	if c.pace != nil {
		if err := c.await(len(message)); err != nil {
			return err
		}
	} else if c.dc.BufferedAmount() > dataHigh {
		return errFull
	}
	_, err := c.raw.WriteDataChannel(message, c.text)
	return err
}

// await waits until a message may leave.
func (c *dataChannel) await(n int) error {
	for c.dc.BufferedAmount() > min(dataHigh, c.pace.most()) {
		select {
		case <-c.room:
		case <-c.pace.tick():
		case <-c.over:
			return call.ErrClosed
		}
	}
	return c.pace.wait(n, c.over)
}

// Receive satisfies call.Channel. What is longer than a message may be, or
// empty, is left out.
func (c *dataChannel) Receive() ([]byte, error) {
	for {
		n, _, err := c.raw.ReadDataChannel(c.buf[:])
		switch {
		case errors.Is(err, io.ErrShortBuffer) && c.skip() == nil:
		case err != nil:
			c.once.Do(func() { close(c.over) })
			return nil, io.EOF
		case n > 0:
			return c.buf[:n], nil
		}
	}
}

// mostSkipped is more than SCTP puts together of one message.
const mostSkipped = 4 << 20

// skip takes out a message that is longer than one may be: pion leaves it where
// it is until there is room for it, and would give it again without end.
func (c *dataChannel) skip() error {
	for room := 4 * call.MaxData; ; room *= 4 {
		_, _, err := c.raw.ReadDataChannel(make([]byte, room))
		if !errors.Is(err, io.ErrShortBuffer) || room >= mostSkipped {
			return err
		}
	}
}

// Fit satisfies call.Channel.
func (c *dataChannel) Fit() int {
	if c.pace == nil {
		return call.MaxData
	}
	return c.pace.fit()
}
