package render

import (
	"context"
	"math"

	"parley/editor/render/aac"
	"parley/editor/render/mix"
)

// mastering is what is done to the mixed sound.
type mastering struct {
	ceiling float32 // 1 is full scale
	between bool    // the ceiling holds between the samples, too
}

// Bounds of the mastering. The encoder may go a little beyond what it was
// given: the ceiling leaves room for that below -1 dBTP.
const (
	peakCeiling = -2.0 // dBTP
	mostGain    = 30.0 // dB: what is quieter still is noise
	closeEnough = 0.1  // LU
	mostRounds  = 4
)

// master finds the gain that makes the film as loud as it is to be. The
// limiter takes away some of it, which is given back until little is missing.
func (t *soundtrack) master(ctx context.Context) error {
	t.level = mastering{ceiling: 1}
	target := t.plan.Master.Loudness
	if target == 0 {
		return nil
	}
	is, err := t.loudness(ctx)
	if err != nil || is <= mix.Silence {
		return err
	}
	t.level = mastering{ceiling: float32(math.Pow(10, peakCeiling/20)), between: true}
	for range mostRounds {
		t.film.Gain = min(mostGain, t.film.Gain+target-is)
		if is, err = t.loudness(ctx); err != nil {
			return err
		}
		if math.Abs(target-is) < closeEnough || t.film.Gain == mostGain {
			break
		}
	}
	return nil
}

// loudness is how loud the film is at present, in LUFS.
func (t *soundtrack) loudness(ctx context.Context) (float64, error) {
	meter := mix.NewMeter(t.plan.Output.SampleRate)
	err := t.play(ctx, 0, t.plan.Samples, func(pairs []float32) error {
		meter.Add(pairs)
		return nil
	})
	return meter.Loudness(), err
}

// block is how many pairs are mixed at once.
const block = 8 * aac.FrameSamples

// play hands on the mastered sound from a sample on, so many samples of it.
// What it hands on is valid until the next time. It may be begun anywhere: the
// limiter is given a run-up.
func (t *soundtrack) play(ctx context.Context, from, samples int64, hear func(pairs []float32) error) error {
	runUp := int64(t.plan.Output.SampleRate / 2)
	limiter := mix.NewLimiter(t.film, from-runUp, t.plan.Output.SampleRate, t.level.ceiling, t.level.between)
	if err := limiter.Next(make([]float32, 2*runUp)); err != nil {
		return err
	}
	pairs := make([]float32, 2*block)
	for samples > 0 {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		now := pairs[:2*min(block, samples)]
		if err := limiter.Next(now); err != nil {
			return err
		}
		if err := hear(now); err != nil {
			return err
		}
		samples -= int64(len(now) / 2)
	}
	return nil
}
