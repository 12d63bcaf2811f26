package rtc

import (
	"github.com/pion/webrtc/v4"

	"parley/call"
	"parley/call/rtc/pacing"
)

// outlet is what a peer sends through: its tracks, the pacer below them, and
// what is counted. The peer connection closes the pacer.
type outlet struct {
	video, audio *trackOut
	screen       *trackOut // nil: the media has none
	counters     *counters
	arrivals     *arrivals
	pacer        *pacing.Pacer
	pace         *pace // of files
}

func newOutlet(cfg Config, media call.PeerMedia) outlet {
	const stream = "parley"
	o := outlet{
		video: newTrackOut(webrtc.RTPCodecTypeVideo, stream), audio: newTrackOut(webrtc.RTPCodecTypeAudio, stream),
		screen: screenOut(media), counters: &counters{}, arrivals: &arrivals{}, pace: newPace(cfg.mirror),
	}
	s := newSteering(cfg.MaxRate, cfg.mirror, media, o, cfg.Log)
	o.pacer = pacing.New(pacing.Config{Control: s, Dropped: s.dropped})
	for _, t := range o.tracks()[camera:] {
		t.backlog = o.pacer.Backlog
	}
	return o
}
