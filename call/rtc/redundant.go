package rtc

import (
	"strings"
	"sync/atomic"
	"time"

	"github.com/pion/webrtc/v4"

	"parley/call"
)

// redundant packs what a track of sound sends while packets are lost.
type redundant struct {
	opus   uint8 // payload type of sound as it is,
	kind   uint8 // and of RED; 0: the other side does not take it
	before []int // see call.RedundantOut
	packer call.REDPacker
	bytes  atomic.Uint64 // of what went along
}

// redOf is the payload type of RED among negotiated codecs, 0 for none.
func redOf(all []webrtc.RTPCodecParameters) uint8 {
	for _, p := range all {
		if strings.EqualFold(p.MimeType, mimeRED) {
			return uint8(p.PayloadType)
		}
	}
	return 0
}

// pack returns the payload to send and its type.
func (r *redundant) pack(payload []byte, at uint32) (kind uint8, packed []byte) {
	switch {
	case r.kind == 0:
		return r.opus, payload
	case len(r.before) == 0:
		r.packer.Keep(payload, at)
		return r.opus, payload
	}
	packed = r.packer.Pack(payload, at, r.opus, r.before)
	r.bytes.Add(uint64(len(packed) - len(payload)))
	return r.kind, packed
}

// SetRedundancy satisfies call.RedundantOut.
func (t *trackOut) SetRedundancy(before []int) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.red.before = before
	return t.red.kind != 0
}

// audioIn satisfies call.AudioIn.
type audioIn struct {
	reader reader
	split  call.REDSplitter
}

func (a *audioIn) Codec() string {
	if isRED(a.reader.track) {
		return "opus" // which is all that it may carry
	}
	return codecName(a.reader.track)
}

func isRED(t *webrtc.TrackRemote) bool { return strings.EqualFold(t.Codec().MimeType, mimeRED) }

func (a *audioIn) ReadPacket() (call.AudioPacket, error) {
	for {
		if p, ok := a.split.Next(); ok {
			return p, nil
		}
		p, err := a.reader.next()
		if err != nil {
			return call.AudioPacket{}, err
		}
		packet := call.AudioPacket{Payload: p.Payload, At: time.Now(), Sequence: p.SequenceNumber, RTPTime: p.Timestamp}
		if !isRED(a.reader.track) {
			a.split.Plain(packet)
			continue
		}
		if a.split.RED(packet) != nil {
			continue // hostile or broken: the next one may be good
		}
	}
}
