package call

import (
	"math"
	"sync"
	"sync/atomic"
	"time"
)

// collector counts what the media goroutines do. Its methods are cheap, do
// not allocate, and may be called from any goroutine.
type collector struct {
	mu        sync.Mutex
	sent      SentStats
	received  ReceivedStats
	freezes   Freezes
	latency   spread
	lips      lipSpread
	skew      func() (time.Duration, bool)
	playout   Playout
	transport func() TransportStats
	marked    uint32 // newest frame number measured
	replaced  func() uint64
	before    uint64 // what replaced said at the last reset

	arrived atomic.Int64 // unix nanoseconds of the newest packet or frame of theirs but for their screen
	screen  screenCollector

	heard     atomic.Pointer[ToneReader] // nil unless measuring
	firstPlay atomic.Int64               // unix nanoseconds, 0 before the first sound
}

func newCollector() *collector {
	return &collector{replaced: func() uint64 { return 0 }, skew: func() (time.Duration, bool) { return 0, false }}
}

func (c *collector) reset(measure bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent = SentStats{TargetRate: c.sent.TargetRate}
	c.received, c.freezes, c.latency, c.lips = ReceivedStats{}, Freezes{}, spread{}, lipSpread{}
	c.screen.reset()
	c.marked, c.before = noFrame, c.replaced()
	c.transport, c.playout = nil, nil
	c.firstPlay.Store(0)
	var tone *ToneReader
	if measure {
		tone = NewToneReader()
	}
	c.heard.Store(tone)
}

func (c *collector) captured()       { c.count(func() { c.sent.Captured++ }) }
func (c *collector) encoderDropped() { c.count(func() { c.sent.Dropped++ }) }
func (c *collector) decodeFailed()   { c.count(func() { c.received.Failed++ }) }

// skipped counts a picture that had to wait for the network.
func (c *collector) skipped() {
	c.count(func() {
		c.sent.Skipped++
		c.sent.Limit = ByNetwork
	})
}

func (c *collector) sends(codec string, m manner) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent.Codec, c.sent.Limit = codec, m.limit
}

func (c *collector) receives(codec string) { c.count(func() { c.received.Codec = codec }) }

// heardWithin says whether anything but a screen came from them of late.
func (c *collector) heardWithin(d time.Duration) bool {
	return time.Since(time.Unix(0, c.arrived.Load())) <= d
}

func (c *collector) count(f func()) {
	c.mu.Lock()
	f()
	c.mu.Unlock()
}

func (c *collector) encoded(bytes int, key bool, pic *Picture) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent.Encoded++
	c.sent.VideoBytes += uint64(bytes)
	c.sent.Width, c.sent.Height = pic.Width(), pic.Height()
	if key {
		c.sent.KeyFrames++
	}
}

func (c *collector) target(bps int) { c.count(func() { c.sent.TargetRate = bps }) }

func (c *collector) receivedFrame(f EncodedFrame) {
	c.arrived.Store(time.Now().UnixNano())
	c.mu.Lock()
	defer c.mu.Unlock()
	c.received.Frames++
	c.received.VideoBytes += uint64(len(f.Unit))
	c.received.PacketsLost += uint64(f.Lost)
	if f.Key {
		c.received.KeyFrames++
	}
}

func (c *collector) decoded(pic *Picture) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.received.Decoded++
	c.received.Width, c.received.Height = pic.Width(), pic.Height()
}

// noFrame is a number that no frame of a call reaches.
const noFrame = math.MaxUint32

// shown notes a picture before a person's eyes, and reads its mark.
func (c *collector) shown(pic *Picture, now time.Time) {
	var mark Mark
	marked := false
	if c.heard.Load() != nil { // measuring
		mark, marked = ReadMark(pic)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.received.Shown++
	if c.received.FirstShown.IsZero() {
		c.received.FirstShown = now
	}
	c.freezes.Shown(now)
	if marked && mark.Frame != c.marked {
		c.marked = mark.Frame
		c.latency.add(now.Sub(mark.At))
		c.lips.picture(now.Sub(mark.At))
	}
}

func (c *collector) audioSent(bytes int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent.AudioPackets++
	c.sent.AudioBytes += uint64(bytes)
}

func (c *collector) audioReceived(p AudioPacket) {
	c.arrived.Store(time.Now().UnixNano())
	c.mu.Lock()
	defer c.mu.Unlock()
	c.received.AudioPackets++
	c.received.AudioBytes += uint64(len(p.Payload))
	if p.Redundant {
		c.received.AudioSaved++
	}
}

// played looks at 10 ms of their sound on its way to the speaker.
func (c *collector) played(block []int16) {
	if c.firstPlay.Load() == 0 && !silent(block) {
		c.firstPlay.CompareAndSwap(0, time.Now().UnixNano())
	}
	if tone := c.heard.Load(); tone != nil {
		tone.Feed(block, time.Now())
		if latency, n := tone.newest(); n > 0 {
			c.count(func() { c.lips.pip(latency, n) })
		}
	}
}

func silent(block []int16) bool {
	for _, s := range block {
		if s > 8 || s < -8 {
			return false
		}
	}
	return true
}

func (c *collector) setPlayout(p Playout) { c.count(func() { c.playout = p }) }

// setTransport takes what tells the transport's counters; with nil the last
// ones stand.
func (c *collector) setTransport(f func() TransportStats) {
	if f == nil {
		c.mu.Lock()
		last := c.transport
		c.mu.Unlock()
		if last == nil {
			return
		}
		final := last()
		f = func() TransportStats { return final }
	}
	c.count(func() { c.transport = f })
}

// snapshot copies the counters. What the playout and the transport counted is
// asked for outside the lock, for they have locks of their own.
func (c *collector) snapshot() MediaStats {
	c.mu.Lock()
	s := MediaStats{At: time.Now(), Sent: c.sent, Received: c.received}
	r := &s.Received
	r.Replaced = c.replaced() - c.before
	r.Freezes, r.Frozen = c.freezes.Count, c.freezes.Total
	r.PictureLatency, r.Lips = latencyOf(&c.latency), c.lips.summary()
	playout, transport, tone := c.playout, c.transport, c.heard.Load()
	c.mu.Unlock()
	s.Sent.Screen, r.Screen = c.screen.snapshot()

	if at := c.firstPlay.Load(); at != 0 {
		r.FirstSound = time.Unix(0, at)
	}
	if skew, ok := c.skew(); ok {
		r.LipSync = &skew
	}
	if playout != nil {
		r.Sound = playout.Stats()
	}
	if tone != nil {
		r.SoundLatency = toneLatency(tone.Latencies())
	}
	if transport != nil {
		s.Transport = transport()
	}
	return s
}

func toneLatency(all []time.Duration) *Latency {
	var s spread
	for _, d := range all {
		s.add(d)
	}
	return latencyOf(&s)
}
