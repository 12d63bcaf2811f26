package render

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"

	"parley/editor"
	"parley/editor/render/aac"
)

// excerptsFile holds excerpts of the film's sound as it was mixed, to be set
// beside what can be heard in the film. It is kept in the cache with the sound.
const excerptsFile = "sound.mixed"

// excerptPairs is how long an excerpt is: a sixth of a second.
const excerptPairs = 8 * aac.FrameSamples

// excerpt is a short part of the film's sound.
type excerpt struct {
	At    int64 // its first sample in the film
	Pairs [2 * excerptPairs]int16
}

// How many places of each kind are listened to; of more, some all over the
// film are.
const (
	heardCuts    = 24 // where sounds of the timeline begin and end
	heardSeams   = 24 // where packets of unlike origin meet
	heardBetween = 16 // evenly, whatever is there
)

// listened are the first samples of the excerpts that are taken of a film, of
// what its timeline tells.
func listened(p *editor.Plan) []int64 {
	var cuts []int64
	for _, list := range [][]editor.Heard{p.Sounds, p.Music} {
		for _, h := range list {
			cuts = append(cuts, h.First, end(h))
		}
	}
	return excerptsAt(slices.Concat(thinned(sorted(cuts), heardCuts), evenly(p.Samples, heardBetween)), p.Samples)
}

// evenly are the middles of n equal parts.
func evenly(samples, n int64) []int64 {
	var all []int64
	for i := range n {
		all = append(all, samples*(2*i+1)/(2*n))
	}
	return all
}

// excerptsAt are excerpts around some samples, each once.
func excerptsAt(around []int64, samples int64) []int64 {
	var all []int64
	for _, at := range around {
		all = append(all, max(0, min(at-excerptPairs/2, samples-excerptPairs)))
	}
	return sorted(all)
}

func sorted(all []int64) []int64 { return slices.Compact(slices.Sorted(slices.Values(all))) }

// seams are the samples at which packets of unlike origin meet.
func seams(joined []aac.Take) []int64 {
	var all []int64
	for _, take := range joined[min(1, len(joined)):] {
		all = append(all, take.From*aac.FrameSamples)
	}
	return thinned(all, heardSeams)
}

// excerpts writes down what was mixed where the film is listened to, and
// around some samples more.
func (t *soundtrack) excerpts(ctx context.Context, more []int64) (err error) {
	f, err := os.OpenFile(t.work.path(excerptsFile), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return noRoom(err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	out := bufio.NewWriterSize(f, 1<<16)
	for _, at := range sorted(slices.Concat(listened(t.plan), excerptsAt(more, t.plan.Samples))) {
		e := excerpt{At: at}
		n := 0
		err := t.play(ctx, at, excerptPairs, func(pairs []float32) error {
			for _, v := range pairs {
				e.Pairs[n] = int16(max(-32768, min(32767, math.RoundToEven(float64(v)*32768))))
				n++
			}
			return nil
		})
		if err != nil {
			return err
		}
		if err := binary.Write(out, binary.LittleEndian, &e); err != nil {
			return noRoom(err)
		}
	}
	return noRoom(out.Flush())
}

// readExcerpts reads what was written down.
func readExcerpts(path string) ([]*excerpt, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	in := bufio.NewReaderSize(f, 1<<16)
	var all []*excerpt
	for {
		e := new(excerpt)
		switch err := binary.Read(in, binary.LittleEndian, e); {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, fmt.Errorf("what was mixed cannot be read: %w", err)
		}
		all = append(all, e)
	}
}

// pairs are the excerpt's samples, 1 being full scale.
func (e *excerpt) pairs() []float32 {
	all := make([]float32, len(e.Pairs))
	for i, v := range e.Pairs {
		all[i] = float32(v) / 32768
	}
	return all
}
