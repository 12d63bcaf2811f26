package render

import (
	"context"
	"fmt"
	"slices"

	"parley/editor"
	"parley/editor/ffmpeg"
	"parley/editor/render/aac"
	"parley/editor/render/mix"
)

// witnesses is how many sounds that may be copied are looked up in their
// sources; of more, some all over the film are.
const witnesses = 3

// offGrid is how far from its place a sound that is copied may be heard, in
// samples: half a packet, because its packets stand on the film's grid, and
// what its container rounds.
const offGrid = aac.FrameSamples/2 + aac.FrameSamples/8

// originalLooks listen to the film in the middle of sounds that may be copied,
// and beside it to what the timeline has there, which is found in the source
// anew. The mix cannot tell that packets were taken from a wrong place: it is
// made of the same.
func (j *job) originalLooks(path string) ([]look, error) {
	places := thinned(witnessed(j.plan), witnesses)
	if len(places) == 0 {
		return nil, nil
	}
	a, err := editor.Assemble(j.film.Timeline, j.lib, j.plan.Output, j.effects, j.open)
	if err != nil {
		return nil, err
	}
	var all []look
	for _, frame := range places {
		all = append(all, func(ctx context.Context) error { return j.checkOriginal(ctx, path, a, frame) })
	}
	return all, nil
}

// witnessed are frames of the film from which on, for the length of an excerpt,
// one sound that may be copied is heard as it is, and nothing else.
func witnessed(p *editor.Plan) []int64 {
	if p.Master.Loudness != 0 {
		return nil // nothing is copied
	}
	var all []int64
	for i, h := range p.Sounds {
		if h.Original == nil || h.Silent {
			continue
		}
		whole := [2]int64{h.First + opening(p.Sounds, i), end(h) - closing(p.Sounds, i)}
		for _, part := range without(whole, p.Music) {
			if part[1]-part[0] >= 4*excerptPairs {
				at := editor.Rational((part[0]+part[1]-excerptPairs)/2, int64(p.Output.SampleRate))
				all = append(all, at.FrameFloor(p.Output.Rate))
				break
			}
		}
	}
	return all
}

// checkOriginal compares the film's sound from a frame on with the timeline's.
func (j *job) checkOriginal(ctx context.Context, path string, a *editor.Assembly, frame int64) error {
	rate, begin := j.plan.Output.SampleRate, editor.Frames(frame, j.plan.Output.Rate)
	s, err := a.Sound(frame)
	if err != nil {
		return err
	}
	want, err := j.pairs(ctx, "listening to a source", append(slices.Clone(s.Args), "-t", "1"))
	if err != nil {
		return err
	}
	seek, skip := entered(begin.SamplesRound(rate), int64(rate))
	got, err := j.pairs(ctx, "listening to the film", append(seek, "-i", ffmpeg.InputArg(path), "-map", "0:a", "-af", heardFrom(rate, skip)))
	if err != nil {
		return err
	}
	if pair, fault := mix.Differs(got, want, rate, offGrid); fault != mix.Alike {
		at := begin.Add(editor.Rational(int64(pair), int64(rate)))
		return fmt.Errorf("at %.2f s its sound is not what the timeline has there: %s", at.Float(), fault)
	}
	return nil
}

// pairs are the samples of an excerpt that a run writes.
func (j *job) pairs(ctx context.Context, op string, args []string) ([]float32, error) {
	const second = 48000 * 8 // bytes, at the highest rate of a film
	data, err := j.tools.Output(ctx, ffmpeg.Command{Op: op, Dir: j.work.dir, Args: append(append(args, barePairs()...), "pipe:1")}, 2*second)
	return pairsOf(data), err
}
