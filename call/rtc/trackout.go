package rtc

import (
	"errors"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"
	"github.com/pion/webrtc/v4"

	"parley/call"
)

const (
	videoClock = 90000
	audioClock = 48000
	// payloadSize leaves room in 1,200 bytes for the RTP header and its
	// extensions; every path carries that much (RFC 9000 section 14 reasons alike).
	payloadSize = 1150
)

var errUnbound = errors.New("the track is not negotiated yet")

// trackOut is the sending end of one track. Unlike pion's static tracks it
// takes the codec that the negotiation gives, so that one offer serves all.
type trackOut struct {
	kind   webrtc.RTPCodecType
	id     string
	stream string

	mu        sync.Mutex
	write     webrtc.TrackLocalWriter
	codec     string
	payloader rtp.Payloader
	packet    rtp.Packet
	began     time.Time // of the RTP clock
	base      uint32    // RTP time at began
	age       uint32    // RTP time from the capture of what was sent last to its sending
	red       redundant

	backlog func() time.Duration // of what waits to leave; nil: nothing ever does

	off     atomic.Bool // frames are left out: there is no room for them
	broken  bool        // and the next one to pass must be a key frame
	packets atomic.Uint64
	bytes   atomic.Uint64
}

func newTrackOut(kind webrtc.RTPCodecType, stream string) *trackOut {
	return &trackOut{kind: kind, id: kind.String(), stream: stream}
}

// ID, RID, StreamID and Kind satisfy webrtc.TrackLocal. Sound and picture have
// one stream ID: browsers keep lips in sync only within a stream.
func (t *trackOut) ID() string                { return t.id }
func (t *trackOut) RID() string               { return "" }
func (t *trackOut) StreamID() string          { return t.stream }
func (t *trackOut) Kind() webrtc.RTPCodecType { return t.kind }

// Bind takes the first negotiated codec that is not a retransmission.
func (t *trackOut) Bind(c webrtc.TrackLocalContext) (webrtc.RTPCodecParameters, error) {
	for _, p := range c.CodecParameters() {
		payloader := payloaderOf(p.MimeType)
		if payloader == nil {
			continue
		}
		t.mu.Lock()
		defer t.mu.Unlock()
		_, t.codec, _ = strings.Cut(p.MimeType, "/")
		t.payloader, t.write = payloader, c.WriteStream()
		t.packet = rtp.Packet{Header: rtp.Header{
			Version: 2, PayloadType: uint8(p.PayloadType), SSRC: uint32(c.SSRC()), SequenceNumber: uint16(rand.Uint32()),
		}}
		t.base = rand.Uint32()
		t.red.opus, t.red.kind = uint8(p.PayloadType), redOf(c.CodecParameters())
		return p, nil
	}
	return webrtc.RTPCodecParameters{}, webrtc.ErrUnsupportedCodec
}

func payloaderOf(mime string) rtp.Payloader {
	switch {
	case strings.EqualFold(mime, webrtc.MimeTypeH264):
		return &codecs.H264Payloader{}
	case strings.EqualFold(mime, webrtc.MimeTypeVP8):
		return &codecs.VP8Payloader{EnablePictureID: true}
	case strings.EqualFold(mime, webrtc.MimeTypeOpus):
		return &codecs.OpusPayloader{}
	}
	return nil
}

// Unbind stops writing: the track is not ready any more.
func (t *trackOut) Unbind(webrtc.TrackLocalContext) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.write, t.codec = nil, ""
	return nil
}

// Codec satisfies call.VideoOut and call.AudioOut.
func (t *trackOut) Codec() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.codec
}

// setOff leaves frames out from now on, or lets them pass again from the next
// key frame on.
func (t *trackOut) setOff(off bool) { t.off.Store(off) }

// mostBacklog is how long what waits may take to leave before pictures are left
// out: less than a person sees, and more than one picture takes.
const mostBacklog = 100 * time.Millisecond

// Ready satisfies call.VideoOut. A track that the other side does not take is
// never ready.
func (t *trackOut) Ready() bool {
	return t.Codec() != "" && !t.off.Load() && (t.backlog == nil || t.backlog() <= mostBacklog)
}

// WriteFrame satisfies call.VideoOut. The RTP time is the capture time.
func (t *trackOut) WriteFrame(f call.EncodedFrame) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.broken = t.off.Load() || t.broken && !f.Key; t.broken {
		return nil
	}
	if t.write == nil {
		return errUnbound
	}
	if t.began.IsZero() {
		t.began = f.At
	}
	t.packet.Timestamp = t.base + uint32(f.At.Sub(t.began).Microseconds()*(videoClock/1000)/1000)
	t.age = pictureAge(f.At, time.Now())
	payloads := t.payloader.Payload(payloadSize, f.Unit)
	for i, payload := range payloads {
		t.packet.Marker = i == len(payloads)-1
		if err := t.send(payload); err != nil {
			return err
		}
	}
	return nil
}

// WritePacket satisfies call.AudioOut.
func (t *trackOut) WritePacket(payload []byte, at uint32) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.write == nil {
		return errUnbound
	}
	t.packet.Timestamp = t.base + at
	t.packet.Marker, t.age = false, soundAge
	t.packet.PayloadType, payload = t.red.pack(payload, at)
	return t.send(payload)
}

// send writes one packet. t.mu is held.
func (t *trackOut) send(payload []byte) error {
	t.packet.SequenceNumber++
	t.packets.Add(1)
	t.bytes.Add(uint64(len(payload)))
	_, err := t.write.WriteRTP(&t.packet.Header, payload)
	return err
}
