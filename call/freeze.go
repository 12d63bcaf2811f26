package call

import "time"

// Freezes counts freezes as WebRTC's statistics define them
// (RTCInboundRtpStreamStats.freezeCount): a gap between two shown pictures
// longer than the greater of three mean gaps and the mean gap plus 150 ms,
// the mean being taken over the last 30 pictures.
type Freezes struct {
	Count int
	Total time.Duration

	last time.Time
	gaps [30]time.Duration
	n    int
	sum  time.Duration
}

// Shown notes that a picture was shown at t.
func (f *Freezes) Shown(t time.Time) {
	last := f.last
	f.last = t
	if last.IsZero() {
		return
	}
	gap := t.Sub(last)
	if known := min(f.n, len(f.gaps)); known >= 5 {
		mean := f.sum / time.Duration(known)
		if gap > max(3*mean, mean+150*time.Millisecond) {
			f.Count++
			f.Total += gap
		}
	}
	slot := &f.gaps[f.n%len(f.gaps)]
	f.sum += gap - *slot
	*slot = gap
	f.n++
}
