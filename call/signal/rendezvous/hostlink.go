package rendezvous

import (
	"context"
	"fmt"
	"net/netip"
	"sync"

	"parley/call"
	"parley/call/signal/rendezvous/seal"
)

// hostLink is a host's side of a session: it shares a connection with others.
type hostLink struct {
	to      *attached
	door    *door
	session string
	servers []call.Server
	in      *inbox
	again   *door // held open for this link; guarded by the room's lock

	// box is nil until there is a key. The connection's reader sets it before
	// the link is handed over; others ask under mu.
	box *seal.Box

	mu   sync.Mutex
	told bool // what became of the guess

	once sync.Once
}

var _ call.Link = (*hostLink)(nil)

func (h *hostLink) Send(ctx context.Context, m call.Message) error {
	if err := h.in.ended(); err != nil {
		return err
	}
	body, err := h.box.Seal(m)
	if err != nil {
		return err
	}
	if m.Type == call.Answer {
		h.to.room.meetAgain(h)
	}
	return h.to.out.send(ctx, call.Frame{Type: call.FrameType(m.Type), Session: h.session, Body: body})
}

func (h *hostLink) Receive(ctx context.Context) (call.Message, error) {
	f, err := h.in.next(ctx)
	if err != nil {
		if ctx.Err() == nil {
			h.judge(false)
		}
		return call.Message{}, err
	}
	m, err := h.box.Open(f.Type, f.Body)
	h.judge(err == nil)
	return m, err
}

// judge says, the first time, whether who came by a code had the right one:
// what they say opens then.
func (h *hostLink) judge(right bool) {
	h.mu.Lock()
	first := !h.told
	h.told = true
	h.mu.Unlock()
	if first && h.door.code != nil {
		h.to.room.judged(h.door, right)
	}
}

// take is handed a frame by the connection's reader, and does not wait.
func (h *hostLink) take(f call.Frame) {
	if h.box == nil {
		h.agree(f)
		return
	}
	if !h.in.put(f) {
		h.finish(fmt.Errorf("%w: more than is taken at once", call.ErrMessage))
	}
}

// agree takes the guest's half of the exchange that a code leads to a key by.
func (h *hostLink) agree(f call.Frame) {
	box, err := h.door.agree(f, h.session, h.to.room.cfg.secret)
	if err != nil {
		h.to.room.log.Info("a guest with a code is turned away", "err", err)
		h.judge(false)
		_ = h.Close() // tells the guest
		return
	}
	h.mu.Lock()
	h.box = box
	h.mu.Unlock()
	h.to.room.handOver(h)
}

// finish is told that the session is over; what came before is still received.
func (h *hostLink) finish(err error) {
	h.in.finish(err)
	h.mu.Lock()
	agreed := h.box != nil
	h.mu.Unlock()
	if !agreed {
		h.judge(false) // nobody receives
	}
}

// Remote satisfies call.Link: nobody was dialled.
func (h *hostLink) Remote() netip.AddrPort { return netip.AddrPort{} }

// From names the door, which tells this program whom the link was made for.
func (h *hostLink) From() string           { return hostOf(h.to.room.cfg.Origin) + "/c/" + h.door.Slot }
func (h *hostLink) Back(int) string        { return "" }
func (h *hostLink) Way() call.Way          { return wayOf(h.door.code != nil) }
func (h *hostLink) Servers() []call.Server { return h.servers }

// Close satisfies call.Link. The guest is told once all before is written.
func (h *hostLink) Close() error {
	h.once.Do(func() {
		h.in.finish(call.ErrLinkClosed)
		h.judge(false)
		h.to.out.put(call.Frame{Type: call.Leave, Session: h.session})
		h.to.drop(h)
		h.to.room.parted(h)
	})
	return nil
}
