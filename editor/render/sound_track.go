package render

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"

	"parley/editor"
	"parley/editor/render/aac"
	"parley/editor/render/mix"
)

// soundtrack is the film's sound that is being made.
type soundtrack struct {
	*job
	copying
	film    *mix.Film
	level   mastering
	longest int64      // frames that are encoded at once
	opening sync.Mutex // guards files: originals are looked into side by side
	files   []io.Closer
}

// make makes the film's sound in the workshop, under its name there.
func (t *soundtrack) make(ctx context.Context) error {
	if err := t.survey(ctx); err != nil {
		return err
	}
	if err := t.prepare(ctx); err != nil {
		return err
	}
	if !t.plan.Output.Packed() {
		return errors.Join(t.compress(ctx), t.excerpts(ctx, nil))
	}
	return t.pack(ctx)
}

// prepare makes all that the mix is read from.
func (t *soundtrack) prepare(ctx context.Context) error {
	if err := t.decode(ctx); err != nil {
		return err
	}
	if err := t.mix(); err != nil {
		return err
	}
	return t.master(ctx)
}

// decode makes the samples of all that is heard and not copied, unless they
// are there.
func (t *soundtrack) decode(ctx context.Context) error {
	var steps []editor.Step
	var samples int64
	add := func(h editor.Heard) {
		samples += h.Samples
		if _, err := os.Stat(t.work.path(h.Name)); err != nil && !h.Silent {
			steps = append(steps, h.Step)
		}
	}
	for i, h := range t.plan.Sounds {
		if t.places[i] == nil {
			add(h)
		}
	}
	for _, h := range t.plan.Music {
		add(h)
	}
	return sideBySide(ctx, queue(steps), func(ctx context.Context, s editor.Step) error {
		if err := t.step(ctx, s); err != nil {
			return err
		}
		t.track.soundAdd(decodeShare * float64(s.Samples) / float64(samples))
		return nil
	})
}

// decodeShare is which part of making the sound decoding is.
const decodeShare = 0.4

// mix opens the film's sound.
func (t *soundtrack) mix() (err error) {
	var score mix.Score
	for _, h := range t.plan.Music {
		if h.Duck {
			score.Ducked = append(score.Ducked, t.part(h))
		} else {
			score.Steady = append(score.Steady, t.part(h))
		}
	}
	clips := make([]mix.Part, len(t.plan.Sounds))
	for i, h := range t.plan.Sounds {
		clips[i] = t.part(h)
		if p := t.places[i]; p != nil {
			clips[i].Open = t.opener(h, *p)
		}
		if i > 0 {
			cross(&clips[i-1], &clips[i])
		}
	}
	t.film, err = mix.NewFilm(clips, score, t.plan.Output.SampleRate)
	if err == nil {
		t.files = append(t.files, t.film)
	}
	return err
}

// part is where and how a sound is heard.
func (t *soundtrack) part(h editor.Heard) mix.Part {
	p := mix.Part{At: h.First, Length: h.Samples, Gain: h.Gain, FadeIn: h.FadeIn, FadeOut: h.FadeOut}
	if !h.Silent {
		p.Open = mix.WAV(t.work.path(h.Name), t.plan.Output.SampleRate)
	}
	return p
}

// cross has two sounds that overlap pass each other.
func cross(left, right *mix.Part) {
	if over := left.End() - right.At; over > 0 {
		left.CrossOut, right.CrossIn = over, over
	}
}

// close closes what is open, and frees the room that the samples took.
func (t *soundtrack) close() (err error) {
	for _, f := range t.files {
		err = errors.Join(err, f.Close())
	}
	for _, list := range [][]editor.Heard{t.plan.Sounds, t.plan.Music} {
		for _, h := range list {
			err = errors.Join(err, removeIfThere(t.work.path(h.Name)))
		}
	}
	return errors.Join(err, t.removeOriginals())
}

// frames is the film's length in frames of sound.
func (t *soundtrack) frames() int64 { return aac.Frames(t.plan.Samples) }
