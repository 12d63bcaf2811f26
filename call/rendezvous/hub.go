package rendezvous

import (
	"crypto/rand"
	"log/slog"
	"sync"
	"time"

	"parley/call"
)

// hub knows the slots that hosts keep open at this server, and the sessions
// that have a side here. Under its lock nothing waits; what is said to other
// servers is said once it is free.
type hub struct {
	node   string
	config Config
	bus    Bus
	log    *slog.Logger
	now    func() time.Time
	figure *figures

	mu       sync.Mutex
	away     bool
	awayDone []chan struct{} // closed when nobody is left
	peers    map[*peer]bool
	slots    map[string]*slot
	numbers  int // of the slots, those with a number
	stays    map[string]*stay
	visits   map[string]*visit
	topics   map[string]*topic
	gone     *gone
	ledger   *ledger
	nodes    map[string]time.Time             // when other servers were heard of
	draw     func(taken, patience int) string // a number
}

// topic is a slot that this server has to do with.
type topic struct {
	visits map[*visit]bool
	stop   func()
}

func newHub(c Config, f *figures) *hub {
	return &hub{
		node: rand.Text(), config: c, bus: c.Bus, log: c.Log, now: time.Now, figure: f,
		peers: map[*peer]bool{}, slots: map[string]*slot{}, stays: map[string]*stay{}, visits: map[string]*visit{},
		topics: map[string]*topic{}, gone: newGone(), ledger: newLedger(c.Limits), nodes: map[string]time.Time{}, draw: drawNumber,
	}
}

// turn is one pass under the lock, and what it has to say to other servers.
type turn struct {
	*hub
	posts []post
	then  []func(*turn) // once the posts are delivered, each in a turn of its own
	at    time.Time
}

// do runs f under the lock and then delivers what it posted.
func (h *hub) do(f func(*turn)) {
	t := &turn{hub: h, at: h.now()}
	h.mu.Lock()
	f(t)
	h.mu.Unlock()
	for _, p := range t.posts {
		h.deliver(p)
	}
	for _, f := range t.then {
		h.do(f)
	}
}

// answered runs f once whoever was asked in this turn has had time to answer.
func (t *turn) answered(f func(*turn)) *time.Timer {
	h := t.hub
	if wait := h.bus.Delay(); wait > 0 {
		return time.AfterFunc(wait, func() { h.do(f) })
	}
	t.then = append(t.then, f)
	return nil
}

func (h *hub) deliver(p post) {
	p.note.Node = h.node
	if p.node == h.node {
		h.take(p.note)
		return
	}
	topic := p.topic
	if p.node != "" {
		topic = nodeTopic(p.node)
	} else {
		h.take(p.note) // even where the others are not reached
	}
	data, err := encodeNote(p.note)
	if err == nil {
		err = h.bus.Publish(topic, data)
	}
	if err != nil {
		h.figure.trouble()
		h.log.Warn("the other servers were not told", "kind", p.note.Kind, "err", err)
	}
}

func (t *turn) tell(node string, n note) { t.posts = append(t.posts, post{node: node, note: n}) }
func (t *turn) announce(slot string, n note) {
	t.posts = append(t.posts, post{topic: slotTopic(slot), note: n})
}

// spend remembers, here and at the other servers, that nobody comes in by a slot
// any more.
func (t *turn) spend(slot string) {
	t.gone.add(slot, t.at)
	if t.bus.Delay() > 0 {
		t.posts = append(t.posts, post{topic: everybody, note: note{Kind: spends, Slot: slot}})
	}
}

// reserve counts a new connection in; the reason where there is no room for it.
func (h *hub) reserve(address string) (reason call.FrameReason) {
	h.do(func(t *turn) {
		switch {
		case h.away:
			reason = call.GoingAway
		case !h.ledger.connect(address, t.at):
			reason = call.TooMany
		}
	})
	return reason
}

// abandon gives a reservation back.
func (h *hub) abandon(address string) { h.do(func(t *turn) { h.ledger.disconnect(address, t.at) }) }

// connect takes a connection that was reserved.
func (h *hub) connect(p *peer) {
	h.do(func(t *turn) {
		h.peers[p] = true
		if h.away {
			t.sendAway(p)
		}
	})
}

// disconnect ends all that hung on a connection.
func (h *hub) disconnect(p *peer) {
	h.do(func(t *turn) {
		if p.left || !h.peers[p] {
			return
		}
		p.left = true
		delete(h.peers, p)
		for _, s := range p.stays {
			t.endStay(s, p.why)
		}
		for _, s := range p.slots {
			t.close(s, "")
		}
		if p.visit != nil {
			t.endVisit(p.visit, p.why)
		}
		if p.space != nil {
			h.ledger.space(p.space.Name).connections--
		}
		h.ledger.disconnect(p.address, t.at)
		t.checkAway()
	})
}

// frame does what a connection asks for. It returns false where the connection
// broke the protocol and is to be ended.
func (h *hub) frame(p *peer, f call.Frame) (ok bool) {
	h.do(func(t *turn) { ok = t.frame(p, f) })
	return ok
}

// joinSaying is frame for a guest that has something to say at once.
func (h *hub) joinSaying(p *peer, f call.Frame, first []call.Frame) (ok bool) {
	h.do(func(t *turn) {
		if ok = t.frame(p, f); ok && p.visit != nil {
			p.visit.first = first
		}
	})
	return ok
}

func (t *turn) frame(p *peer, f call.Frame) bool {
	switch {
	case p.left:
	case f.Relayed():
		t.relay(p, f)
	case f.Type == call.OpenSlot && p.visit == nil:
		t.open(p, f)
	case f.Type == call.CloseSlot && p.slots[f.Slot] != nil:
		t.close(p.slots[f.Slot], "")
	case f.Type == call.CloseSlot: // used up in the same moment
	case f.Type == call.Share:
		t.share(p, f)
	case f.Type == call.Join && p.visit == nil && len(p.slots) == 0:
		t.join(p, f)
	case f.Type == call.Leave:
		t.leave(p, f)
	default:
		p.fail(f, call.BadFrame)
		return false
	}
	return true
}

// topic subscribes to a slot.
func (t *turn) topic(name string) (*topic, error) {
	if have := t.topics[name]; have != nil {
		return have, nil
	}
	stop, err := t.bus.Subscribe(slotTopic(name), t.heard)
	if err != nil {
		return nil, err
	}
	t.topics[name] = &topic{visits: map[*visit]bool{}, stop: stop}
	return t.topics[name], nil
}

// release drops the subscription where nothing hangs on it.
func (t *turn) release(name string) {
	if have := t.topics[name]; have != nil && len(have.visits) == 0 && t.slots[name] == nil {
		have.stop()
		delete(t.topics, name)
	}
}

// heard takes what came through the bus.
func (h *hub) heard(data []byte) {
	n, err := decodeNote(data)
	if err != nil {
		h.log.Warn("another server said what is not understood", "err", err)
		return
	}
	if n.Node != h.node {
		h.take(n)
	}
}

func (h *hub) take(n note) { h.do(func(t *turn) { t.take(n) }) }

func (t *turn) take(n note) {
	if n.Node != t.node {
		t.nodes[n.Node] = t.at
	}
	switch n.Kind {
	case knocks:
		t.knocked(n)
	case welcomes:
		t.welcomed(n)
	case refuses:
		t.refused(n)
	case relays:
		t.relayed(n)
	case leaves:
		t.otherLeft(n)
	case opens:
		t.openedElsewhere(n)
	case claims:
		t.claimed(n)
	case holds:
		t.held(n)
	case spends:
		t.gone.add(n.Slot, t.at)
	case ends:
		t.lose(n.Node)
	case beats:
	}
}
