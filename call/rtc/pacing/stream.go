package pacing

import (
	"strings"

	"github.com/pion/interceptor"
	"github.com/pion/rtp"
)

// stream is one sending track with its retransmissions.
type stream struct {
	pacer  *Pacer
	writer interceptor.RTPWriter
	sound  bool
	wideID uint8 // of the header extension; 0: not negotiated

	repairSSRC uint32 // 0: none
	repairType uint8
	repairSeq  uint16 // of the newest; retransmissions and padding share one count
	answers    answers
}

// wideURI names the header extension of transport-wide sequence numbers.
const wideURI = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"

func newStream(p *Pacer, info *interceptor.StreamInfo, writer interceptor.RTPWriter) *stream {
	s := &stream{
		pacer: p, writer: writer, sound: strings.HasPrefix(strings.ToLower(info.MimeType), "audio/"),
		repairSSRC: info.SSRCRetransmission, repairType: info.PayloadTypeRetransmission,
	}
	for _, e := range info.RTPHeaderExtensions {
		if e.URI == wideURI {
			s.wideID = uint8(e.ID)
		}
	}
	return s
}

func (s *stream) isRepair(h *rtp.Header) bool { return s.repairSSRC != 0 && h.SSRC == s.repairSSRC }

// canPad says whether padding may be sent beside this stream.
func (s *stream) canPad() bool { return s.repairSSRC != 0 && s.repairType != 0 && s.wideID != 0 }

// Write satisfies interceptor.RTPWriter. Sound has left when it returns; all
// else leaves later, and the packet may be reused at once.
func (s *stream) Write(h *rtp.Header, payload []byte, _ interceptor.Attributes) (int, error) {
	if s.sound && !s.isRepair(h) {
		return s.pacer.sendNow(s, h, payload)
	}
	return s.pacer.enqueue(s, h, payload)
}

// renumber gives retransmissions a count that padding can share: two packets
// of one number would be encrypted alike.
func (s *stream) renumber(h *rtp.Header) {
	s.repairSeq++
	h.SequenceNumber = s.repairSeq
}

// paddingSize is the most that one packet carries.
const paddingSize = 255

// padding makes a packet of nothing but padding (RFC 4588 allows none on the
// stream itself without a gap in it).
func (s *stream) padding(p *packet) {
	p.header = rtp.Header{
		Version: 2, Padding: true, PaddingSize: paddingSize, SSRC: s.repairSSRC, PayloadType: s.repairType,
		Extensions: p.header.Extensions[:0], CSRC: p.header.CSRC[:0],
	}
	p.payload = p.payload[:0]
	p.stream = s
	p.size = 12 + paddingSize + wireOverhead + wideSize
}
