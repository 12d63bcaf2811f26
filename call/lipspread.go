package call

import "time"

// lipSpread compares how old pictures are when they are shown with how old
// pips are when they are played.
type lipSpread struct {
	shown        time.Duration // age of the pictures of late, smoothed
	pictures     int
	pips         int // compared so far
	signed, size spread
}

// picture takes the age of a picture that is shown.
func (l *lipSpread) picture(age time.Duration) {
	if l.pictures++; l.pictures == 1 {
		l.shown = age
	}
	l.shown += (age - l.shown) / 8
}

// pip takes the age of the newest pip, of which there were so many.
func (l *lipSpread) pip(age time.Duration, n int) {
	if n == l.pips || l.pictures == 0 {
		return
	}
	l.pips = n
	skew := l.shown - age
	l.signed.add(skew)
	l.size.add(max(skew, -skew))
}

// summary is nil before the first pip.
func (l *lipSpread) summary() *Latency {
	signed, size := l.signed.percentiles(0.5), l.size.percentiles(0.95)
	if signed == nil {
		return nil
	}
	return &Latency{P50: signed[0], P95: size[0], Count: l.signed.n}
}
