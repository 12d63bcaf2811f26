package congestion_test

import (
	"math/rand/v2"
	"sort"
	"testing"
	"time"

	"github.com/pion/interceptor/pkg/twcc"
	"github.com/pion/rtcp"

	"parley/call/rtc/congestion"
)

// path is one direction of a link: a bottleneck with a queue that drops at
// its tail, and after it a way of random length on which packets get lost.
type path struct {
	rate    func(at time.Duration) float64 // bit/s
	queue   time.Duration                  // that fits in the queue, at the rate of the moment
	delay   time.Duration                  // one way, either direction
	jitter  time.Duration                  // more or less than delay, evenly; packets overtake
	wander  time.Duration                  // mean of an exponential delay more; packets keep their order
	loss    float64
	burst   float64 // mean length of a loss; 0 or 1: each by itself
	deaf    float64 // share of feedback that is lost
	cutFrom time.Duration
	cutTo   time.Duration
}

func steady(rate float64) func(time.Duration) float64 {
	return func(time.Duration) float64 { return rate }
}

// parcel is a packet on its way.
type parcel struct {
	flow   *flow // nil: cross traffic
	seq    uint16
	size   int
	audio  bool
	queued time.Duration
	arrive func(at time.Duration) // of feedback for a flow of the other direction
}

// world is a path and those who share it, in virtual time.
type world struct {
	path   path
	random *rand.Rand
	flows  []*flow
	cross  func(at time.Duration) float64 // bit/s of others' packets
	at     time.Duration
	fifo   []parcel
	bytes  int
	freeAt time.Duration
	debt   float64
	inLoss bool

	lastOut time.Duration // arrival of the newest packet
	events  []event       // not sorted: few
	queues  []time.Duration
	back    *world // carries feedback, with its own queue; nil: it takes the delay and no more

	offered, dropped int
}

type event struct {
	at time.Duration
	do func()
}

const step = 500 * time.Microsecond

var epoch = time.Unix(1_700_000_000, 0)

func newWorld(p path) *world { return &world{path: p, random: rand.New(rand.NewPCG(1, 2))} }

// run lets time pass. each is called every 10 ms.
func (w *world) run(until time.Duration, each func(at time.Duration)) {
	for w.at < until {
		at := w.at
		w.step()
		if w.back != nil {
			w.back.step()
		}
		if at%(10*time.Millisecond) == 0 && each != nil {
			each(at)
		}
	}
}

func (w *world) step() {
	w.happen()
	w.others()
	for _, f := range w.flows {
		f.step()
	}
	w.serve()
	if w.at%(10*time.Millisecond) == 0 {
		w.queues = append(w.queues, w.queueDelay())
	}
	w.at += step
}

// newCall is a path each way, one flow on each, and feedback that waits in the
// queue of the other.
func newCall(p path, cfg congestion.Config, seed uint64) (there, back *flow) {
	w, v := newWorld(p), newWorld(p)
	w.random, v.random = rand.New(rand.NewPCG(seed, 1)), rand.New(rand.NewPCG(seed, 2))
	w.back, v.back = v, w
	return w.addFlow(cfg, 0), v.addFlow(cfg, 0)
}

func (w *world) happen() {
	kept := w.events[:0]
	due := []event{}
	for _, e := range w.events {
		if e.at <= w.at {
			due = append(due, e)
		} else {
			kept = append(kept, e)
		}
	}
	w.events = kept
	sort.SliceStable(due, func(i, j int) bool { return due[i].at < due[j].at })
	for _, e := range due {
		e.do()
	}
}

func (w *world) others() {
	if w.cross == nil {
		return
	}
	for w.debt += w.cross(w.at) * step.Seconds() / 8; w.debt >= 1200; w.debt -= 1200 {
		w.enqueue(parcel{size: 1200})
	}
}

func (w *world) dropShare() float64 { return float64(w.dropped) / float64(w.offered) }

func (w *world) queueDelay() time.Duration {
	return time.Duration(float64(w.bytes*8) / w.path.rate(w.at) * float64(time.Second))
}

func (w *world) enqueue(p parcel) {
	w.offered++
	if w.queueDelay() > w.path.queue {
		w.dropped++
		return
	}
	p.queued = w.at
	w.fifo = append(w.fifo, p)
	w.bytes += p.size
}

func (w *world) serve() {
	for len(w.fifo) > 0 {
		p := w.fifo[0]
		start := max(w.freeAt, p.queued)
		end := start + time.Duration(float64(p.size*8)/w.path.rate(start)*float64(time.Second))
		if end > w.at {
			return
		}
		w.freeAt = end
		w.fifo = w.fifo[1:]
		w.bytes -= p.size
		w.deliver(p, end)
	}
}

func (w *world) deliver(p parcel, at time.Duration) {
	if p.flow == nil && p.arrive == nil || w.lost() || at >= w.path.cutFrom && at < w.path.cutTo {
		return
	}
	came := at + w.path.delay
	if w.path.jitter > 0 {
		came += time.Duration((2*w.random.Float64() - 1) * float64(w.path.jitter))
	}
	if w.path.wander > 0 {
		came = max(came+time.Duration(w.random.ExpFloat64()*float64(w.path.wander)), w.lastOut)
		w.lastOut = came
	}
	if p.arrive != nil {
		w.events = append(w.events, event{came, func() { p.arrive(came) }})
		return
	}
	w.events = append(w.events, event{came, func() { p.flow.receive(p, came) }})
}

// lost follows a chain of two states, so that losses come in bursts.
func (w *world) lost() bool {
	length := max(1, w.path.burst)
	if w.inLoss {
		w.inLoss = w.random.Float64() < 1-1/length
		if length == 1 {
			w.inLoss = w.random.Float64() < w.path.loss
		}
	} else {
		enter := w.path.loss / length / (1 - w.path.loss)
		if length == 1 {
			enter = w.path.loss
		}
		w.inLoss = w.random.Float64() < enter
	}
	return w.inLoss
}

// flow is one sender with its controller, and its receiver.
type flow struct {
	w        *world
	c        *congestion.Controller
	recorder *twcc.Recorder
	from     time.Duration
	most     func(at time.Duration) int // bit/s that the encoder has to send; nil: all it may
	seq      uint16
	frame    time.Duration // when the next one is due
	frames   int
	sound    time.Duration
	pending  []int // sizes of video packets
	nextOut  time.Duration
	cluster  congestion.Cluster
	clustAt  time.Duration
	tick     time.Duration
	report   time.Duration
	audioWay []time.Duration
	arrived  int           // bytes
	gap      time.Duration // the longest between two packets of pictures that came
	came     time.Duration // the last of them
	rates    []float64
	padding  int
}

func (w *world) addFlow(cfg congestion.Config, from time.Duration) *flow {
	f := &flow{w: w, c: congestion.New(cfg, epoch.Add(from)), recorder: twcc.NewRecorder(1), from: from, frame: from, sound: from, tick: from, report: from}
	w.flows = append(w.flows, f)
	return f
}

func (f *flow) step() {
	at := f.w.at
	if at < f.from {
		return
	}
	if at >= f.tick {
		f.tick += 25 * time.Millisecond
		f.c.Tick(epoch.Add(at))
	}
	if at >= f.report {
		f.report += 50 * time.Millisecond
		f.sendFeedback(at)
	}
	if at >= f.sound {
		f.sound += 20 * time.Millisecond
		f.send(f.c.Target().Audio/50/8+congestion.Overhead, true)
	}
	if at >= f.frame {
		f.frame += time.Second / 30
		f.encode()
	}
	f.pace()
	if at%(10*time.Millisecond) == 0 {
		f.rates = append(f.rates, float64(f.c.Target().Rate))
	}
}

// encode makes a frame: the first is large, and no two are equal.
func (f *flow) encode() {
	if f.c.Target().Hold || f.behind() > 100*time.Millisecond {
		return
	}
	rate := f.c.Target().Video
	if f.most != nil {
		rate = min(rate, f.most(f.w.at))
	}
	size := float64(rate) / 30 / 8 * (0.7 + 0.6*f.w.random.Float64())
	if f.frames++; f.frames == 1 {
		size *= 5
	}
	for ; size > 0; size -= 1150 {
		packet := int(min(size, 1150)) + congestion.Overhead
		f.pending = append(f.pending, packet)
		for i := range f.c.Target().Copies {
			f.w.events = append(f.w.events, event{f.w.at + time.Duration(i+1)*f.c.Target().CopyAfter, func() { f.pending = append(f.pending, packet) }})
		}
	}
}

// behind is how long what waits takes to leave: pictures are left out while it
// is long.
func (f *flow) behind() time.Duration {
	sum := 0
	for _, size := range f.pending {
		sum += size
	}
	return time.Duration(float64(sum*8) / float64(f.c.Target().Pacing) * float64(time.Second))
}

func (f *flow) pace() {
	at := f.w.at
	if f.cluster.ID == 0 {
		if f.cluster = f.c.Probe(); f.cluster.ID != 0 {
			f.clustAt = at
		}
	}
	for f.cluster.ID != 0 && f.clustAt <= at {
		size := 300
		if len(f.pending) > 0 {
			size, f.pending = f.pending[0], f.pending[1:]
		} else {
			f.padding += size
		}
		f.send(size, false)
		f.clustAt += time.Duration(float64(size*8) / float64(f.cluster.Rate) * float64(time.Second))
		f.cluster.Bytes -= size
		if f.cluster.Packets--; f.cluster.Packets <= 0 && f.cluster.Bytes <= 0 {
			f.cluster = congestion.Cluster{}
		}
	}
	f.nextOut = max(f.nextOut, at-step)
	for !f.c.Target().Hold && len(f.pending) > 0 && f.nextOut <= at {
		size := f.pending[0]
		f.pending = f.pending[1:]
		f.send(size, false)
		f.nextOut += time.Duration(float64(size*8) / float64(f.c.Target().Pacing) * float64(time.Second))
	}
}

func (f *flow) send(size int, audio bool) {
	probe := f.cluster.ID
	f.c.Sent(f.seq, size, probe, epoch.Add(f.w.at))
	f.w.enqueue(parcel{flow: f, seq: f.seq, size: size, audio: audio})
	f.seq++
}

func (f *flow) receive(p parcel, at time.Duration) {
	f.arrived += p.size
	if !p.audio {
		f.gap, f.came = max(f.gap, at-f.came), at
	} else {
		f.audioWay = append(f.audioWay, at-p.queued)
	}
	f.recorder.Record(1, p.seq, int64(at/time.Microsecond)+77_000_000)
}

func (f *flow) sendFeedback(at time.Duration) {
	for _, packet := range f.recorder.BuildFeedbackPacket() {
		raw, err := packet.(*rtcp.TransportLayerCC).Marshal()
		if err != nil {
			panic(err)
		}
		if f.w.random.Float64() < f.w.path.deaf || at >= f.w.path.cutFrom && at < f.w.path.cutTo {
			continue
		}
		take := func(at time.Duration) {
			if err := f.c.Feedback(raw, epoch.Add(at)); err != nil {
				panic(err)
			}
		}
		if f.w.back != nil {
			f.w.back.enqueue(parcel{size: len(raw) + rtcpOverhead, arrive: take})
			continue
		}
		back := at + f.w.path.delay
		f.w.events = append(f.w.events, event{back, func() { take(back) }})
	}
}

// rtcpOverhead is IPv4, UDP, and SRTCP's index and tag.
const rtcpOverhead = 20 + 8 + 14

// mean returns the mean rate between two times.
func (f *flow) mean(from, to time.Duration) float64 {
	part := f.rates[(from-f.from)/(10*time.Millisecond) : (to-f.from)/(10*time.Millisecond)]
	sum := 0.0
	for _, r := range part {
		sum += r
	}
	return sum / float64(len(part))
}

// reached returns when the rate was first at least so high, from a time on.
func (f *flow) reached(rate float64, from time.Duration) time.Duration {
	for i := int((from - f.from) / (10 * time.Millisecond)); i < len(f.rates); i++ {
		if f.rates[i] >= rate {
			return f.from + time.Duration(i)*10*time.Millisecond - from
		}
	}
	return time.Hour
}

// quantile of a part of the queue's delays.
func (w *world) quantile(from, to time.Duration, q float64) time.Duration {
	return quantile(w.queues[from/(10*time.Millisecond):to/(10*time.Millisecond)], q)
}

func quantile(of []time.Duration, q float64) time.Duration {
	s := append([]time.Duration(nil), of...)
	sort.Slice(s, func(i, j int) bool { return s[i] < s[j] })
	return s[int(q*float64(len(s)-1))]
}

func trace(t *testing.T, w *world, every time.Duration) func(time.Duration) {
	return func(at time.Duration) {
		if at%every != 0 {
			return
		}
		for i, f := range w.flows {
			g := f.c.Target()
			t.Logf("%6.2fs flow %d rate %5d k video %5d k in %5d k queue %3d ms (true %3d) rtt %3d loss %.2f %s", at.Seconds(), i, g.Rate/1000, g.Video/1000,
				g.Received/1000, g.QueueDelay.Milliseconds(), w.queueDelay().Milliseconds(), g.RoundTrip.Milliseconds(), g.Loss, g.LimitedBy)
		}
	}
}
