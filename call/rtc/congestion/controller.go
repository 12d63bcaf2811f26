package congestion

import "time"

// Controller estimates what the path carries.
type Controller struct {
	cfg   Config
	began time.Time

	reader   feedbackReader
	history  history
	delay    delay
	sent     slots // by time of sending
	received slots // by time of arrival, on the receiver's clock
	losses   losses
	judge    judge
	prober   prober
	rate     rate
	share    share
	copying  copying
	late     late

	lastCame  time.Duration // newest arrival, on the receiver's clock
	lastLeft  time.Duration // when the newest packet that arrived was sent
	lastTotal int64         // bytes sent up to it
	expected  uint16        // first packet of which no feedback told
	roundTrip time.Duration
	loss      ratio

	heardAt   time.Duration // last feedback
	heard     bool
	silentAt  time.Duration // last cut for silence
	before    float64       // rate before the silence; 0: none
	returned  time.Duration // from the last silence
	nextProbe time.Duration
	distrust  time.Duration // added to the time between probes
	jumped    time.Duration // last time that a probe raised the rate
	signs     signs
}

// New returns a controller whose life begins now.
func New(cfg Config, now time.Time) *Controller {
	return &Controller{cfg: cfg, began: now, rate: newRate(cfg), share: share{cfg: cfg}, late: late{gap: lateFeedback}}
}

// Sent tells of a packet that leaves now: its transport-wide sequence number,
// its bytes on the wire, and the ID of the cluster that it is part of or 0.
func (c *Controller) Sent(seq uint16, size, probe int, now time.Time) {
	at := now.Sub(c.began)
	if !c.history.begun {
		c.expected = seq
		c.startProbe(at)
	}
	c.history.add(sent{seq: seq, at: at, size: int32(size), probe: int32(probe), before: int32(c.prober.sent(probe, size))})
	c.sent.add(at, size)
}

// Feedback takes one RTCP packet of transport-wide feedback. Errors wrap
// ErrFeedback; nothing of a broken packet is believed.
func (c *Controller) Feedback(packet []byte, now time.Time) error {
	arrivals, err := c.reader.read(packet)
	if err != nil {
		return err
	}
	at := now.Sub(c.began)
	if c.take(arrivals, at) {
		c.hear(at)
		c.late.hear(at)
		c.decide(at)
	}
	return nil
}

// take files what feedback says, and reports whether any of it was new.
func (c *Controller) take(arrivals []arrival, now time.Duration) (fresh bool) {
	if len(arrivals) == 0 {
		return false
	}
	c.bridge(arrivals)
	for _, a := range arrivals {
		s := c.history.find(a.seq)
		if s == nil || s.fate == landed || a.at < 0 {
			continue
		}
		first := s.fate == flying
		if first {
			c.prober.told(s, a.at, a.seen)
		}
		if !a.seen {
			s.fate = missed
			continue
		}
		s.fate, fresh = landed, true
		c.land(s, a.at, now)
	}
	if last := arrivals[len(arrivals)-1].seq + 1; int16(last-c.expected) > 0 {
		c.expected = last
	}
	return fresh
}

func (c *Controller) land(s *sent, came, now time.Duration) {
	c.received.add(came, int(s.size))
	c.delay.add(came, came-s.at)
	c.lastCame = max(c.lastCame, came)
	if s.at >= c.lastLeft {
		c.lastLeft, c.lastTotal = s.at, s.total
		c.roundTrip = now - s.at
		c.late.note(c.roundTrip, now)
	}
}

// bridge counts packets that a lost feedback would have told of as arrived,
// evenly, so that the rate of arrival does not seem to fall.
func (c *Controller) bridge(arrivals []arrival) {
	gap := int(int16(arrivals[0].seq - c.expected))
	if gap <= 0 || gap > historySize || c.lastCame == 0 {
		return
	}
	from, to := c.lastCame, c.lastCame
	for _, a := range arrivals {
		if a.seen {
			to = max(from, a.at)
			break
		}
	}
	for i := range gap {
		if s := c.history.find(c.expected + uint16(i)); s != nil && s.fate == flying {
			c.received.add(from+(to-from)*time.Duration(i)/time.Duration(gap), int(float64(s.size)*(1-c.judge.inherent)))
		}
	}
}

// decide draws the conclusions of new feedback.
func (c *Controller) decide(now time.Duration) {
	c.settle()
	c.signs = c.read(now)
	c.weigh()
	c.rate.update(c.signs)
	if c.rate.draining {
		c.judge.abandon(now)
		if by := c.rate.stuck(c.signs); by > 0 {
			c.delay.raise(by)
			c.rate.rest(now)
		}
		c.regret(now)
	}
	c.probe(now)
	c.share.update(c.rate.target, c.loss.share, now)
	c.copying.update(c.loss.share, c.late.trip(), now)
	c.acquit()
	c.watch(now)
}

// settle judges the packets that are not to be expected any more.
func (c *Controller) settle() {
	grace := 20*time.Millisecond + c.delay.noise
	c.history.settle(c.lastLeft-grace, func(s *sent) { c.losses.add(s.at, s.fate == missed) })
}

// explained is up to when losses had a known cause: a queue that ran over, or a
// cut.
func (c *Controller) explained() time.Duration { return max(c.rate.drained, c.returned) }

func (c *Controller) read(now time.Duration) signs {
	c.loss = c.losses.since(now-c.roundTrip-time.Second, c.explained(), 2*trialEnough)
	s := signs{
		now: now, queue: c.delay.queue(), threshold: c.delay.threshold(), roundTrip: c.roundTrip,
		received: c.received.rate(c.lastCame, 500*time.Millisecond),
		sent:     c.sent.rate(now, 500*time.Millisecond),
		inherent: c.judge.inherent,
		suspect:  c.judge.excess(c.loss),
		flying:   float64(c.history.total-c.lastTotal) * 8,
		wild:     c.delay.wild(), held: c.late.last > 0 && now-c.late.last < 500*time.Millisecond,
	}
	s.saturated = c.received.rate(c.lastCame, c.saturation(s.received))
	return s
}

// saturation is a time short enough to lie within a queue that just began, and
// long enough for some packets.
func (c *Controller) saturation(received float64) time.Duration {
	const some = 8 * packetBits
	return min(max(150*time.Millisecond, time.Duration(some/max(received, 1)*float64(time.Second))), 500*time.Millisecond)
}

// weigh puts loss before the judge.
func (c *Controller) weigh() {
	s := c.signs
	if c.rate.draining || s.queue > s.threshold/2 {
		return // loss in a queue is explained
	}
	if s.sent < c.cfg.slowest() && !c.judge.trial {
		c.judge.accept(c.loss, s.now) // there is nothing to lower
		return
	}
	switch c.judge.consider(&c.losses, s.now, s.roundTrip, c.explained()) {
	case dip:
		c.judge.rate = c.rate.target
		c.rate.set(min(c.rate.target, max(s.received*0.8, c.cfg.slowest())))
	case acquitted:
		c.rate.set(max(c.rate.target, c.judge.rate))
	case guilty:
		c.rate.cap, c.rate.capAt, c.rate.limit = s.received/backoff, s.now, ByLoss
		c.regret(s.now)
	}
}

// Tick tells that time passes; it is due every 50 ms or so.
func (c *Controller) Tick(now time.Time) {
	at := now.Sub(c.began)
	c.listen(at)
	c.watch(at)
	c.probe(at)
}

// Probe returns a cluster to send now, once; its ID is 0 if there is none.
func (c *Controller) Probe() Cluster { return c.prober.take() }

// Target is what to send from now on. The picture's rate is the steady one: a
// queue drains by pictures that are left out, not by a size that comes and goes.
func (c *Controller) Target() Target {
	rate := c.rate.present()
	audio, _, _ := c.share.split(rate, c.loss.share, &c.copying)
	_, video, copies := c.share.split(c.rate.target, c.loss.share, &c.copying)
	return Target{
		Rate: int(rate), Audio: audio, Video: video, Copies: copies, CopyAfter: c.copying.after(), Pacing: int(c.rate.pacing()), Hold: c.late.held,
		QueueDelay: c.signs.queue, RoundTrip: c.roundTrip, Loss: c.loss.share, Burst: max(1, c.loss.burst),
		Received: int(c.signs.received), LimitedBy: c.rate.limit,
	}
}
