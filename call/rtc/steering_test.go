package rtc_test

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pion/logging"
	"github.com/pion/transport/v5/vnet"

	"parley/call"
	"parley/call/rtc"
)

// talker is media without devices or codecs: it sends frames of just the size
// that the transport orders, and sound that carries its time.
type talker struct {
	mu     sync.Mutex
	rate   int
	key    bool
	rates  []int // as ordered
	ways   []time.Duration
	bytes  int // of picture received
	frames int
	stats  func() call.TransportStats
	stop   chan struct{}
	wait   sync.WaitGroup
}

func newTalker() *talker { return &talker{rate: 1e6, key: true, stop: make(chan struct{})} }

func (t *talker) TargetRate(bps int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rate = bps
	t.rates = append(t.rates, bps)
}

func (t *talker) KeyFrameWanted() { t.mu.Lock(); t.key = true; t.mu.Unlock() }

func (t *talker) SenderReport(call.SenderReport) {}

func (t *talker) Transport(stats func() call.TransportStats) {
	t.mu.Lock()
	t.stats = stats
	t.mu.Unlock()
}

// every calls do until the talker stops.
func (t *talker) every(d time.Duration, do func() error) {
	t.wait.Go(func() {
		tick := time.NewTicker(d)
		defer tick.Stop()
		for {
			select {
			case <-t.stop:
				return
			case <-tick.C:
				if do() != nil {
					return
				}
			}
		}
	})
}

func (t *talker) SendVideo(out call.VideoOut) {
	if out == nil {
		return
	}
	t.every(time.Second/30, func() error {
		t.mu.Lock()
		size, key := max(t.rate/8/30, 20), t.key
		t.key = false
		t.mu.Unlock()
		if key {
			size *= 4
		}
		unit := make([]byte, size)
		if !key {
			unit[0] = 1 // as VP8 tells a frame that needs others
		}
		return out.WriteFrame(call.EncodedFrame{Unit: unit, Key: key, At: time.Now()})
	})
}

func (t *talker) SendAudio(out call.AudioOut) {
	if out == nil {
		return
	}
	payload, at := make([]byte, 80), uint32(0)
	t.every(20*time.Millisecond, func() error {
		binary.BigEndian.PutUint64(payload, uint64(time.Now().UnixNano()))
		at += 960
		return out.WritePacket(payload, at)
	})
}

func (t *talker) ReceiveVideo(in call.VideoIn) {
	for {
		f, err := in.ReadFrame()
		if err != nil {
			return
		}
		t.mu.Lock()
		t.bytes += len(f.Unit)
		t.frames++
		t.mu.Unlock()
	}
}

func (t *talker) ReceiveAudio(in call.AudioIn) {
	for {
		p, err := in.ReadPacket()
		if err != nil {
			return
		}
		way := time.Since(time.Unix(0, int64(binary.BigEndian.Uint64(p.Payload))))
		t.mu.Lock()
		t.ways = append(t.ways, way)
		t.mu.Unlock()
	}
}

func (t *talker) close() { close(t.stop); t.wait.Wait() }

// slowest returns the p95 of the sound's ways, and forgets them.
func (t *talker) slowest() time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	slices.Sort(t.ways)
	defer func() { t.ways = nil }()
	if len(t.ways) == 0 {
		return time.Hour
	}
	return t.ways[len(t.ways)*95/100]
}

func (t *talker) ordered() int { t.mu.Lock(); defer t.mu.Unlock(); return t.rate }

func (t *talker) got() (bytes, frames int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	defer func() { t.bytes, t.frames = 0, 0 }()
	return t.bytes, t.frames
}

// pair connects Ann with Bob, whose way in carries bits at a rate behind a
// queue, in a bubble, and runs test.
func pair(t *testing.T, bps int, test func(t *testing.T, ann, bob *talker, queue *vnet.TBFQueue)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ann, bob := newTalker(), newTalker()
		joined(t, bps, ann, bob, ann, bob, func(t *testing.T, queue *vnet.TBFQueue) { test(t, ann, bob, queue) })
	})
}

// joined is pair in the bubble of a test, for media that has more than its talker.
func joined(t *testing.T, bps int, annMedia, bobMedia call.PeerMedia, ann, bob *talker, test func(t *testing.T, queue *vnet.TBFQueue)) {
	t.Helper()
	wan, err := vnet.NewRouter(&vnet.RouterConfig{CIDR: "10.0.0.0/24", MinDelay: 20 * time.Millisecond, LoggerFactory: logging.NewDefaultLoggerFactory()})
	if err != nil {
		t.Fatal(err)
	}
	queue := vnet.NewTBFQueue(bps, 1500, 40_000)
	annPeer := newSide(t, wan, "10.0.0.1", nil, annMedia)
	bobPeer := newSide(t, wan, "10.0.0.2", queue, bobMedia)
	if err := wan.Start(); err != nil {
		t.Fatal(err)
	}
	agree(t, annPeer, bobPeer)
	test(t, queue)
	ann.close()
	bob.close()
	if err := errors.Join(annPeer.Close(), bobPeer.Close(), wan.Stop()); err != nil {
		t.Error(err)
	}
}

func newSide(t *testing.T, wan *vnet.Router, ip string, queue *vnet.TBFQueue, media call.PeerMedia) call.Peer {
	t.Helper()
	host, err := vnet.NewNet(&vnet.NetConfig{StaticIPs: []string{ip}})
	if err != nil {
		t.Fatal(err)
	}
	nic := vnet.NIC(host)
	if queue != nil {
		q, err := vnet.NewQueue(host, queue)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := q.Close(); err != nil {
				t.Error(err)
			}
		})
		nic = q
	}
	if err := wan.AddNet(nic); err != nil {
		t.Fatal(err)
	}
	factory, err := rtc.NewFactory(rtc.Config{Video: []string{"VP8"}, Net: host, Log: quiet, MaxRate: 3_000_000})
	if err != nil {
		t.Fatal(err)
	}
	p, err := factory.NewPeer(media, nil, func(call.PeerEvent) {})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func agree(t *testing.T, ann, bob call.Peer) {
	t.Helper()
	ctx := context.Background()
	offer, err := ann.Offer(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := bob.Take(offer); err != nil {
		t.Fatal(err)
	}
	answer, err := bob.Answer(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := ann.Accept(answer); err != nil {
		t.Fatal(err)
	}
}

func TestRateIsFoundFast(t *testing.T) {
	pair(t, 100_000_000, func(t *testing.T, ann, bob *talker, _ *vnet.TBFQueue) {
		time.Sleep(2 * time.Second)
		if rate := ann.ordered(); rate < 2_500_000 {
			t.Errorf("%d bit/s after 2 s on a link that carries 100 Mbit/s", rate)
		}
		bob.got()
		time.Sleep(5 * time.Second)
		bytes, frames := bob.got()
		way := bob.slowest()
		t.Logf("ordered %d, received %d kbit/s, %d frames in 5 s, sound's way p95 %v", ann.ordered(), bytes*8/5000, frames, way)
		if frames < 145 || bytes*8/5 < 2_400_000 || way > 25*time.Millisecond {
			t.Error("out of bounds")
		}
	})
}

func TestRateFitsASlowLink(t *testing.T) {
	pair(t, 1_000_000, func(t *testing.T, ann, bob *talker, _ *vnet.TBFQueue) {
		time.Sleep(5 * time.Second)
		bob.got()
		bob.slowest()
		time.Sleep(20 * time.Second)
		bytes, frames := bob.got()
		way := bob.slowest()
		t.Logf("ordered %d, received %d kbit/s, %d frames in 20 s, sound's way p95 %v, again %d", ann.ordered(), bytes*8/20_000, frames, way, ann.stats().Retransmitted)
		if frames < 560 || bytes*8/20 < 650_000 || way > 120*time.Millisecond {
			t.Error("out of bounds")
		}
	})
}

func TestSoundAloneBelowWhatAPictureNeeds(t *testing.T) {
	pair(t, 80_000, func(t *testing.T, ann, bob *talker, queue *vnet.TBFQueue) {
		queue.SetSize(10_000) // 1 s
		time.Sleep(10 * time.Second)
		bob.got()
		bob.slowest()
		time.Sleep(10 * time.Second)
		_, frames := bob.got()
		bob.mu.Lock()
		heard := len(bob.ways)
		bob.mu.Unlock()
		way := bob.slowest()
		t.Logf("%d frames and %d packets of sound in 10 s, sound's way p95 %v", frames, heard, way)
		if heard < 490 || way > 300*time.Millisecond {
			t.Error("sound suffers")
		}
	})
}

func TestTheRateFollowsTheLink(t *testing.T) {
	pair(t, 5_000_000, func(t *testing.T, ann, bob *talker, queue *vnet.TBFQueue) {
		time.Sleep(10 * time.Second)
		queue.SetRate(500_000)
		time.Sleep(2 * time.Second)
		bob.got()
		bob.slowest()
		time.Sleep(8 * time.Second)
		bytes, frames := bob.got()
		way := bob.slowest()
		t.Logf("low: ordered %d, %d kbit/s, %d frames in 8 s, sound's way p95 %v", ann.ordered(), bytes*8/8000, frames, way)
		if bytes*8/8 < 250_000 || frames < 200 || way > 200*time.Millisecond {
			t.Error("out of bounds on the slow link")
		}
		queue.SetRate(5_000_000)
		time.Sleep(3 * time.Second)
		if rate := ann.ordered(); rate < 2_000_000 {
			t.Errorf("%d bit/s 3 s after the link's return", rate)
		}
	})
}
