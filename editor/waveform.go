package editor

// PeakRate is how many peaks a waveform has a second.
const PeakRate = 100

// Peak is the lowest and the highest sample of a short time, -128 to 127.
type Peak struct{ Low, High int8 }

// with is the peak of two times together.
func (p Peak) with(q Peak) Peak { return Peak{min(p.Low, q.Low), max(p.High, q.High)} }

// Waveform is how loud a sound is over its time, for drawing at any scale.
// Its times are counted as a clip's In is. It is never changed; the zero
// Waveform is silence of no length.
type Waveform struct {
	levels [][]Peak // the first has PeakRate peaks a second, each next an eighth of that
}

// coarser is how many peaks of a level are one of the next.
const coarser = 8

// NewWaveform makes a waveform of peaks, which it owns from then on.
func NewWaveform(peaks []Peak) *Waveform {
	w := &Waveform{[][]Peak{peaks}}
	for len(peaks) > coarser {
		next := make([]Peak, 0, (len(peaks)+coarser-1)/coarser)
		for i, p := range peaks {
			if i%coarser == 0 {
				next = append(next, p)
			} else {
				next[len(next)-1] = next[len(next)-1].with(p)
			}
		}
		w.levels = append(w.levels, next)
		peaks = next
	}
	return w
}

// Peaks are the peaks of the waveform; they must not be changed.
func (w *Waveform) Peaks() []Peak {
	if len(w.levels) == 0 {
		return nil
	}
	return w.levels[0]
}

// Between is the peak of the time between two seconds; silence outside the
// sound. It looks at a few peaks only, however long the time is.
func (w *Waveform) Between(from, to float64) Peak {
	level, rate := 0, float64(PeakRate)
	for level+1 < len(w.levels) && (to-from)*rate > 2*coarser {
		level, rate = level+1, rate/coarser
	}
	if level >= len(w.levels) {
		return Peak{}
	}
	peaks := w.levels[level]
	first, last := int(from*rate), int(to*rate)
	if to*rate > float64(last) || last == first {
		last++
	}
	var all Peak
	for _, p := range peaks[max(0, min(first, len(peaks))):max(0, min(last, len(peaks)))] {
		all = all.with(p)
	}
	return all
}

// Together is several waveforms in one, as if they sounded at once.
func Together(all ...*Waveform) *Waveform {
	longest := 0
	for _, w := range all {
		longest = max(longest, len(w.Peaks()))
	}
	peaks := make([]Peak, longest)
	for _, w := range all {
		for i, p := range w.Peaks() {
			peaks[i] = peaks[i].with(p)
		}
	}
	return NewWaveform(peaks)
}
