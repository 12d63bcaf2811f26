package record

import "time"

// rtpLine maps one track's RTP time stamps to time on the recording's clock:
// elapsed = media + offset, where media is RTP time since the line's origin.
// The offset changes slowly, so time stamps keep the even spacing of their
// capture however the packets arrive.
type rtpLine struct {
	rate  int64   // RTP clock, Hz
	quick float64 // how far a second may be stretched while the line settles

	number  int    // of the origin, from 1; 0: none yet
	last    uint32 // RTP time stamp seen last
	ticks   int64  // since the origin, unwrapped, at last
	arrival envelope
	offset  time.Duration
	placed  bool          // something was, so the offset may only change slowly
	newest  time.Duration // greatest media time so far
	seen    time.Duration // elapsed time of the last arrival

	reports int           // sender reports since the origin
	sender  time.Duration // sender's clock minus media time, averaged
	early   *senderTime   // a report that came before the first packet
}

// senderTime is one sender report, on the clock that both tracks share.
type senderTime struct {
	rtp uint32
	ntp time.Duration
}

// How the line is bent and when it breaks.
const (
	settling  = 3 * time.Second // after an origin, quick changes are made
	slowSlew  = 0.01            // afterwards: 10 ms a second
	stepOver  = time.Second     // an error over this is not slewed away
	breakOver = 3 * time.Second // RTP time and arrival so far apart: another stream
	averaged  = 8               // sender reports
)

// arrive notes a packet and returns its media time, and whether the line has
// a new origin.
func (l *rtpLine) arrive(rtp uint32, at time.Duration) (media time.Duration, origin bool) {
	if l.number > 0 {
		l.ticks += int64(int32(rtp - l.last))
		l.last = rtp
		apart := at - l.media() - l.arrival.least()
		origin = apart > breakOver || apart < -breakOver
	}
	if l.number == 0 || origin {
		l.restart(rtp)
		origin = true
	}
	l.seen = at
	l.arrival.add(at, at-l.media())
	return l.media(), origin
}

// restart makes rtp the line's origin.
func (l *rtpLine) restart(rtp uint32) {
	early := l.early
	*l = rtpLine{rate: l.rate, quick: l.quick, number: l.number + 1, last: rtp}
	if early != nil {
		l.report(*early)
	}
}

// media is the media time of the RTP time stamp seen last.
func (l *rtpLine) media() time.Duration { return l.span(l.ticks) }

func (l *rtpLine) span(ticks int64) time.Duration {
	s, rest := ticks/l.rate, ticks%l.rate
	return time.Duration(s)*time.Second + time.Duration(rest*int64(time.Second)/l.rate)
}

// report takes a sender report. Single ones jitter by the sender's scheduling,
// so their relation to the media is averaged; the average follows a drift
// between the sender's two clocks.
func (l *rtpLine) report(r senderTime) {
	if l.number == 0 {
		l.early = &r
		return
	}
	is := r.ntp - l.span(l.ticks+int64(int32(r.rtp-l.last)))
	if d := is - l.sender; l.reports == 0 || d > breakOver || d < -breakOver {
		l.sender, l.reports = is, 1
		return
	}
	l.reports = min(l.reports+1, averaged)
	l.sender += (is - l.sender) / time.Duration(l.reports)
}

// place bends the line towards the wanted offset and returns the elapsed time
// of the media time given.
func (l *rtpLine) place(media, want time.Duration) time.Duration {
	if !l.placed {
		l.placed, l.offset, l.newest = true, want, media
	}
	if step := media - l.newest; step > 0 {
		l.newest = media
		share := slowSlew
		if media < settling {
			share = l.quick
		}
		limit := time.Duration(float64(step) * share)
		off := want - l.offset
		if off > stepOver || off < -stepOver {
			limit = max(off, -off)
		}
		l.offset += min(max(off, -limit), limit)
	}
	return media + l.offset
}
