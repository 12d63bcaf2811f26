package call

import (
	"sync"
	"time"
)

// lipSync keeps the other side's lips and voice together. Sender reports tie
// the RTP clocks of its picture and of its sound to one clock of its own (RFC
// 3550 section 6.4.1); the playout tells which sound is played at this moment;
// so each picture has a moment here at which its sound is heard.
//
//	reports ──> wallClock of each track
//	playout ──> heard: sender's clock -> here ──> due: when to show a picture
//	                                         └──> extra: how much longer sound waits
//
// A picture that is early waits for its sound, but for what nobody notices;
// sound waits for pictures only where they stay late, and not for long. What
// the speaker and the screen take is not known and taken to be alike.
type lipSync struct {
	base time.Time // moments are counted from here

	mu           sync.Mutex
	video, audio wallClock
	began        bool          // heard is known
	heard        time.Duration // moment here less sender's clock, smoothed
	lastHeard    time.Time
	lag          time.Duration // how much later pictures are shown than heard, smoothed
	measured     bool          // lag is known
	judged       time.Time     // when extra was looked at last
	extra        time.Duration
}

const (
	// unnoticed is how early a picture may be: viewers notice 45 ms (ITU-R
	// BT.1359), and no picture waits for less than this.
	unnoticed = 30 * time.Millisecond
	// tooLate is from where on sound waits for pictures, soundWaits at most for
	// how long: a conversation bears no more.
	tooLate    = 45 * time.Millisecond
	bearable   = 35 * time.Millisecond // what is left then
	soundWaits = 150 * time.Millisecond
	judgeEvery = 8 * time.Second // sound takes so long to follow

	// pictureWaits bounds what an early picture waits, whatever the reports say.
	pictureWaits = 400 * time.Millisecond
	// Blocks of sound come in bursts, pictures at their own pace: both are
	// smoothed over so many.
	heardOver = 32
	lagOver   = 16
	// staleAfter is how long what was heard last tells what is heard now.
	staleAfter = 500 * time.Millisecond
	// implausible is a lag that no call has: reports of clocks that are not one.
	implausible = 2 * time.Second
)

// wallClock maps RTP time to the sender's clock by its newest report.
type wallClock struct {
	rate  int64 // of RTP
	known bool
	rtp   uint32
	wall  time.Duration // since 1900, by NTP
}

func newLipSync() *lipSync {
	return &lipSync{base: time.Now(), video: wallClock{rate: videoClockRate}, audio: wallClock{rate: SampleRate}}
}

// begin forgets what was told of a track, for another one.
func (l *lipSync) begin(video bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.began, l.measured, l.extra = false, false, 0
	if video {
		l.video.known = false
	} else {
		l.audio.known = false
	}
}

// videoClockRate is the RTP clock of every video format (RFC 6184, RFC 7741).
const videoClockRate = 90000

// report takes a sender report of either track.
func (l *lipSync) report(r SenderReport) {
	l.mu.Lock()
	defer l.mu.Unlock()
	clock := &l.audio
	if r.Video {
		clock = &l.video
	}
	clock.known, clock.rtp, clock.wall = true, r.RTPTime, ntpTime(r.NTP)
}

// ntpTime is a time of 32 bits seconds and 32 bits fraction.
func ntpTime(ntp uint64) time.Duration {
	return time.Duration(ntp>>32)*time.Second + time.Duration((ntp&0xffffffff)*uint64(time.Second)>>32)
}

func (c *wallClock) at(rtp uint32) time.Duration {
	return c.wall + time.Duration(int64(int32(rtp-c.rtp))*int64(time.Second)/c.rate)
}

// played takes the RTP time of the sound that is given to the speaker now.
func (l *lipSync) played(rtp uint32, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.audio.known {
		return
	}
	heard := now.Sub(l.base) - l.audio.at(rtp)
	change := heard - l.heard
	if !l.began || now.Sub(l.lastHeard) > staleAfter || change > implausible || change < -implausible {
		l.heard, l.began = heard, true
	} else {
		l.heard += change / heardOver
	}
	l.lastHeard = now
}

// due says when to show a picture that could be shown now: at once, or a
// moment before its sound is heard.
func (l *lipSync) due(rtp uint32, now time.Time) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	late, ok := l.late(rtp, now)
	if !ok {
		return now
	}
	wait := min(max(-unnoticed-late, 0), pictureWaits)
	l.note(late+wait, now)
	return now.Add(wait)
}

// late is how much later than its sound a picture would be shown now.
func (l *lipSync) late(rtp uint32, now time.Time) (time.Duration, bool) {
	if !l.video.known || !l.began || now.Sub(l.lastHeard) > staleAfter {
		return 0, false
	}
	late := now.Sub(l.base) - l.heard - l.video.at(rtp)
	return late, late < implausible && late > -implausible
}

// note takes in how late a picture is shown, and has sound wait longer or less
// long for pictures.
func (l *lipSync) note(lag time.Duration, now time.Time) {
	if !l.measured {
		l.lag, l.measured, l.judged = lag, true, now
		return
	}
	l.lag += (lag - l.lag) / lagOver
	if now.Sub(l.judged) < judgeEvery {
		return
	}
	l.judged = now
	if l.lag > tooLate || l.extra > 0 && l.lag < 0 {
		l.extra = min(max(l.extra+l.lag-bearable, 0), soundWaits)
	}
}

// wait is how much longer sound is to wait for the pictures.
func (l *lipSync) wait() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.extra
}

// skew is how much later pictures are shown than their sound is heard.
func (l *lipSync) skew() (time.Duration, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lag, l.measured
}
