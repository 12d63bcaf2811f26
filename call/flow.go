package call

import "time"

// flow bounds how many messages of a kind are taken in from the other side: so
// many at once, and so many a second. More wait, which in the end slows down
// who sends them. It belongs to one goroutine.
type flow struct {
	most, rate float64 // at once, and a second
	spent      float64 // of most
	at         time.Time
}

// flows are those of the channels; what is not listed is bounded by itself.
var flows = map[DataKind]flow{
	ChatData:  {most: 100, rate: 50},
	FilesData: {most: 200, rate: 100},
	StateData: {most: 20, rate: 20},
}

// wait returns when one more message may be taken in; false once over is
// closed, and more than there is room for have come.
func (f *flow) wait(over <-chan struct{}) bool {
	if f.rate == 0 {
		return true
	}
	now := time.Now()
	f.spent = max(0, f.spent-now.Sub(f.at).Seconds()*f.rate)
	f.at = now
	if f.spent+1 <= f.most {
		f.spent++
		return true
	}
	late := time.NewTimer(time.Duration((f.spent + 1 - f.most) / f.rate * float64(time.Second)))
	defer late.Stop()
	select {
	case <-over:
		return false
	case <-late.C:
		f.spent++
		return true
	}
}
