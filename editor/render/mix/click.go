package mix

import "errors"

// clickFade is how long a sound fades at a cut that would click: 5 ms.
func clickFade(rate int) int64 { return int64(rate) / 200 }

// quieten finds the cuts at which a listener would hear a click and gives the
// parts on both sides a short fade. Nothing moves by it. A cut through a sound
// that goes on unchanged is left alone.
func quieten(parts []Part, rate int) error {
	n := clickFade(rate)
	silence := make([]float32, 2*n)
	left := silence
	for i := range parts {
		p := &parts[i]
		after := i > 0 && parts[i-1].End() == p.At
		if i > 0 && !after && parts[i-1].CrossOut == 0 {
			hush(&parts[i-1], nil, left, silence, n)
		}
		if !after {
			left = silence
		}
		head, tail, err := p.ends(n)
		if err != nil {
			return err
		}
		if p.CrossIn == 0 {
			var before *Part
			if after {
				before = &parts[i-1]
			}
			hush(before, p, left, head, n)
		}
		left = tail
	}
	if len(parts) > 0 && parts[len(parts)-1].CrossOut == 0 {
		hush(&parts[len(parts)-1], nil, left, silence, n)
	}
	return nil
}

// hush gives the parts before and after a cut, either of which may be nil, a
// fade of n pairs where the cut would click.
func hush(before, after *Part, left, right []float32, n int64) {
	if !clicks(left, right) {
		return
	}
	if before != nil {
		before.clickOut = min(n, before.Length)
	}
	if after != nil {
		after.clickIn = min(n, after.Length)
	}
}

// ends are the first and the last n pairs of a part as they are heard.
func (p *Part) ends(n int64) (head, tail []float32, err error) {
	head, tail = make([]float32, 2*n), make([]float32, 2*n)
	if p.Open == nil {
		return head, tail, nil
	}
	s, err := p.Open()
	if err != nil {
		return nil, nil, err
	}
	err = errors.Join(s.ReadSamples(head, 0), s.ReadSamples(tail, p.Length-n), s.Close())
	p.shape(head, 0)
	p.shape(tail, p.Length-n)
	return head, tail, err
}

// inaudible is a bend of the waveform that nobody hears, 72 dB below full
// scale.
const inaudible = 8.0 / 32768

// clicks says whether the waveform bends much more sharply at the cut between
// two sounds than it does near it: that is what is heard as a click. Its
// height alone tells too little, for a deep tone jumps within what a high one
// does all the time.
func clicks(left, right []float32) bool {
	for channel := range 2 {
		calm := max(bend(left, channel), bend(right, channel))
		n := len(left)
		cut := []float32{left[n-4+channel], 0, left[n-2+channel], 0, right[channel], 0, right[2+channel], 0}
		if bend(cut, 0) > 2*calm+inaudible {
			return true
		}
	}
	return false
}

// bend is the largest second difference of a channel.
func bend(pairs []float32, channel int) float32 {
	var most float32
	for i := channel + 4; i < len(pairs); i += 2 {
		d := pairs[i] - 2*pairs[i-2] + pairs[i-4]
		most = max(most, d, -d)
	}
	return most
}
