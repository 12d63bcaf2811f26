package lan

import (
	"context"
	"time"

	"github.com/pion/transport/v5/netchange"
)

// settling lets a change of the network be whole before it is looked at: an
// interface that comes up gets its addresses one by one.
const settling = 100 * time.Millisecond

// Changes hears of changes from the system; end ends that.
func (System) Changes() (wait func(context.Context) error, end func() error, err error) {
	d, err := netchange.NewDetector()
	if err != nil {
		return nil, nil, err
	}
	return func(ctx context.Context) error {
		_, err := d.Check(ctx)
		return err
	}, d.Close, nil
}

// changes are told by some networks; others are looked at now and then.
type changes interface {
	Changes() (wait func(context.Context) error, end func() error, err error)
}

// follow has run look whenever the network has changed. Its goroutine ends
// with n.ctx.
func (n *Neighbours) follow() {
	network, ok := n.cfg.Network.(changes)
	if !ok {
		return
	}
	wait, end, err := network.Changes()
	if err != nil {
		n.cfg.Log.Debug("changes of the network are only looked for now and then", "err", err)
		return
	}
	n.following.Go(func() {
		for wait(n.ctx) == nil {
			select {
			case <-time.After(settling):
			case <-n.ctx.Done():
			}
			n.looking()
		}
		if err := end(); err != nil {
			n.cfg.Log.Debug("no more watching the network", "err", err)
		}
	})
}

// looking has run look at the interfaces.
func (n *Neighbours) looking() {
	select {
	case n.moved <- struct{}{}:
	default: // it will
	}
}
