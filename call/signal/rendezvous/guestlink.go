package rendezvous

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"sync"

	"parley/call"
	"parley/call/signal/rendezvous/seal"
)

// guestLink is a guest's side of a session: a connection of its own.
type guestLink struct {
	wire    wire
	host    string // of the rendezvous
	tls     bool
	slot    string
	space   string // of the slot; "": the server's own
	session string
	servers []call.Server
	share   string // the host's half of a spoken code's key
	box     *seal.Box
	code    bool // by a spoken code
	first   bool // the request said the first messages
	heard   bool // something opened; used by the goroutine that receives

	once sync.Once
	done chan struct{} // closed by Close
}

var _ call.Link = (*guestLink)(nil)

func newGuestLink(w wire, origin, slot string, joined call.Frame) *guestLink {
	return &guestLink{
		wire: w, host: hostOf(origin), tls: strings.HasPrefix(origin, "https:"),
		slot: slot, space: cmp.Or(call.SpaceOf(slot), joined.Space), session: joined.Session,
		servers: joined.Servers, share: joined.Body, done: make(chan struct{}),
	}
}

// goOn takes up what the request said.
func (g *guestLink) goOn(s *said) {
	if s != nil {
		g.box, g.first = s.box, true
	}
}

// SaidFirst satisfies call.FirstSayer.
func (g *guestLink) SaidFirst() bool { return g.first }

func (g *guestLink) Send(ctx context.Context, m call.Message) error {
	if g.isClosed() {
		return call.ErrLinkClosed
	}
	body, err := g.box.Seal(m)
	if err != nil {
		return err
	}
	return g.explain(g.wire.Write(ctx, call.Frame{Type: call.FrameType(m.Type), Session: g.session, Body: body}))
}

func (g *guestLink) Receive(ctx context.Context) (call.Message, error) {
	for {
		f, err := g.wire.Read(ctx)
		switch {
		case err != nil:
			return call.Message{}, g.explain(err)
		case f.Session != g.session: // such as that the server goes away: this connection is let live
		case f.Type == call.Left && g.code && !g.heard:
			return call.Message{}, fmt.Errorf("%w: %w", call.ErrLinkClosed, ErrCode)
		case f.Type == call.Left, f.Type == call.Failed:
			return call.Message{}, over(f.Reason)
		case f.Relayed():
			m, err := g.box.Open(f.Type, f.Body)
			if err != nil && g.code && !g.heard { // they came to another key
				return m, fmt.Errorf("%w: %w", call.ErrLinkClosed, ErrCode)
			}
			g.heard = true
			return m, err
		}
	}
}

// explain gives the errors of call.Link to those of the wire.
func (g *guestLink) explain(err error) error {
	if err != nil && g.isClosed() {
		return call.ErrLinkClosed
	}
	return err
}

// over is why a session ended that the server ended: the other side let go of
// it, or something between the two is broken and may be mended.
func over(reason call.FrameReason) error {
	if reason == call.Silent || reason == call.GoingAway {
		return errors.New("the other side's connection to the rendezvous was lost")
	}
	return call.ErrLinkClosed
}

func (g *guestLink) isClosed() bool {
	select {
	case <-g.done:
		return true
	default:
		return false
	}
}

// Remote satisfies call.Link: what was dialled is not the other side.
func (g *guestLink) Remote() netip.AddrPort { return netip.AddrPort{} }

func (g *guestLink) From() string           { return g.host + "/c/" + g.slot }
func (g *guestLink) Servers() []call.Server { return g.servers }

// Way satisfies call.WayTeller.
func (g *guestLink) Way() call.Way { return wayOf(g.code) }

func wayOf(code bool) call.Way {
	if code {
		return call.ByCode
	}
	return call.ByLink
}

// Back satisfies call.Link: the place to meet again, for the link or code that
// was dialled may be good for one call alone. The host opens it once it answers.
func (g *guestLink) Back(int) string {
	claim, secret, err := g.box.Again()
	if err != nil {
		return ""
	}
	i := call.Invitation{TLS: g.tls, Host: g.host, Slot: call.SlotOf(g.space, claim), Secret: secret}
	return i.String()
}

// Close satisfies call.Link. The server tells the host.
func (g *guestLink) Close() error {
	var err error
	g.once.Do(func() {
		close(g.done)
		err = g.wire.Close()
	})
	return err
}
