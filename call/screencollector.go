package call

import "sync"

// screenCollector counts what becomes of shared screens, as a collector does
// of all else.
type screenCollector struct {
	mu             sync.Mutex
	sent, received ScreenStats
}

func (c *screenCollector) reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent, c.received = ScreenStats{}, ScreenStats{}
}

func (c *screenCollector) snapshot() (sent, received ScreenStats) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.sent, c.received
}

func (c *screenCollector) encoded(bytes int, key bool, pic *Picture) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent.add(bytes, key)
	c.sent.Width, c.sent.Height = pic.Width(), pic.Height()
}

func (s *ScreenStats) add(bytes int, key bool) {
	s.Frames++
	s.Bytes += uint64(bytes)
	if key {
		s.KeyFrames++
	}
}

func (c *screenCollector) encoderDropped() { c.skipped() }

func (c *screenCollector) skipped() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent.Skipped++
}

func (c *screenCollector) sends(_ string, m manner) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent.Limit = m.limit
}

func (c *screenCollector) receives(string) {}

func (c *screenCollector) receivedFrame(f EncodedFrame) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.received.add(len(f.Unit), f.Key)
}

func (c *screenCollector) decodeFailed() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.received.Failed++
}

func (c *screenCollector) decoded(pic *Picture) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.received.Decoded++
	c.received.Width, c.received.Height = pic.Width(), pic.Height()
}
