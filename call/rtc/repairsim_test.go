package rtc

import (
	"container/heap"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/pion/rtp"

	"parley/call"
)

// thinLink is one picture over one link, both directions alike, with the real
// repair and assembler at the receiver and a model of all else, in steps of a
// millisecond.
type thinLink struct {
	rate   float64       // bit/s that are left for the picture
	delay  time.Duration // one way
	jitter time.Duration // mean of an exponential delay that keeps the order
	loss   float64
	burst  float64 // mean packets lost in a row

	copies int           // of each packet that nobody asked for
	later  time.Duration // between them
	video  float64       // bit/s that the encoder gives
	fps    int

	random  *rand.Rand
	now     time.Duration
	events  eventHeap
	order   int
	freeAt  time.Duration
	lastOut [2]time.Duration // arrival of the newest packet, each way
	inLoss  [2]bool

	seq    uint16
	sent   map[uint16]*rtp.Packet
	born   map[uint32]time.Duration // by RTP time
	key    bool
	repair *repair
	asm    *assembler
	whole  bool
	pli    time.Duration

	late    []time.Duration // of each shown picture
	freezes call.Freezes
	keys    int
	bits    float64
}

type simEvent struct {
	at    time.Duration
	order int
	do    func()
}
type eventHeap []simEvent

func (h eventHeap) Len() int { return len(h) }
func (h eventHeap) Less(i, j int) bool {
	return h[i].at < h[j].at || h[i].at == h[j].at && h[i].order < h[j].order
}
func (h eventHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *eventHeap) Push(x any)   { *h = append(*h, x.(simEvent)) }
func (h *eventHeap) Pop() any {
	o := *h
	e := o[len(o)-1]
	*h = o[:len(o)-1]
	return e
}

func (l *thinLink) after(d time.Duration, do func()) {
	l.order++
	heap.Push(&l.events, simEvent{l.now + d, l.order, do})
}

var simEpoch = time.Unix(1000, 0)

// plain is a format whose first byte says what a packet is.
type plain struct{}

func (plain) add(unit, p []byte) ([]byte, error) { return append(unit, p...), nil }
func (plain) isHead(p []byte) bool               { return p[0]&1 != 0 }
func (plain) isKey(u []byte) bool                { return u[0]&2 != 0 }

func (l *thinLink) gone(way int) bool {
	if l.inLoss[way] {
		l.inLoss[way] = l.random.Float64() < 1-1/l.burst
	} else {
		l.inLoss[way] = l.random.Float64() < l.loss/l.burst/(1-l.loss)
	}
	return l.inLoss[way]
}

// carry takes a packet over the link.
func (l *thinLink) carry(way, size int, arrived func()) {
	out := l.now
	if way == 0 {
		l.freeAt = max(l.freeAt, l.now) + time.Duration(float64(size*8)/l.rate*float64(time.Second))
		out = l.freeAt
		l.bits += float64(size * 8)
	}
	if l.gone(way) {
		return
	}
	at := out + l.delay + time.Duration(l.random.ExpFloat64()*float64(l.jitter))
	at = max(at, l.lastOut[way])
	l.lastOut[way] = at
	l.after(at-l.now, arrived)
}

func (l *thinLink) send(p *rtp.Packet) {
	l.carry(0, len(p.Payload)+58, func() {
		now := simEpoch.Add(l.now)
		l.repair.note(p.SequenceNumber, now)
		l.asm.push(p, now)
		l.pop()
	})
}

func (l *thinLink) frame() {
	l.after(time.Second/time.Duration(l.fps), l.frame)
	if l.freeAt-l.now > 400*time.Millisecond {
		return // backpressure
	}
	size := int(l.video / float64(l.fps) / 8)
	kind := byte(1)
	if l.key {
		size *= 4
		kind = 3
		l.keys++
	}
	l.key = false
	stamp := uint32(l.now / time.Millisecond * 90)
	l.born[stamp] = l.now
	for ; size > 0; size -= 1150 {
		l.seq++
		payload := make([]byte, max(min(size, 1150), 2))
		payload[0] = kind
		kind &^= 1
		p := &rtp.Packet{Header: rtp.Header{SequenceNumber: l.seq, Timestamp: stamp, Marker: size <= 1150}, Payload: payload}
		l.sent[l.seq] = p
		l.send(p)
		for i := range l.copies {
			l.after(time.Duration(i+1)*l.later, func() { l.send(p) })
		}
	}
}

func (l *thinLink) pop() {
	l.asm.patience = l.repair.patience()
	for {
		f, ok, _ := l.asm.pop(simEpoch.Add(l.now))
		if !ok {
			return
		}
		l.whole = f.Key || l.whole && f.Lost == 0
		if l.whole {
			l.late = append(l.late, l.now-l.born[f.RTPTime])
			l.freezes.Shown(simEpoch.Add(l.now))
			continue
		}
		if l.now-l.pli >= max(leastKeyFrameInterval, l.repair.roundTrip*5/4) {
			l.pli = l.now
			l.carry(1, 60, func() { l.key = true })
		}
	}
}

func (l *thinLink) poll() {
	l.after(repairPoll, l.poll)
	if due := l.repair.due(simEpoch.Add(l.now)); len(due) > 0 {
		due = slices.Clone(due)
		l.carry(1, 60, func() {
			for _, s := range due {
				l.send(l.sent[s])
			}
		})
	}
	l.pop()
}

func (l *thinLink) counters() *counters {
	c := &counters{}
	c.roundTrip.Store(int64(2 * (l.delay + l.jitter)))
	return c
}

func (l *thinLink) run(d time.Duration) {
	l.random = rand.New(rand.NewPCG(1, 2))
	l.sent, l.born, l.key = map[uint16]*rtp.Packet{}, map[uint32]time.Duration{}, true
	l.repair, l.asm = newRepair(l.counters()), newAssembler(plain{})
	l.frame()
	l.poll()
	for l.now < d {
		e := heap.Pop(&l.events).(simEvent)
		l.now = e.at
		e.do()
	}
	slices.Sort(l.late)
}

// share is how many of the pictures were shown.
func (l *thinLink) share() float64 { return float64(len(l.late)) / (l.now.Seconds() * float64(l.fps)) }

// wait is how late a share of the pictures is at most.
func (l *thinLink) wait(share float64) time.Duration {
	return l.late[int(share*float64(len(l.late)-1))].Round(time.Millisecond)
}

func (l *thinLink) String() string {
	return fmt.Sprintf("%3.0f %% shown, %4.1f freezes a minute, late by %v, p95 %v, %2.0f key frames a minute, %3.0f kbit/s, round trip %v",
		100*l.share(), float64(l.freezes.Count)/l.now.Minutes(), l.wait(0.5), l.wait(0.95),
		float64(l.keys)/l.now.Minutes(), l.bits/l.now.Seconds()/1000, l.repair.roundTrip.Round(time.Millisecond))
}

// Over a long way with much loss, on a link that carries little, a third of
// the rate sent three times brings several times as many pictures as all of it
// sent once and asked for again; with little loss one copy is enough for
// pictures that come sooner.
func TestRepairOverALongWay(t *testing.T) {
	const left = 215e3 // bit/s for the picture and its repair
	hold := func(loss float64, copies int) *thinLink {
		l := &thinLink{rate: 245e3, delay: 150 * ms, jitter: 100 * ms, loss: loss, burst: 3, copies: copies, later: 150 * ms, fps: 15}
		l.video = left / (1 + float64(copies) + 1.3*loss)
		l.run(5 * time.Minute)
		t.Logf("loss %.2f, %d copies, picture at %3.0f k: %v", loss, copies, l.video/1000, l)
		return l
	}
	for _, loss := range []float64{0.15, 0.25} {
		asked, copied := hold(loss, 0), hold(loss, 2)
		if copied.share() < 2*asked.share() || copied.share() < 0.85 {
			t.Errorf("loss %.2f: %.0f %% of the pictures are shown, %.0f %% without copies", loss, 100*copied.share(), 100*asked.share())
		}
	}
	asked, copied := hold(0.05, 0), hold(0.05, 1)
	if copied.wait(0.95) > asked.wait(0.95)*3/4 {
		t.Errorf("loss 0.05: p95 %v, %v without a copy", copied.wait(0.95), asked.wait(0.95))
	}
}
