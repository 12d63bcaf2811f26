package editor

// Curve is how loud music is that is turned down while the film speaks: a
// factor every Hop samples of the film, and on a straight line between them.
// The zero Curve changes nothing.
type Curve struct {
	Gains []float32
	Hop   int64
}

// At is the factor at a sample of the film.
func (c Curve) At(sample int64) float32 {
	if sample < 0 || c.Hop == 0 {
		return 1
	}
	k := sample / c.Hop
	if k+1 >= int64(len(c.Gains)) {
		return 1
	}
	part := float32(sample%c.Hop) / float32(c.Hop)
	return c.Gains[k] + part*(c.Gains[k+1]-c.Gains[k])
}
