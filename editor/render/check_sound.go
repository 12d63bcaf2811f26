package render

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"

	"parley/editor"
	"parley/editor/ffmpeg"
	"parley/editor/render/mix"
)

// heardAtOnce is how many places of a film one run listens to.
const heardAtOnce = 16

// How far from its place a sound may be, in ten thousandths of a second: clocks
// of milliseconds round, and ffmpeg counts a WebM from its earliest packet on,
// which is what an Opus encoder puts before the sound. The pictures move along.
const (
	mayMove     = 6
	mayMoveWebM = 76
)

// checkHeard listens to the film wherever an excerpt of the mix was kept: where
// its sounds begin, end and meet, and in between. Each has to sound as it was
// mixed, but for what compressing it took.
func (j *job) checkHeard(ctx context.Context, path string) error {
	if !j.plan.Output.Format.Heard() {
		return nil
	}
	_, rate := j.plan.Output.Sounds()
	moved := mayMove
	if j.plan.Output.Format == editor.WebM {
		moved = mayMoveWebM
	}
	mixed, err := readExcerpts(j.work.path(excerptsFile))
	if err != nil {
		return err
	}
	for some := range slices.Chunk(mixed, heardAtOnce) {
		heard, err := j.listen(ctx, path, some)
		if err != nil {
			return err
		}
		for i, e := range some {
			if pair, fault := mix.Compare(heard[i], e.pairs(), rate, rate*moved/10000); fault != mix.Alike {
				at := float64(e.At+int64(pair)) / float64(rate)
				return fmt.Errorf("at %.2f s its sound is not what was mixed: %s", at, fault)
			}
		}
	}
	return nil
}

// listen decodes the film where the excerpts are.
func (j *job) listen(ctx context.Context, path string, at []*excerpt) (heard [][]float32, err error) {
	_, rate := j.plan.Output.Sounds()
	var inputs, outputs []string
	for i, e := range at {
		seek, skip := entered(e.At, int64(rate))
		inputs = append(append(inputs, seek...), "-i", ffmpeg.InputArg(path))
		outputs = append(append(outputs, "-map", fmt.Sprintf("%d:a", i), "-af", heardFrom(rate, skip)), append(barePairs(), heardName(i))...)
	}
	if err := j.tools.Run(ctx, ffmpeg.Command{Op: "listening to the film", Args: append(inputs, outputs...), Dir: j.work.dir}); err != nil {
		return nil, err
	}
	for i := range at {
		pairs, err := readPairs(j.work.path(heardName(i)))
		if err != nil {
			return nil, err
		}
		heard = append(heard, pairs)
	}
	return heard, nil
}

// heardFrom are the filters that take an excerpt out of a sound of which so many
// samples are skipped.
func heardFrom(rate int, skip int64) string {
	return fmt.Sprintf("aresample=%d:first_pts=0,aformat=sample_fmts=flt:channel_layouts=stereo,apad=whole_len=%d,atrim=start_sample=%d:end_sample=%d",
		rate, skip+excerptPairs, skip, skip+excerptPairs)
}

// barePairs are the arguments that write bare samples.
func barePairs() []string { return []string{"-c:a", "pcm_f32le", "-f", "f32le"} }

func heardName(i int) string { return fmt.Sprintf("heard%d.f32", i) }

// entered are the options with which a file is entered to hear it from a
// sample on, and how many samples come before that one then: a decoder wants a
// run-up.
func entered(sample, rate int64) (seek []string, skip int64) {
	if sample <= rate/2 {
		return nil, sample
	}
	from := editor.Rational((sample-rate/2)*1000/rate, 1000) // whole milliseconds
	return []string{"-ss", from.String()}, sample - from.SamplesRound(int(rate))
}

// readPairs reads bare samples, as many as an excerpt has, and frees their room.
func readPairs(name string) ([]float32, error) {
	data, err := os.ReadFile(name)
	if err = errors.Join(err, removeIfThere(name)); err != nil {
		return nil, err
	}
	return pairsOf(data), nil
}

// pairsOf are an excerpt's samples of bare ones; what is missing is silent.
func pairsOf(data []byte) []float32 {
	pairs := make([]float32, 2*excerptPairs)
	for i := range min(len(pairs), len(data)/4) {
		pairs[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return pairs
}
