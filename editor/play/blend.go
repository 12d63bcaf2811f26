package play

import (
	"encoding/binary"

	"parley/editor"
)

// blend adds music to what lies over it, as far down as a curve has it, and
// keeps the sum below full scale as the film's mix does.
type blend struct {
	gain float32 // that keeps it there
	sum  [2 * block]float32
}

// ceiling is what the sum of two sounds stays below: what a run that adds them
// up itself keeps to, too.
const ceiling = 0.98 * 32768

// mix makes pairs of raw samples of four channels, the music's behind the
// others', that belong at a sample of the film.
func (b *blend) mix(pairs []int16, raw []byte, at int64, curve editor.Curve) {
	var peak float32
	for i := 0; i < len(pairs); i += 2 {
		g := curve.At(at + int64(i/2))
		for c := range 2 {
			v := sample(raw, 2*i+c) + g*sample(raw, 2*i+2+c)
			b.sum[i+c] = v
			peak = max(peak, v, -v)
		}
	}
	target := float32(1)
	if peak > ceiling {
		target = ceiling / peak
	}
	step := (target - b.gain) * 2 / float32(len(pairs))
	for i, v := range b.sum[:len(pairs)] {
		if i%2 == 0 {
			b.gain += step
		}
		pairs[i] = int16(max(-ceiling, min(ceiling, v*b.gain)))
	}
	b.gain = target
}

// sample is value n of raw sound.
func sample(raw []byte, n int) float32 { return float32(int16(binary.LittleEndian.Uint16(raw[2*n:]))) }
