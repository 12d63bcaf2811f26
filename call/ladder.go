package call

import "time"

// rung is one size of picture and the bit rates between which it looks best.
type rung struct {
	width, height int // pixels of a 16:9 picture; other shapes get the same area
	up            int // bit/s at which the next larger one is better
	down          int // bit/s below which the next smaller one is better
}

// The ladder from 1080p to 180p. Measured with OpenH264 on moving pictures, as
// SSIM of what is shown, enlarged, against a source of 720p: 360p is ahead of
// 720p up to 1.1 Mbit/s (0.937 to 0.921 at 0.9 Mbit/s) and behind from 1.3 on;
// 540p is never ahead of both, so there is no such rung. At a rung's lower rate
// at least 24 pictures a second are kept; the gap between up and the next
// rung's down keeps a rate that wavers from changing sizes.
var rungs = [...]rung{
	{320, 180, 200_000, 0},
	{480, 270, 420_000, 150_000},
	{640, 360, 1_250_000, 320_000},
	{1280, 720, 3_200_000, 1_050_000},
	{1920, 1080, 0, 2_600_000},
}

// mostRate is the bit/s beyond which nobody sees a gain in a picture of that
// many pixels: 2.2 Mbit/s for 720p (SSIM 0.972; a million more bring 0.979), 3.8
// for 1080p. More would be packets to lose, a longer queue when a path
// collapses, and CPU time.
func mostRate(pixels int) int { return 1_000_000 + pixels*4/3 }

// upAfter is how long a rate has to hold before the picture grows, which is
// sooner at the beginning; it shrinks at once, since a rate that is too small
// shows as dropped pictures.
const (
	upAfter      = 600 * time.Millisecond
	upAfterEarly = 250 * time.Millisecond
	early        = 4 * time.Second
)

// manner is how pictures are to be sent.
type manner struct {
	width, height int
	fps           float64 // at most; 0: all
	limit         Limit
}

// ladder chooses the size and the rate of the pictures for the bit rate that
// they may use.
type ladder struct {
	at      int
	slow    thinning
	began   time.Time
	wantsUp time.Time // since when a larger size is affordable; zero: it is not
}

// choose returns how to send pictures of width x height pixels at a rate in
// bit/s, effort steps below what that affords. It never enlarges, keeps the
// picture's shape, and gives even numbers.
func (l *ladder) choose(width, height, rate, effort int, now time.Time) manner {
	if l.began.IsZero() {
		l.began = now
		for l.at < len(rungs)-1 && rate >= rungs[l.at+1].down {
			l.at++
		}
	}
	l.shrink(rate)
	l.climb(rate, now)
	whole := wholeRung(width, height)
	at := min(l.at, max(whole-effort, 0))
	m := manner{fps: l.slow.choose(rate, at), limit: NoLimit}
	m.width, m.height = fit(width, height, rungs[at])
	switch {
	case at < min(l.at, whole):
		m.limit = ByCPU
	case at < whole, m.fps > 0:
		m.limit = ByNetwork
	}
	return m
}

// shrink goes down at once. Who has to goes down far enough: a rate that falls is
// seldom at its end, and a second key frame would come at the worst time.
func (l *ladder) shrink(rate int) {
	if rate >= rungs[l.at].down {
		return
	}
	for l.at > 0 && rate < rungs[l.at].down*5/4 {
		l.at--
		l.wantsUp = time.Time{}
	}
}

// wholeRung is the lowest rung that leaves a picture as it is.
func wholeRung(width, height int) int {
	for i, r := range rungs {
		if width*height <= r.width*r.height {
			return i
		}
	}
	return len(rungs) - 1
}

// climb goes up when the rate has been enough for long enough, as far as the
// rate carries.
func (l *ladder) climb(rate int, now time.Time) {
	if l.at == len(rungs)-1 || rate < rungs[l.at].up {
		l.wantsUp = time.Time{}
		return
	}
	if l.wantsUp.IsZero() {
		l.wantsUp = now
	}
	wait := upAfter
	if now.Sub(l.began) < early {
		wait = upAfterEarly
	}
	if now.Sub(l.wantsUp) < wait {
		return
	}
	l.wantsUp = time.Time{}
	for l.at < len(rungs)-1 && rate >= rungs[l.at].up {
		l.at++
	}
}

// fit scales a size down to a rung's area.
func fit(width, height int, r rung) (int, int) {
	area, most := width*height, r.width*r.height
	if area <= most {
		return width &^ 1, height &^ 1
	}
	// The largest of the simple fractions that fits: they scale sharply.
	for _, f := range [...]struct{ num, den int }{{3, 4}, {2, 3}, {1, 2}, {3, 8}, {1, 3}, {1, 4}, {3, 16}, {1, 6}, {1, 8}} {
		if w, h := width*f.num/f.den, height*f.num/f.den; w*h <= most+most/50 {
			return w &^ 1, h &^ 1
		}
	}
	return max(16, width/8&^1), max(16, height/8&^1)
}
