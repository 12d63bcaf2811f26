package editor

import (
	"context"
	"slices"
)

// Silence is what counts as silent.
type Silence struct {
	Floor float64 // dB below full scale, below which nothing is heard; 0: found from the sound
	Least Time    // how long it has to last, above 0
}

// Silences are the stretches of a clip in which none of its voices is heard.
// A clip in which nothing can be heard at all is silent from end to end.
func (c Clip) Silences(voices []Levels, s Silence) []Stretch {
	n := int(c.Out.Sub(c.In).FrameFloor(Ratio{LevelStep.Den(), LevelStep.Num()}))
	quiet := slices.Repeat([]bool{true}, max(n, 0))
	for _, v := range voices {
		floor := s.Floor
		if floor == 0 {
			floor = hearing(v.DB)
		}
		for i := range quiet {
			quiet[i] = quiet[i] && (i >= len(v.DB) || v.DB[i] < floor)
		}
	}
	return c.stretches(quiet, s.Least)
}

// stretches are where a list of one value a LevelStep is true for long enough.
func (c Clip) stretches(is []bool, least Time) []Stretch {
	var all []Stretch
	begun := -1
	at := func(i int) Time { return c.In.Add(Rational(int64(i)*LevelStep.Num(), LevelStep.Den())) }
	for i := range len(is) + 1 {
		now := i < len(is) && is[i]
		switch {
		case now && begun < 0:
			begun = i
		case !now && begun >= 0:
			s := Stretch{at(begun), at(i)}
			if i == len(is) {
				s.To = c.Out
			}
			if s.Length().Cmp(least) >= 0 {
				all = append(all, s)
			}
			begun = -1
		}
	}
	return all
}

// How far apart what is heard and what is not lie, in dB.
const (
	aboveNoise   = 8.0   // speech stands out of the noise of a room by more
	belowSpeech  = 32.0  // and is nowhere quieter than that below its loudest
	neverHeard   = -62.0 // whatever else is said of it
	alwaysHeard  = -30.0
	noisePercent = 10
	faintest     = -40.0 // what is always below
	liveliest    = 10.0  // and changes by less is no speech
)

// hearing is the level below which a voice counts as silent: as far above the
// noise as speech is, unless there is no pause to tell the noise by.
func hearing(db []float64) float64 {
	real := audible(db)
	if len(real) == 0 {
		return neverHeard
	}
	loud, low := real[len(real)*95/100], real[len(real)*noisePercent/100]
	if loud < faintest && loud-low < liveliest {
		return alwaysHeard // the noise of a room in which nobody speaks
	}
	floor := loud - belowSpeech
	if len(real)*100 >= len(db)*noisePercent { // else the noise is below all that is heard
		floor = max(floor, min(low+aboveNoise, loud-belowSpeech/2))
	}
	return min(max(floor, neverHeard), alwaysHeard)
}

// audible are the levels that are not nothing, sorted.
func audible(db []float64) []float64 {
	var real []float64
	for _, v := range db {
		if v > neverHeard {
			real = append(real, v)
		}
	}
	slices.Sort(real)
	return real
}

// loudest is how loud a voice is where it is loud.
func loudest(db []float64) float64 {
	real := audible(db)
	if len(real) == 0 {
		return neverHeard
	}
	return real[len(real)*95/100]
}

// DeadAir are the parts of silences, at least as long as least, in which the
// pictures show nothing either: all of them stand still or are black. A clip
// without a picture has none.
func DeadAir(ctx context.Context, w Watcher, c Clip, s Source, silences []Stretch, least Time) ([]Stretch, error) {
	views := c.views(s)
	if len(views) == 0 {
		return nil, nil
	}
	var all []Stretch
	for _, quiet := range silences {
		if quiet.Length().Cmp(least) < 0 {
			continue
		}
		dead := []Stretch{quiet}
		for _, v := range views {
			frozen, err := w.Frozen(ctx, v.media, v.stream.Index, v.origin.Add(quiet.From), v.origin.Add(quiet.To), least)
			if err != nil {
				return nil, err
			}
			for i := range frozen {
				frozen[i] = Stretch{frozen[i].From.Sub(v.origin), frozen[i].To.Sub(v.origin)}
			}
			dead = common(dead, frozen)
		}
		for _, d := range dead {
			if d.Length().Cmp(least) >= 0 {
				all = append(all, d)
			}
		}
	}
	return all, nil
}

// Merged are stretches in order, those that touch being one.
func Merged(all []Stretch) []Stretch {
	sorted := slices.SortedFunc(slices.Values(all), func(a, b Stretch) int { return a.From.Cmp(b.From) })
	var merged []Stretch
	for _, s := range sorted {
		if n := len(merged); n > 0 && s.From.Cmp(merged[n-1].To) <= 0 {
			merged[n-1].To = merged[n-1].To.Max(s.To)
			continue
		}
		merged = append(merged, s)
	}
	return merged
}

// common is what is in both lists.
func common(a, b []Stretch) []Stretch {
	var all []Stretch
	for _, x := range a {
		for _, y := range b {
			if s := (Stretch{x.From.Max(y.From), x.To.Min(y.To)}); s.Length().Cmp(Time{}) > 0 {
				all = append(all, s)
			}
		}
	}
	slices.SortFunc(all, func(x, y Stretch) int { return x.From.Cmp(y.From) })
	return all
}
