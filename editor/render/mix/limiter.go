package mix

// Limiter turns a sound down where it would go beyond a ceiling, softly: the
// gain begins to fall before the peak and comes back behind it. A sound that
// stays below comes out as it went in.
type Limiter struct {
	sound   Sound
	ceiling float32
	between bool // the waveform between samples counts too

	at    int64     // of the next pair to come out
	x     []float32 // pairs from position at-peakBefore on
	crest []float32 // the height between each pair of x and the next
	need  []float32 // the gain that each pair asks for, from position at on
	least window    // of need, over what lies ahead
	gain  float32   // with the release
	box   average   // which makes the fall soft
	back  float32   // share of the way back in each pair
}

// Times of the limiter.
const (
	lookAhead = 1.0 / 200 // seconds
	release   = 1.0 / 25  // seconds to come back by two thirds
)

// NewLimiter limits a sound from a position on to a ceiling, 1 being full
// scale; where between is set, the waveform between the samples stays below it
// too.
func NewLimiter(sound Sound, from int64, rate int, ceiling float32, between bool) *Limiter {
	ahead := int(float64(rate) * lookAhead)
	return &Limiter{
		sound: sound, ceiling: ceiling, between: between, at: from, gain: 1,
		least: window{length: ahead}, box: newAverage(ahead), back: float32(1 / (release * float64(rate))),
	}
}

// Next fills p with the pairs that follow.
func (l *Limiter) Next(p []float32) error {
	n := len(p) / 2
	if err := l.fetch(n); err != nil {
		return err
	}
	for i := range n {
		l.gain = min(l.least.at(i, l.need), l.gain+(1-l.gain)*l.back)
		if l.gain > 1-1e-4 {
			l.gain = 1
		}
		g := l.box.next(l.gain)
		k := 2 * (i + peakBefore)
		p[2*i], p[2*i+1] = g*l.x[k], g*l.x[k+1]
	}
	l.x = append(l.x[:0], l.x[2*n:]...)
	l.crest = append(l.crest[:0], l.crest[n:]...)
	l.need = append(l.need[:0], l.need[n:]...)
	l.least.forget(n)
	l.at += int64(n)
	return nil
}

// fetch reads on until the needs of n pairs and of what lies ahead of them are
// known.
func (l *Limiter) fetch(n int) error {
	wanted := n + l.least.length + 1
	pairs := wanted + peakBefore + peakAfter + 1
	if have := len(l.x) / 2; have < pairs {
		l.x = append(l.x, make([]float32, 2*(pairs-have))...)
		if err := l.sound.ReadSamples(l.x[2*have:], l.at-peakBefore+int64(have)); err != nil {
			return err
		}
	}
	l.measure()
	first := len(l.need) == 0
	for i := len(l.need); i < wanted; i++ {
		l.need = append(l.need, l.wish(i+peakBefore))
	}
	if first { // as if it had always been so loud
		l.box.fill(l.least.at(0, l.need))
	}
	return nil
}

// wish is the gain that pair k of x asks for: by its own height and that of
// the waveform on either side.
func (l *Limiter) wish(k int) float32 {
	height := higher(higher(0, l.x[2*k]), l.x[2*k+1])
	if l.between {
		height = max(height, l.crest[k-1], l.crest[k])
	}
	if height <= l.ceiling {
		return 1
	}
	return l.ceiling / height
}

// stretch is how many pairs are looked at together before crests are looked
// for among them.
const stretch = 32

// measure finds the crests behind the pairs of x for which all is known that
// they depend on. Where the pairs are low, so are the crests, and 0 stands
// for them.
func (l *Limiter) measure() {
	for len(l.crest) < peakBefore {
		l.crest = append(l.crest, 0)
	}
	if !l.between {
		l.crest = append(l.crest, make([]float32, max(0, len(l.x)/2-len(l.crest)))...)
		return
	}
	for {
		from := len(l.crest)
		to := min(from+stretch, len(l.x)/2-peakAfter)
		if from >= to {
			return
		}
		low := l.low(from-peakBefore, to+peakAfter)
		for k := from; k < to; k++ {
			if low {
				l.crest = append(l.crest, 0)
				continue
			}
			l.crest = append(l.crest, between(l.x[2*(k-peakBefore):2*(k-peakBefore+peakTaps)]))
		}
	}
}

// low says whether the waveform around pairs of x stays below the ceiling,
// however it goes between them.
func (l *Limiter) low(from, to int) bool {
	var most float32
	for _, v := range l.x[2*from : 2*to] {
		most = higher(most, v)
	}
	return most*steepest <= l.ceiling
}
