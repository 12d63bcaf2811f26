package wire

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"parley/editor"
	"parley/editor/render/mix"
)

// ducking finds out how far music gives way to what is said in the film that
// is being edited, as the render does, in a goroutine that it owns. What was
// heard is kept span by span, so that an edit has only that listened to again
// which it has changed.
//
//	follow(film) ── same speech ──> nothing
//	      └──────── other ──> unduck ── wait ── listen, span by span ──> duck
type ducking struct {
	open   func(context.Context, editor.Step) (io.ReadCloser, error)
	duck   func(editor.Curve)
	unduck func(why error)

	last   sync.Mutex // held by the run that is at work
	key    string     // of what the curve in use was worked out from
	known  map[string]*mix.Ear
	cancel context.CancelFunc // of the newest run; only follow and close use it
	done   sync.WaitGroup
}

// editing is how long a film has to stay as it is before it is listened to.
const editing = 300 * time.Millisecond

// follow has the curve be that of a film, nil for none. It does not wait.
func (d *ducking) follow(film *editor.Assembly) {
	d.giveUp()
	ctx, cancel := context.WithCancel(context.Background())
	d.cancel = cancel
	d.done.Go(func() {
		d.last.Lock()
		defer d.last.Unlock()
		if ctx.Err() != nil {
			return
		}
		if film == nil || len(film.Ducked()) == 0 {
			d.key = ""
			d.duck(editor.Curve{})
			return
		}
		d.work(ctx, film)
	})
}

// giveUp gives up the newest run without waiting for it.
func (d *ducking) giveUp() {
	if d.cancel != nil {
		d.cancel()
	}
}

// close gives up what is going on and waits for it.
func (d *ducking) close() {
	d.giveUp()
	d.done.Wait()
}

// spoken is a span of the film to which music above or near it listens.
type spoken struct {
	first int64 // sample
	step  editor.Step
	key   string // of all that what is heard in it depends on
}

func (d *ducking) work(ctx context.Context, film *editor.Assembly) {
	spans, err := spokenIn(film)
	if err != nil {
		d.key = ""
		d.unduck(err)
		return
	}
	key := fmt.Sprint(film.Ducked())
	for _, s := range spans {
		key += fmt.Sprint("\x01", s.first, s.key)
	}
	if key == d.key {
		return
	}
	d.key = ""
	d.unduck(nil)
	curve, err := d.listen(ctx, film, spans)
	switch {
	case ctx.Err() != nil: // another film follows
	case err != nil:
		d.unduck(err)
	default:
		d.key = key
		d.duck(curve)
	}
}

// spokenIn are the spans that matter to the music of a film.
func spokenIn(film *editor.Assembly) ([]spoken, error) {
	var all []spoken
	ducked, rate := film.Ducked(), film.Output.SampleRate
	sample := func(frame int64) int64 { return editor.Frames(frame, film.Output.Rate).SamplesRound(rate) }
	for frame := int64(0); frame < film.Frames(); {
		first, last, _ := film.Span(frame)
		frame = last
		from, to := sample(first), sample(last)
		if !slices.ContainsFunc(ducked, func(s [2]int64) bool { return from < s[1]+int64(rate) && to > s[0]-int64(rate) }) {
			continue
		}
		step, err := film.Speech(first)
		if err != nil {
			return nil, err
		}
		key := fmt.Sprintf("%d/%d\x00%s", mix.Phase(from, rate), rate, strings.Join(step.Args, "\x00"))
		for _, name := range slices.Sorted(maps.Keys(step.Files)) {
			key += "\x00" + name + "\x00" + step.Files[name]
		}
		all = append(all, spoken{from, step, key})
	}
	return all, nil
}

// listen hears the spans that are not known and works out the curve.
func (d *ducking) listen(ctx context.Context, film *editor.Assembly, spans []spoken) (editor.Curve, error) {
	ears, known, rate := make([]*mix.Ear, 0, len(spans)), map[string]*mix.Ear{}, film.Output.SampleRate
	waited := false
	for _, s := range spans {
		ear := d.known[s.key]
		if ear == nil {
			if !waited && !wait(ctx, editing) {
				return editor.Curve{}, ctx.Err()
			}
			waited = true
			var err error
			if ear, err = d.hear(ctx, s, rate); err != nil {
				return editor.Curve{}, err
			}
			if d.known == nil {
				d.known = map[string]*mix.Ear{}
			}
			d.known[s.key] = ear // though this run may be given up
		}
		known[s.key] = ear
		ears = append(ears, ear.From(s.first))
	}
	d.known = known
	return mix.Listened(ears, film.Ducked(), rate), nil
}

// wait waits, and tells whether the time has passed.
func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// hear listens to one span.
func (d *ducking) hear(ctx context.Context, s spoken, rate int) (_ *mix.Ear, err error) {
	step := s.step
	step.Args = slices.Concat(step.Args, []string{"-f", "f32le", "-c:a", "pcm_f32le", "-ac", "2", "pipe:1"})
	out, err := d.open(ctx, step)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	ear, raw, pairs := mix.NewEar(s.first, rate), make([]byte, 8*4800), make([]float32, 2*4800)
	for left := s.step.Samples; left > 0; {
		n := min(left, 4800)
		if _, err := io.ReadFull(out, raw[:8*n]); err != nil {
			return nil, fmt.Errorf("the preview cannot listen to %s: %w", s.step.Clip, err)
		}
		if _, err := binary.Decode(raw[:8*n], binary.LittleEndian, pairs[:2*n]); err != nil {
			return nil, err
		}
		ear.Add(pairs[:2*n])
		left -= n
	}
	return ear, nil
}
