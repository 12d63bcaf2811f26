package rtc

import (
	"log/slog"
	"sync"
	"time"

	"parley/call"
	"parley/call/rtc/congestion"
	"parley/call/rtc/pacing"
)

// steering stands between the bandwidth controller, the pacer that obeys it,
// and the encoders. It satisfies pacing.Controller.
type steering struct {
	media  call.PeerMedia
	videos []*trackOut
	log    *slog.Logger

	counters *counters

	first int  // bit/s for the pacer while the path tells nothing
	least int  // bit/s of the least picture
	free  bool // sends as it comes: the way is this machine's own
	pace  *pace

	mu      sync.Mutex // guards what follows
	control *congestion.Controller
	told    bool // a packet left with a number
	target  congestion.Target

	published int       // picture's rate that the encoder has; -1: none
	at        time.Time // and since when
}

// republish repeats a rate, for whoever begins to send.
const republish = 500 * time.Millisecond

func newSteering(most int, free bool, media call.PeerMedia, out outlet, log *slog.Logger) *steering {
	cfg := congestion.Defaults()
	if most > 0 {
		cfg.Max = max(most, cfg.Start)
	}
	return &steering{media: media, videos: out.tracks()[camera:], counters: out.counters, log: log, first: 2 * cfg.Max, least: cfg.VideoMin, free: free, pace: out.pace, control: congestion.New(cfg, time.Now()), published: -1}
}

// Sent satisfies pacing.Controller.
func (s *steering) Sent(seq uint16, size, cluster int, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.told = true
	s.control.Sent(seq, size, cluster, now)
}

// Feedback satisfies pacing.Controller.
func (s *steering) Feedback(packet []byte, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.control.Feedback(packet, now); err != nil {
		s.log.Debug("feedback was left out", "err", err)
	}
}

// Orders satisfies pacing.Controller.
func (s *steering) Orders(now time.Time) pacing.Orders {
	s.mu.Lock()
	s.control.Tick(now)
	before := s.target
	s.target = s.control.Target()
	t, c := s.target, s.control.Probe()
	told := s.told // otherwise this peer tells nothing of what arrives, and gets what it always got
	s.mu.Unlock()
	if before.LimitedBy != t.LimitedBy {
		s.log.Debug("sending rate", "limited by", t.LimitedBy, "rate", t.Rate, "queue", t.QueueDelay, "loss", t.Loss)
	}
	if !told || s.free {
		s.unsteered(now)
		s.pace.blind()
		return pacing.Orders{Rate: s.first}
	}
	s.publish(t, now)
	s.pace.tune(t, now)
	s.counters.roundTrip.Store(int64(t.RoundTrip))
	return pacing.Orders{Rate: t.Pacing, Hold: t.Hold, Copies: t.Copies, CopyAfter: t.CopyAfter, Cluster: pacing.Cluster{ID: c.ID, Rate: c.Rate, Bytes: c.Bytes, Packets: c.Packets}}
}

// unsteered gives the picture a fixed rate where the other side tells nothing
// of what arrives.
func (s *steering) unsteered(now time.Time) {
	if s.free || s.published > 0 || s.videos[0].packets.Load() < untold {
		return
	}
	s.published, s.at = unsteeredRate, now
	s.media.TargetRate(unsteeredRate)
}

const (
	unsteeredRate = 2_500_000
	untold        = 100 // packets that left without a number
)

// publish tells the encoders of a rate that has changed by more than 2 %. It
// is called by the pacer's goroutine alone. Where there is no room for a
// picture the encoder idles at the least rate and nothing of it is sent; it
// begins again with a key frame.
func (s *steering) publish(t congestion.Target, now time.Time) {
	video := t.Video
	change, turned := video-s.published, (s.published > 0) != (video > 0)
	if now.Sub(s.at) < republish && !turned && max(change, -change)*50 < video {
		return
	}
	s.published, s.at = video, now
	s.media.TargetRate(max(video, s.least))
	if sound, ok := s.media.(call.AudioSteered); ok {
		sound.AudioTarget(t.Audio, t.Loss, t.Burst)
	}
	if turned {
		for _, t := range s.videos {
			t.setOff(video == 0)
		}
		s.wantKeyFrames()
	}
}

// dropped hears of packets that waited too long in the pacer.
func (s *steering) dropped(d pacing.Drops) {
	s.log.Warn("packets waited too long and were given up", "picture", d.Video, "repairs", d.Repair)
	if d.Video > 0 {
		s.wantKeyFrames()
	}
}

// wantKeyFrames begins all pictures anew.
func (s *steering) wantKeyFrames() {
	wantKeyFrame(s.media, camera)
	if len(s.videos) > 1 {
		wantKeyFrame(s.media, screen)
	}
}
