package call

import "time"

// cadence thins a stream of pictures to a rate, as evenly as the pictures
// come.
type cadence struct {
	fps float64
	due time.Time
}

// cadenceSlack lets a picture through that comes a little before its time.
const cadenceSlack = 8 * time.Millisecond

// passes says whether a picture of that time is one of fps a second; fps of 0
// lets all through.
func (c *cadence) passes(at time.Time, fps float64) bool {
	if fps <= 0 {
		c.fps = 0
		return true
	}
	interval := time.Duration(float64(time.Second) / fps)
	if c.fps != fps || at.Sub(c.due) > interval || c.due.Sub(at) > 2*interval { // anew, also after a pause and where a clock was set
		c.fps, c.due = fps, at.Add(interval)
		return true
	}
	if at.Before(c.due.Add(-cadenceSlack)) {
		return false
	}
	c.due = c.due.Add(interval)
	return true
}
