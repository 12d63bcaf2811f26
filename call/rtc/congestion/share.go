package congestion

import "time"

// share divides the rate. Sound comes first; a picture that would get less
// than it needs is left out, and comes back when there has been clearly
// enough for a while.
type share struct {
	cfg    Config
	off    bool
	enough time.Duration // since when there is enough for a picture; 0: there is not
	wait   time.Duration // before it comes back
	onAt   time.Duration // when it came back
	lossy  bool          // packets are lost, or were a moment ago
	lostAt time.Duration // when they were seen to be
}

const (
	videoHeaders  = 0.94 // of the wire is picture
	videoAgain    = 1.5  // times the least before it comes back
	videoWait     = 1500 * time.Millisecond
	videoMostWait = 12 * time.Second
	videoStable   = 10 * time.Second

	redundantFrom  = 0.01 // share of lost packets
	redundantShare = 0.1
	redundantMost  = 3
	// redundantStays is how long sound may send packets again after the last
	// loss: it does so for as long (call.redundancy), and each would sound worse
	// if all had to fit into the usual rate.
	redundantStays = 10 * time.Second
)

// update looks at the steady rate, for a queue that drains is soon over.
func (s *share) update(steady, loss float64, now time.Duration) {
	if s.lossy = loss >= redundantFrom || s.lossy && now-s.lostAt < redundantStays; loss >= redundantFrom {
		s.lostAt = now
	}
	video := (steady - s.cfg.reserve()) * videoHeaders
	switch {
	case !s.off:
		if video < float64(s.cfg.VideoMin) {
			s.stop(now)
		}
	case video < videoAgain*float64(s.cfg.VideoMin):
		s.enough = 0
	case s.enough == 0:
		s.enough = now
	case now-s.enough >= s.wait:
		s.off, s.onAt = false, now
	}
}

// stop leaves the picture out; one that came and went is tried less often.
func (s *share) stop(now time.Duration) {
	s.off, s.enough = true, 0
	if now-s.onAt < videoStable {
		s.wait = min(2*s.wait, videoMostWait)
	} else {
		s.wait = videoWait
	}
	s.wait = max(s.wait, videoWait)
}

// split returns the encoders' rates at this moment, and the copies that the
// picture can afford.
func (s *share) split(rate, loss float64, c *copying) (audio, video, copies int) {
	most := s.sound(rate)
	audio = int(min(most, max(float64(s.cfg.AudioMin), rate-float64(s.cfg.AudioOverhead))))
	if s.off {
		return audio, 0, 0
	}
	own, copies := c.afford((rate-most-float64(s.cfg.AudioOverhead))*videoHeaders, loss, s.cfg)
	return audio, max(s.cfg.VideoMin, int(own)), copies
}

// sound is the most that sound gets. Where packets are lost it may send each
// once or twice more, out of a tenth of the rate.
func (s *share) sound(rate float64) float64 {
	usual := float64(s.cfg.Audio)
	if !s.lossy {
		return usual
	}
	return min(max(usual, rate*redundantShare), redundantMost*usual)
}
