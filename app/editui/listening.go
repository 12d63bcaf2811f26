package editui

import (
	"context"
	"sync"

	"parley/editor"
)

// listening is the goroutine that listens to clips for a proposal, and watches
// them. All of it but the goroutine itself is used on Fyne's goroutine only.
type listening struct {
	cancel   context.CancelFunc // nil: nothing is going on
	settings ProposalSettings   // for which it is
	number   int                // of the present one: an older one has nothing to say any more
	all      sync.WaitGroup
}

// listen begins to listen to what a proposal still waits for, unless that is
// going on, and gives up what nobody waits for any more.
func (t *Tab) listen() {
	l, q := &t.listening, t.presenter.proposal()
	if !q.Waiting || l.settings.Dead && l.settings != q.Settings {
		l.stop()
	}
	if !q.Waiting || l.cancel != nil || t.closed {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	l.cancel, l.settings = cancel, q.Settings
	unheard, unseen, lib, number := t.presenter.Unheard(), t.presenter.Unseen(), t.presenter.Project().Library, l.number
	l.all.Go(func() {
		t.hear(ctx, unheard, lib, number)
		t.watch(ctx, unseen, lib)
		t.hop(func() {
			if t.listening.number == number {
				t.listening.stop()
				t.act(func(*Presenter) {}) // there may be more to do by now
			}
		})
	})
}

// stop gives up what is going on; close waits for that.
func (l *listening) stop() {
	if l.cancel != nil {
		l.cancel()
		l.cancel = nil
		l.number++
	}
}

func (l *listening) close() {
	l.stop()
	l.all.Wait()
}

// hear listens to clips, one after the other.
func (t *Tab) hear(ctx context.Context, clips []editor.Clip, lib editor.Library, number int) {
	progress := &latest[float64]{hop: t.hop, take: func(f float64) {
		if t.listening.number == number {
			t.act(func(p *Presenter) { p.Listening(f) })
		}
	}}
	var whole, before float64
	for _, c := range clips {
		whole += c.Out.Sub(c.In).Float()
	}
	for _, c := range clips {
		levels, err := listen(ctx, t.deps.Listener, c, lib[c.Source], func(s float64) { progress.put((before + s) / whole) })
		if ctx.Err() != nil {
			return
		}
		before += c.Out.Sub(c.In).Float()
		t.hop(func() { t.act(func(p *Presenter) { p.Heard(c, levels, err) }) })
	}
}

// watch looks where the pictures of clips stand still.
func (t *Tab) watch(ctx context.Context, unseen []Unseen, lib editor.Library) {
	for _, u := range unseen {
		dead, err := editor.DeadAir(ctx, t.deps.Watcher, u.Clip, lib[u.Clip.Source], u.Silences, u.Silence.Least)
		if ctx.Err() != nil {
			return
		}
		t.hop(func() { t.act(func(p *Presenter) { p.Seen(u, dead, err) }) })
	}
}
