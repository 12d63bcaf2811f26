package rtc

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
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
	track   *webrtc.TrackRemote
	buf     [packetSize]byte
	packet  rtp.Packet
	packets atomic.Uint64
}

// next reads one packet, which is valid until the next call. os.ErrDeadlineExceeded
// passes through; every other end of the track is io.EOF.
func (r *reader) next() (*rtp.Packet, error) {
	for {
		n, _, err := r.track.Read(r.buf[:])
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded):
			return nil, err
		case err != nil:
			return nil, io.EOF
		}
		if err := r.packet.Unmarshal(r.buf[:n]); err != nil {
			continue // hostile or broken: the next one may be good
		}
		r.packets.Add(1)
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
	asked     time.Time // when a key frame was asked for last
}

// keyFrameInterval limits requests: a key frame needs a round trip and the
// time to send it before a second request makes sense.
const keyFrameInterval = 300 * time.Millisecond

func newVideoIn(track *webrtc.TrackRemote, codec depacketizer, sendRTCP func([]rtcp.Packet) error) *videoIn {
	return &videoIn{reader: reader{track: track}, assembler: newAssembler(codec), sendRTCP: sendRTCP}
}

func (v *videoIn) Codec() string { return codecName(v.reader.track) }

func (v *videoIn) ReadFrame() (call.EncodedFrame, error) {
	for {
		frame, ok, wait := v.assembler.pop(time.Now())
		if ok {
			return frame, nil
		}
		var deadline time.Time
		if wait > 0 {
			deadline = time.Now().Add(wait)
		}
		if err := v.reader.track.SetReadDeadline(deadline); err != nil {
			return frame, io.EOF
		}
		p, err := v.reader.next()
		if errors.Is(err, os.ErrDeadlineExceeded) {
			continue
		}
		if err != nil {
			return frame, err
		}
		v.assembler.push(p, time.Now())
	}
}

func (v *videoIn) RequestKeyFrame() {
	if now := time.Now(); now.Sub(v.asked) >= keyFrameInterval {
		v.asked = now
		// A request that cannot be sent is made again with the next broken frame.
		_ = v.sendRTCP([]rtcp.Packet{&rtcp.PictureLossIndication{MediaSSRC: uint32(v.reader.track.SSRC())}})
	}
}

// audioIn satisfies call.AudioIn.
type audioIn struct{ reader reader }

func (a *audioIn) Codec() string { return codecName(a.reader.track) }

func (a *audioIn) ReadPacket() (call.AudioPacket, error) {
	p, err := a.reader.next()
	if err != nil {
		return call.AudioPacket{}, err
	}
	return call.AudioPacket{Payload: p.Payload, At: time.Now(), Sequence: p.SequenceNumber, RTPTime: p.Timestamp}, nil
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
