package main

import (
	"context"
	"time"
)

// program can hold a call between two hosts of the lab.
type program interface {
	name() string
	// start brings both ends to where the caller can dial. Files go to dir.
	start(ctx context.Context, l *lab, dir string) (conversation, error)
}

// conversation is a call of a program, used by one goroutine.
type conversation interface {
	dial() error
	// pids are the first processes of the caller and the callee.
	pids() [2]int
	// over is closed when an end has ended by itself.
	over() <-chan struct{}
	// hangUp ends the call and tells what it was like.
	hangUp() (*talk, error)
	// close ends what still runs; idempotent.
	close() error
}

// warm is the part of a call that counts as its beginning, not as its usual
// use of the CPU and the link.
const warm = 5 * time.Second

// hold plays a row once with a program:
//
//	lab up ──> both ends ready ──> dial ──> steps of the row ──> hang up ──> lab down
func hold(ctx context.Context, p program, r *row, labProgram, dir string) (t *talk, err error) {
	l, err := openLab(ctx, labProgram)
	if err != nil {
		return nil, err
	}
	defer func() { err = firstOf(err, l.Close()) }()
	if err := l.links(r.link); err != nil {
		return nil, err
	}
	c, err := p.start(ctx, l, dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = firstOf(err, c.close()) }()
	dialled := time.Now()
	if err := c.dial(); err != nil {
		return nil, err
	}
	use, steps, lost, err := play(ctx, l, c, r, dialled)
	if err != nil {
		return nil, err
	}
	if t, err = c.hangUp(); err != nil {
		return nil, err
	}
	if t.dialled.IsZero() {
		t.dialled = dialled
	}
	t.steps, t.lost = steps, lost
	if lost { // the rest of the time it should have been there
		t.ended = maxTime(t.ended, dialled.Add(r.length))
	}
	t.others = use.others
	for i := range t.ends {
		t.ends[i].busy, t.ends[i].sent = use.cpu[i], use.sent[i]
	}
	return t, nil
}

// play waits through the call, does the row's steps, and measures what each
// end uses from when the call is warm.
func play(ctx context.Context, l *lab, c conversation, r *row, dialled time.Time) (u usage, done []time.Time, lost bool, err error) {
	var begun gauge
	for _, st := range append([]step{{at: warm, kind: -1}}, append(r.steps, step{at: r.length, kind: -1})...) {
		select {
		case <-ctx.Done():
			return u, done, false, ctx.Err()
		case <-c.over():
			// What was to happen is noted where it would have been.
			lost = true
		case <-time.After(time.Until(dialled.Add(st.at))):
		}
		switch {
		case st.at == warm && st.kind < 0:
			begun, err = readGauge(l, c)
		case st.kind >= 0 && !lost:
			err = l.play(st, r, c.pids()[0])
		}
		if err != nil {
			return u, done, lost, err
		}
		if st.kind >= 0 {
			done = append(done, maxTime(time.Now(), dialled.Add(st.at)))
		}
	}
	if lost {
		return unknownUsage, done, lost, nil
	}
	now, err := readGauge(l, c)
	return now.since(begun), done, lost, err
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
