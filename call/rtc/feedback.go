package rtc

import (
	"sync/atomic"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/webrtc/v4"

	"parley/call"
)

// counters are what feedback told about this side's packets.
type counters struct {
	resent     atomic.Uint64 // packets of ours sent again
	lost       atomic.Uint64 // packets of theirs missing at first
	repaired   atomic.Uint64 // among them, those that came after all
	remoteLost [screen + 1]atomic.Int64
	roundTrip  atomic.Int64 // of the path, in ns, as packets of ours meet it; 0: not known
}

// readFeedback reads what the other side says of a track of ours until the
// track ends.
func (p *Peer) readFeedback(sender *webrtc.RTPSender, of role) {
	for {
		packets, _, err := sender.ReadRTCP()
		if err != nil {
			return
		}
		for _, packet := range packets {
			switch f := packet.(type) {
			case *rtcp.PictureLossIndication, *rtcp.FullIntraRequest:
				wantKeyFrame(p.media, of)
			case *rtcp.ReceiverReport:
				p.noteLoss(sender, of, f.Reports)
			case *rtcp.SenderReport:
				p.noteLoss(sender, of, f.Reports)
			}
		}
	}
}

func (p *Peer) noteLoss(sender *webrtc.RTPSender, of role, reports []rtcp.ReceptionReport) {
	for _, encoding := range sender.GetParameters().Encodings {
		for _, r := range reports {
			if r.SSRC == uint32(encoding.SSRC) {
				p.counters.remoteLost[of].Store(signed24(r.TotalLost))
			}
		}
	}
}

// signed24 reads a count of 24 bits that is negative where packets came twice
// (RFC 3550 section 6.4.1).
func signed24(v uint32) int64 { return int64(int32(v<<8) >> 8) }

// readReports reads the sender reports of a track of theirs until it ends.
// Those of a screen nobody needs: nothing is kept in sync with it.
func (p *Peer) readReports(receiver *webrtc.RTPReceiver, of role) {
	for {
		packets, _, err := receiver.ReadRTCP()
		if err != nil {
			return
		}
		for _, packet := range packets {
			if sr, ok := packet.(*rtcp.SenderReport); ok && of != screen {
				p.media.SenderReport(call.SenderReport{Video: of == camera, Arrived: time.Now(), NTP: sr.NTPTime, RTPTime: sr.RTPTime})
			}
		}
	}
}
