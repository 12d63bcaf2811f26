package codectest

import (
	"math"
	"math/rand/v2"

	"parley/call"
)

// packetSamples is what an audio encoder takes at once.
const packetSamples = call.PacketBlocks * call.BlockSamples

// Speech makes the given number of packets of a sound like a voice: syllables
// of a gliding tone rich in overtones, hisses between them. It is the same in
// every run.
func Speech(packets int) []int16 {
	rng := rand.New(rand.NewPCG(7, 11))
	pcm := make([]int16, packets*packetSamples)
	phase := 0.0
	for i := range pcm {
		t := float64(i) / call.SampleRate
		phase += 2 * math.Pi * (230 + 70*math.Sin(2*math.Pi*3*t)) / call.SampleRate
		syllable := math.Pow(math.Sin(math.Pi*4.1*t), 2)
		hiss := (1 - syllable) * 0.04 * (rng.Float64()*2 - 1)
		pcm[i] = int16(20000 * (syllable*voice(phase) + hiss))
	}
	return pcm
}

// voice is one moment of a tone with overtones that fall off as a throat's do.
func voice(phase float64) float64 {
	var v float64
	for k := 1.0; k <= 16; k++ {
		v += math.Sin(k*phase) / (k * 1.6)
	}
	return v * 0.5
}

// likeness is the correlation of two sounds, -1 to 1.
func likeness(a, b []int16) float64 {
	var ab, aa, bb float64
	for i := range min(len(a), len(b)) {
		x, y := float64(a[i]), float64(b[i])
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}

// bestLag is the delay of b behind a at which they are most alike.
func bestLag(a, b []int16, most int) (lag int, like float64) {
	for l := range most {
		if v := likeness(a, b[l:]); v > like {
			lag, like = l, v
		}
	}
	return lag, like
}

func loudness(pcm []int16) float64 {
	var sum float64
	for _, v := range pcm {
		sum += float64(v) * float64(v)
	}
	return math.Sqrt(sum / float64(len(pcm)))
}
