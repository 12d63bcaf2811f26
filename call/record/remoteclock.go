package record

import (
	"math"
	"sync"
	"time"
)

// remoteClock places the other side's sound and picture on the recording's
// clock, in sync with each other.
//
// Sender reports tie both RTP clocks to the other side's wall clock; the
// packet that was quickest of all ties that clock to ours. Until reports of
// both tracks are there, and where they contradict what arrives, each track is
// placed by its own quickest packet. It may be used from several goroutines.
type remoteClock struct {
	mu           sync.Mutex
	video, audio rtpLine
	zero         uint64 // NTP time of the first report
	hasZero      bool
}

// RTP clock rates (RFC 6184, RFC 7741, RFC 7587).
const (
	videoRate = 90000
	audioRate = 48000
)

// Bounds of what is believed of reports.
const (
	maxSkew  = 2 * time.Second  // between the delays of the two tracks
	maxStale = 15 * time.Second // since the last packet of the other track
)

func newRemoteClock() *remoteClock {
	return &remoteClock{
		video: rtpLine{rate: videoRate, quick: 0.25},
		audio: rtpLine{rate: audioRate, quick: 0.1},
	}
}

func (c *remoteClock) lines(video bool) (this, other *rtpLine) {
	if video {
		return &c.video, &c.audio
	}
	return &c.audio, &c.video
}

// instant is a packet's time on its track's line: to be placed now or, when
// the line is better known, a little later.
type instant struct {
	media   time.Duration
	line    int // number of the line's origin
	arrived time.Duration
}

// arrive notes a packet that arrived at the elapsed time arrived, and says
// whether the track's line of time begins (anew) with it.
func (c *remoteClock) arrive(video bool, rtp uint32, arrived time.Duration) (when instant, origin bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	this, _ := c.lines(video)
	media, origin := this.arrive(rtp, arrived)
	return instant{media: media, line: this.number, arrived: arrived}, origin
}

// place returns the elapsed time at which a packet was captured, as the
// recording sees it. The packets of a track are placed in their order.
func (c *remoteClock) place(video bool, when instant) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	this, other := c.lines(video)
	if when.line != this.number {
		return when.arrived // its line broke off meanwhile
	}
	return this.place(when.media, wanted(this, other))
}

// wanted is the offset that this line should have.
func wanted(this, other *rtpLine) time.Duration {
	own := this.arrival.least()
	if this.reports == 0 || other.reports == 0 || this.seen-other.seen > maxStale {
		return own
	}
	mine, theirs := own-this.sender, other.arrival.least()-other.sender
	if d := mine - theirs; d > maxSkew || d < -maxSkew {
		return own
	}
	return this.sender + min(mine, theirs)
}

// report takes a sender report.
func (c *remoteClock) report(video bool, ntp uint64, rtp uint32) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.hasZero {
		c.zero, c.hasZero = ntp, true
	}
	this, _ := c.lines(video)
	this.report(senderTime{rtp: rtp, ntp: ntpSpan(ntp - c.zero)})
}

// ntpSpan turns a difference of NTP time stamps (32.32 fixed point seconds)
// into a duration.
func ntpSpan(d uint64) time.Duration {
	s, fraction := int64(int32(d>>32)), int64(d&math.MaxUint32)
	return time.Duration(s)*time.Second + time.Duration(fraction*int64(time.Second)>>32)
}
