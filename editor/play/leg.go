package play

import (
	"context"
	"io"
	"sync/atomic"
	"time"

	"parley/editor"
)

// leg is one run that decodes a part of the film, and the goroutine that takes
// what it writes.
type leg struct {
	first, last int64 // frames, or samples; last excluded
	place       place // of first
	frame       int64 // that first belongs to, where it is a sample
	urgent      bool  // the first picture is waited for
	limited     bool  // it fills a gap
	counted     bool  // took was noted
	begun       time.Time

	ctx    context.Context
	cancel context.CancelFunc
	next   atomic.Int64 // frame or sample that comes next
	took   atomic.Int64 // until the first came, in nanoseconds; 0: it has not
	ended  atomic.Bool
	err    error // why it ended before last; valid once ended
}

func newLeg(parent context.Context, first, last int64, at place, now time.Time) *leg {
	l := &leg{first: first, last: last, place: at, begun: now}
	l.ctx, l.cancel = context.WithCancel(parent)
	l.next.Store(first)
	return l
}

// opening says whether nothing has come yet.
func (l *leg) opening() bool { return !l.ended.Load() && l.took.Load() == 0 }

// came notes that all before next is there.
func (l *leg) came(next int64) {
	if l.took.Load() == 0 {
		l.took.Store(int64(max(1, time.Since(l.begun))))
	}
	l.next.Store(next)
}

// end notes why the leg ends; that it was told to is no reason.
func (l *leg) end(err error) {
	if l.ctx.Err() == nil && err != nil {
		l.err = err
	}
	l.cancel()
	l.ended.Store(true)
}

// pictures puts frames onto the shelf.
func (l *leg) pictures(d Decoder, s editor.Step, onto *shelf) error {
	defer context.AfterFunc(l.ctx, onto.wake)()
	out, err := d.Open(l.ctx, writing(s, rawPictures))
	if err != nil {
		return err
	}
	for frame := l.first; frame < l.last; frame++ {
		p, late := onto.claim(l.ctx, frame, l.urgent && frame == l.first)
		if p == nil {
			return out.Close()
		}
		if _, err := io.ReadFull(out, p.Pix); err != nil {
			onto.give(p)
			return l.fellShort(out, s, err)
		}
		if late {
			onto.give(p)
		} else {
			p.place = place{l.place.span, l.place.at + frame - l.first}
			onto.put(l.ctx, frame, p)
		}
		l.came(frame + 1)
	}
	return out.Close()
}
