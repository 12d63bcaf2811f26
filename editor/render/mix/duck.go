package mix

import (
	"math"
	"slices"
)

// What ducking does: music goes down by duckDepth while somebody speaks. It is
// down when the first word begins, stays down between words, and comes up
// slowly.
const (
	hopsPerSecond = 100
	duckDepth     = 12.0 // dB
	duckFall      = 25   // hops that it takes to go down
	duckRise      = 90   // hops that it takes to come up
	duckHold      = 60   // hops for which it stays down after the last word
	shortestWord  = 5    // hops; what is shorter is a knock
)

// Bounds of the level above which sound counts as speech, in dB below full
// scale. Between them it lies as far below the loudest as speech goes.
const (
	speechRange   = 24.0
	quietestVoice = -58.0
	loudestFloor  = -34.0
)

// nothing is the level of silence, in dB.
const nothing = -200.0

// Duck is the gain of music, one value a hop, under a sound whose levels, one
// a hop, are given in dB below full scale.
func Duck(levels []float32) []float32 {
	gains := make([]float32, len(levels))
	for _, word := range words(levels) {
		for i := word[0]; i < min(word[1]+duckHold, len(levels)); i++ {
			gains[i] = -duckDepth
		}
	}
	for i := 1; i < len(gains); i++ {
		gains[i] = min(gains[i], gains[i-1]+duckDepth/duckRise)
	}
	for i := len(gains) - 2; i >= 0; i-- {
		gains[i] = min(gains[i], gains[i+1]+duckDepth/duckFall)
	}
	for i, db := range gains {
		gains[i] = float32(math.Pow(10, float64(db)/20))
	}
	return gains
}

// words are where the sound speaks, from a hop to before another.
func words(levels []float32) [][2]int {
	floor := float32(speechFloor(levels))
	var all [][2]int
	begun := -1
	for i := range len(levels) + 1 {
		loud := i < len(levels) && levels[i] > floor
		switch {
		case loud && begun < 0:
			begun = i
		case !loud && begun >= 0:
			if i-begun >= shortestWord {
				all = append(all, [2]int{begun, i})
			}
			begun = -1
		}
	}
	return all
}

// speechFloor is the level above which sound counts as speech.
func speechFloor(levels []float32) float64 {
	var heard []float32
	for _, l := range levels {
		if l > quietestVoice {
			heard = append(heard, l)
		}
	}
	if len(heard) == 0 {
		return quietestVoice
	}
	slices.Sort(heard)
	loud := float64(heard[len(heard)*95/100])
	return min(max(loud-speechRange, quietestVoice), loudestFloor)
}

// level is the power of some pairs in dB below full scale.
func level(pairs []float32) float32 {
	var sum float64
	for _, v := range pairs {
		sum += float64(v) * float64(v)
	}
	if sum == 0 {
		return nothing
	}
	return float32(10 * math.Log10(sum/float64(len(pairs))))
}
