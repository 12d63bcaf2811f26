package rtc

import (
	"github.com/pion/webrtc/v4"

	"parley/call"
)

// role is what a track is for. There is one of each to a call and a direction,
// in this order of their sections in an offer.
type role int

const (
	sound role = iota
	camera
	screen
)

// tracks are this side's, by their roles. A media that shares no screens has
// none for it.
func (o outlet) tracks() []*trackOut {
	all := []*trackOut{o.audio, o.video}
	if o.screen != nil {
		all = append(all, o.screen)
	}
	return all
}

// screenOut is the track of a shared screen, nil for a media that has none. It
// has a stream of its own: no lips are to be kept in sync with it.
func screenOut(media call.PeerMedia) *trackOut {
	if _, ok := media.(call.ScreenMedia); !ok {
		return nil
	}
	t := newTrackOut(webrtc.RTPCodecTypeVideo, "parley-screen")
	t.id = "screen"
	return t
}

// roleOf tells what a track of theirs is for by the section that it came in:
// a screen's is the one that this side's screen leaves by. Its name would not
// do, since a page cannot choose that.
func (p *Peer) roleOf(receiver *webrtc.RTPReceiver) role {
	for _, t := range p.pc.GetTransceivers() {
		if t.Receiver() != receiver {
			continue
		}
		if sender := t.Sender(); sender != nil && p.screen != nil && sender.Track() == webrtc.TrackLocal(p.screen) {
			return screen
		}
		if t.Kind() == webrtc.RTPCodecTypeAudio {
			return sound
		}
	}
	return camera
}

// receive reads a track of theirs until it ends.
func (p *Peer) receive(as role, track *webrtc.TrackRemote) {
	if as == sound {
		p.media.ReceiveAudio(&audioIn{reader: reader{track: track, repair: newRepair(p.counters)}})
		return
	}
	depacket, err := depacketizerOf(track)
	if err != nil {
		p.log.Error("their picture cannot be read", "err", err)
		return
	}
	in := newVideoIn(track, depacket, p.counters, p.pc.WriteRTCP)
	if media, ok := p.media.(call.ScreenMedia); ok && as == screen {
		media.ReceiveScreen(in)
		return
	}
	p.media.ReceiveVideo(in)
}

// sendScreen hands over the way out of a shared screen, where both sides have
// one, or takes it back.
func (p *Peer) sendScreen(on bool) {
	media, ok := p.media.(call.ScreenMedia)
	if !ok || p.screen == nil {
		return
	}
	if on {
		media.SendScreen(p.screen)
		return
	}
	media.SendScreen(nil)
}

// wantKeyFrame passes a wish for a key frame on to where the track's pictures
// come from.
func wantKeyFrame(media call.PeerMedia, as role) {
	if m, ok := media.(call.ScreenMedia); ok && as == screen {
		m.ScreenKeyFrameWanted()
		return
	}
	media.KeyFrameWanted()
}
