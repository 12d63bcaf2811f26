package rtc

import (
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"parley/call"
)

// packetSize holds any packet that a path without fragmentation carries.
const packetSize = 1600

// reader reads the packets of a remote track into one buffer.
type reader struct {
	track  *webrtc.TrackRemote
	buf    [packetSize]byte
	packet rtp.Packet
	repair *repair
}

// errNotYet says that no packet came before the deadline.
var errNotYet = errors.New("no packet yet")

// isTimeout knows a deadline by its kind: pion's own (packetio.ErrTimeout) is
// not os.ErrDeadlineExceeded.
func isTimeout(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}

// next reads one packet, which is valid until the next call; errNotYet after
// the read deadline. Every other end of the track is io.EOF.
func (r *reader) next() (*rtp.Packet, error) {
	for {
		n, _, err := r.track.Read(r.buf[:])
		switch {
		case isTimeout(err):
			return nil, errNotYet
		case errors.Is(err, io.ErrShortBuffer):
			continue // larger than any path carries
		case err != nil:
			return nil, io.EOF
		}
		if err := r.packet.Unmarshal(r.buf[:n]); err != nil {
			continue // hostile or broken: the next one may be good
		}
		r.repair.note(r.packet.SequenceNumber, time.Now())
		return &r.packet, nil
	}
}

func codecName(t *webrtc.TrackRemote) string {
	_, name, _ := strings.Cut(t.Codec().MimeType, "/")
	return name
}

// videoIn satisfies call.VideoIn.
type videoIn struct {
	reader    reader
	assembler *assembler
	sendRTCP  func([]rtcp.Packet) error

	mu    sync.Mutex
	asked time.Time // when a key frame was asked for last
}

// leastKeyFrameInterval limits requests: a key frame needs a round trip and the
// time to send it before a second request makes sense.
const leastKeyFrameInterval = 300 * time.Millisecond

func newVideoIn(track *webrtc.TrackRemote, codec depacketizer, c *counters, sendRTCP func([]rtcp.Packet) error) *videoIn {
	return &videoIn{reader: reader{track: track, repair: newRepair(c)}, assembler: newAssembler(codec), sendRTCP: sendRTCP}
}

func (v *videoIn) Codec() string { return codecName(v.reader.track) }

func (v *videoIn) ReadFrame() (call.EncodedFrame, error) {
	for {
		now := time.Now()
		v.askAgain(now)
		frame, ok, wait := v.assembler.pop(now)
		if ok {
			return frame, nil
		}
		var deadline time.Time
		if wait > 0 {
			deadline = now.Add(min(wait, repairPoll))
		}
		if err := v.reader.track.SetReadDeadline(deadline); err != nil {
			return frame, io.EOF
		}
		p, err := v.reader.next()
		if errors.Is(err, errNotYet) {
			continue
		}
		if err != nil {
			return frame, err
		}
		v.assembler.push(p, time.Now())
	}
}

// repairPoll is how often a reader that misses packets looks: pion hands a
// retransmission over only when the track is read again.
const repairPoll = 5 * time.Millisecond

// askAgain asks for the missing packets whose time it is (NACK, RFC 4585
// section 6.2.1).
func (v *videoIn) askAgain(now time.Time) {
	v.assembler.patience = v.reader.repair.patience()
	if missing := v.reader.repair.due(now); len(missing) > 0 {
		// What cannot be sent is asked for again a round trip later.
		_ = v.sendRTCP([]rtcp.Packet{&rtcp.TransportLayerNack{
			MediaSSRC: uint32(v.reader.track.SSRC()), Nacks: rtcp.NackPairsFromSequenceNumbers(missing),
		}})
	}
}

// RequestKeyFrame satisfies call.VideoIn.
func (v *videoIn) RequestKeyFrame() {
	v.mu.Lock()
	defer v.mu.Unlock()
	if now := time.Now(); now.Sub(v.asked) >= v.keyFrameInterval() {
		v.asked = now
		// A request that cannot be sent is made again with the next broken frame.
		_ = v.sendRTCP([]rtcp.Packet{&rtcp.PictureLossIndication{MediaSSRC: uint32(v.reader.track.SSRC())}})
	}
}

func (v *videoIn) keyFrameInterval() time.Duration {
	return max(leastKeyFrameInterval, time.Duration(v.reader.repair.counters.roundTrip.Load())*5/4)
}

func depacketizerOf(track *webrtc.TrackRemote) (depacketizer, error) {
	switch name := codecName(track); {
	case strings.EqualFold(name, "H264"):
		return h264Depacket{}, nil
	case strings.EqualFold(name, "VP8"):
		return vp8Depacket{}, nil
	default:
		return nil, fmt.Errorf("no way to read %s", name)
	}
}
