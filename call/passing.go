package call

// passing is which share of the pictures the network lets through of late. An
// encoder spends the rate on the pictures that it is given: of six a second it
// makes each five times as large as of thirty, each then holds up the network
// until the next five are left out, and so it would stay. So it is given the
// share of the rate that belongs to them.
type passing struct{ left float64 } // the share that is left out, smoothed

const (
	passingWeight = 1.0 / 8
	leastPassing  = 0.2
	fewLeft       = 0.15 // of the pictures left out, which are no trap yet
)

// note takes one picture's fate.
func (p *passing) note(ready bool) {
	p.left -= p.left * passingWeight
	if !ready {
		p.left += passingWeight
	}
}

// of is the part of a rate for the pictures that pass, in steps of a tenth, lest
// the encoder be told of every picture.
func (p *passing) of(rate int64) int64 {
	if p.left < fewLeft {
		return rate
	}
	return rate * int64(10*max(1-p.left, leastPassing)) / 10
}
