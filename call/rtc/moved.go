package rtc

import (
	"context"
	"net/netip"
	"time"

	"github.com/pion/transport/v5"
	"github.com/pion/transport/v5/netchange"

	"parley/call"
)

// changes waits until this machine's interfaces or addresses change.
type changes func(ctx context.Context) error

// systemChanges hears of changes from the system; where it does not tell, it
// looks once a second. close ends that.
func systemChanges() (wait changes, end func() error, err error) {
	detector, err := netchange.NewDetector()
	if err != nil {
		return nil, nil, err
	}
	return func(ctx context.Context) error {
		_, err := detector.Check(ctx)
		return err
	}, detector.Close, nil
}

// settling lets a change be whole: a device that comes up gets its addresses
// one by one.
const settling = 50 * time.Millisecond

// follow watches this machine's network until Close.
func (p *Peer) follow(n transport.Net) {
	wait, end, err := systemChanges()
	if err != nil {
		p.log.Warn("changes of the network will be noticed by silence alone", "err", err)
		return
	}
	p.wait.Go(func() {
		p.watchMoves(p.ctx, n, wait)
		if err := end(); err != nil {
			p.log.Debug("no more watching the network", "err", err)
		}
	})
}

// watchMoves tells when the address that the path begins at is gone, until ctx
// ends. A path that still works is kept, whatever else comes or goes.
func (p *Peer) watchMoves(ctx context.Context, n transport.Net, wait changes) {
	gone := ""
	for {
		if err := wait(ctx); err != nil {
			if ctx.Err() == nil {
				p.log.Warn("changes of the network are not noticed any more", "err", err)
			}
			return
		}
		select {
		case <-time.After(settling):
		case <-ctx.Done():
			return
		}
		from, err := p.goneFrom(n)
		if err != nil {
			p.log.Debug("this machine's addresses are not known", "err", err)
			continue
		}
		if from != "" && from != gone {
			p.log.Info("the address of the call's path is gone", "address", from)
			p.notify(call.PeerEvent{Kind: call.PeerMoved})
		}
		gone = from
	}
}

// goneFrom is the address that the chosen path begins at where this machine
// does not have it any more, or "".
func (p *Peer) goneFrom(n transport.Net) (string, error) {
	if !p.wasConnected() { // pion's transport may not be asked before
		return "", nil
	}
	pair, err := p.selected()
	if err != nil || pair == nil {
		return "", nil // no path that could be gone
	}
	have, err := addresses(n)
	if err != nil {
		return "", err
	}
	from := pair.Local.Address
	if pair.Local.RelatedAddress != "" { // reflexive and relayed ones begin at their base
		from = pair.Local.RelatedAddress
	}
	if ip, err := netip.ParseAddr(from); err != nil || ip.IsUnspecified() || have[from] {
		return "", nil // a name or no address cannot be looked for
	}
	return from, nil
}
