package call

import (
	"sync"
	"testing"
	"time"
)

// freezesOf feeds gaps in milliseconds.
func freezesOf(gaps ...int) (f Freezes) {
	at := time.Unix(0, 0)
	f.Shown(at)
	for _, gap := range gaps {
		at = at.Add(time.Duration(gap) * time.Millisecond)
		f.Shown(at)
	}
	return f
}

func steady(n, gap int, more ...int) []int {
	gaps := make([]int, n, n+len(more))
	for i := range gaps {
		gaps[i] = gap
	}
	return append(gaps, more...)
}

func TestFreezes(t *testing.T) {
	tests := map[string]struct {
		gaps  []int
		count int
		total time.Duration
	}{
		"nothing shown":          {nil, 0, 0},
		"even":                   {steady(100, 33), 0, 0},
		"just under 150 ms more": {steady(30, 33, 183), 0, 0},
		"just over":              {steady(30, 33, 184), 1, 184 * time.Millisecond},
		"two":                    {steady(30, 33, 1000, 33, 33, 1000), 2, 2 * time.Second},
		"three gaps of 10 fps":   {steady(30, 100, 299), 0, 0},
		"over three gaps":        {steady(30, 100, 301), 1, 301 * time.Millisecond},
		"too early to tell":      {steady(4, 33, 900), 0, 0},
		"slow is no freeze":      {steady(30, 500), 0, 0},
		"the mean forgets":       {append(steady(100, 500), steady(30, 33, 400)...), 1, 400 * time.Millisecond},
	}
	for name, test := range tests {
		f := freezesOf(test.gaps...)
		if f.Count != test.count || f.Total != test.total {
			t.Errorf("%s: %d freezes, %v; want %d, %v", name, f.Count, f.Total, test.count, test.total)
		}
	}
}

func TestSpread(t *testing.T) {
	var s spread
	if p := s.percentiles(0.5); p != nil {
		t.Errorf("nothing measured gave %v", p)
	}
	for i := 100; i >= 1; i-- {
		s.add(time.Duration(i))
	}
	if p := s.percentiles(0, 0.5, 0.95, 1); p[0] != 1 || p[1] != 51 || p[2] != 96 || p[3] != 100 {
		t.Errorf("percentiles %v", p)
	}
	for range 2 * len(s.values) { // the newest displace the rest
		s.add(7)
	}
	if p := s.percentiles(0, 1); p[0] != 7 || p[1] != 7 {
		t.Errorf("old values stay: %v", p)
	}
}

func TestMailboxLosesNothing(t *testing.T) {
	m := newMailbox[int]()
	const senders, each = 4, 250
	var wait sync.WaitGroup
	for range senders {
		wait.Go(func() {
			for i := range each {
				m.put(i)
			}
		})
	}
	got := 0
	for got < senders*each {
		<-m.signal // a token stands for as many items as wait
		got += len(m.take())
	}
	wait.Wait()
	if left := m.take(); len(left) != 0 {
		t.Errorf("%d items too many", len(left))
	}
}

// The latency is that of each new frame: one that is shown again says nothing.
func TestLatencyOfNewFramesOnly(t *testing.T) {
	c := newCollector()
	c.reset(true)
	pattern := NewPattern(320, 180, 30)
	defer pattern.Close()
	pic, at := &Picture{}, time.Unix(1000, 0)
	for _, frame := range []uint32{0, 0, 1, 1, 1, 2} {
		pattern.Draw(pic, frame, at)
		c.shown(pic, at.Add(50*time.Millisecond))
	}
	s := c.snapshot().Received
	if s.PictureLatency == nil || s.PictureLatency.Count != 3 || s.PictureLatency.P95 != 50*time.Millisecond {
		t.Errorf("latency %+v, want 3 of 50 ms", s.PictureLatency)
	}
	if s.Shown != 6 || s.FirstShown != at.Add(50*time.Millisecond) {
		t.Errorf("%+v", s)
	}
}

func TestStatsBeginAnewAndOutliveTheCall(t *testing.T) {
	c := newCollector()
	replaced := uint64(7)
	c.replaced = func() uint64 { return replaced }
	c.reset(false)
	c.captured()
	sent := uint64(10)
	c.setTransport(func() TransportStats { return TransportStats{PacketsSent: sent} })
	c.setTransport(nil)
	sent, replaced = 99, 9
	if s := c.snapshot(); s.Transport.PacketsSent != 10 || s.Sent.Captured != 1 || s.Received.Replaced != 2 {
		t.Errorf("after the end: %+v", s)
	}
	c.reset(false)
	if s := c.snapshot(); s.Transport.PacketsSent != 0 || s.Sent.Captured != 0 || s.Received.Replaced != 0 {
		t.Errorf("after the reset: %+v", s)
	}
}

func TestCountingDoesNotAllocate(t *testing.T) {
	c, pic, block := newCollector(), NewPicture(64, 48), make([]int16, BlockSamples)
	n := testing.AllocsPerRun(100, func() {
		c.captured()
		c.encoded(100, false, pic)
		c.receivedFrame(EncodedFrame{})
		c.decoded(pic)
		c.shown(pic, time.Time{})
		c.audioSent(50)
		c.audioReceived(AudioPacket{})
		c.played(block)
	})
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}
