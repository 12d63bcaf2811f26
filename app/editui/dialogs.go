package editui

import (
	"context"
	"sync"
)

// dialogs asks for files in the desktop's own dialog, one at a time, in a
// goroutine that it owns.
type dialogs struct {
	choose Chooser
	hop    func(func())
	ctx    context.Context
	cancel context.CancelFunc
	done   sync.WaitGroup
	open   bool // only on Fyne's goroutine
}

func (d *dialogs) begin(c Chooser, hop func(func())) {
	d.choose, d.hop = c, hop
	d.ctx, d.cancel = context.WithCancel(context.Background())
}

// ask runs ask in the background and gives its answer to take, on Fyne's
// goroutine. It returns false where there is no dialog of the desktop; while
// one is open, nothing happens.
func (d *dialogs) ask(ask func(context.Context, Chooser) ([]string, error), take func([]string, error)) bool {
	if d.choose == nil {
		return false
	}
	if d.open {
		return true
	}
	d.open = true
	d.done.Go(func() {
		paths, err := ask(d.ctx, d.choose)
		d.hop(func() {
			d.open = false
			take(paths, err)
		})
	})
	return true
}

func (d *dialogs) close() {
	d.cancel()
	d.done.Wait()
}
