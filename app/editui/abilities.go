package editui

import (
	"context"

	"parley/editor"
)

// Abilities is what the editor's tools can do on this computer, as far as that
// differs.
type Abilities struct {
	Steady error // why no picture can be steadied; nil: it can

	// Hardware are the encoders in hardware that were tried and work.
	Hardware []editor.Hardware
}

// Able takes what the tools can do.
func (p *Presenter) Able(a Abilities) { p.abilities = a }

// learn finds out once, in the background, what the tools can do: when there
// is a film for which they are looked for anyway.
func (t *Tab) learn() {
	if t.learnt || t.deps.Able == nil || t.presenter.line().Len() == 0 {
		return
	}
	t.learnt = true
	t.pool.picture(job{
		run: func(ctx context.Context) {
			able := t.deps.Able(ctx)
			t.hop(func() { t.act(func(p *Presenter) { p.Able(able) }) })
		},
		drop: func() { t.hop(func() { t.learnt = false }) }, // many pictures were asked for meanwhile
	})
}
