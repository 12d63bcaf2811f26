package pacing

import "time"

// run lets pictures and repairs leave until Close.
func (p *Pacer) run() {
	defer close(p.done)
	timer := time.NewTimer(tick)
	defer timer.Stop()
	ordered := time.Now()
	for {
		select {
		case <-p.stop:
			return
		case <-p.wake:
		case <-timer.C:
		}
		now := time.Now()
		if now.Sub(ordered) >= tick {
			ordered = now
			p.dropLate(now)
		}
		p.obey(p.cfg.Control.Orders(now), now)
		p.sendCluster(now)
		p.sendPaced(now)
		timer.Reset(min(p.wait(time.Now()), ordered.Add(tick).Sub(now)))
	}
}

func (p *Pacer) obey(o Orders, now time.Time) {
	p.mu.Lock()
	p.rate, p.hold = max(1, o.Rate), o.Hold
	p.copying, p.copyAfter = o.Copies, o.CopyAfter
	p.mu.Unlock()
	if o.Cluster.ID != 0 {
		p.cluster, p.burst = o.Cluster, now
	}
}

// wait is how long there is nothing to do.
func (p *Pacer) wait(now time.Time) time.Duration {
	until := tick
	if p.cluster.ID != 0 {
		until = p.burst.Sub(now)
	}
	if left, waiting := p.waiting(now); waiting {
		until = min(until, max(left, atOnce(p.next.Sub(now))))
	}
	return max(until, 0)
}

// atOnce lengthens a short wait, so that packets leave some at once: to wake for
// each of them costs more of the machine than to send it, at both ends.
func atOnce(wait time.Duration) time.Duration {
	if wait <= 0 {
		return 0
	}
	return max(wait, quantum)
}

// waiting says whether anything waits, and how long it waits for its own time.
func (p *Pacer) waiting(now time.Time) (left time.Duration, waiting bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.repairs.count > 0 || p.video.count > 0 && !p.hold {
		return 0, true
	}
	return p.untilCopy(now), p.copies.count > 0
}

// due takes the packet that is to leave first, or nil.
func (p *Pacer) due(now time.Time) (q *packet, rate int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if q = p.repairs.pop(); q == nil {
		q = p.copyDue(now)
	}
	if q == nil && !p.hold {
		q = p.video.pop()
	}
	return q, p.rate
}

// sendPaced sends what the rate allows by now.
func (p *Pacer) sendPaced(now time.Time) {
	if earliest := now.Add(-catchUp); p.next.Before(earliest) {
		p.next = earliest
	}
	for !p.next.After(now) {
		q, rate := p.due(now)
		if q == nil {
			return
		}
		p.send(q, 0)
		p.next = p.next.Add(lasting(q.size, rate))
		p.gone(q)
	}
}

// lasting is how long a packet takes at a rate.
func lasting(size, rate int) time.Duration {
	return time.Duration(int64(size) * 8 * int64(time.Second) / int64(rate))
}

// sendCluster sends what is due of a probe: what waits, and padding where
// nothing does.
func (p *Pacer) sendCluster(now time.Time) {
	for p.cluster.ID != 0 && !p.burst.After(now) {
		size := p.sendProbe(now)
		if size == 0 {
			p.cluster = Cluster{} // nothing to probe with
			return
		}
		p.burst = p.burst.Add(lasting(size, p.cluster.Rate))
		p.cluster.Bytes -= size
		p.cluster.Packets--
		if p.cluster.Bytes <= 0 && p.cluster.Packets <= 0 {
			p.cluster = Cluster{}
		}
	}
}

// sendProbe sends one packet of the cluster and returns its size, 0 for none.
func (p *Pacer) sendProbe(now time.Time) int {
	if q, _ := p.due(now); q != nil {
		p.send(q, p.cluster.ID)
		size := q.size
		p.gone(q)
		return size
	}
	s := p.padded()
	if s == nil {
		return 0
	}
	s.padding(&p.pad)
	p.send(&p.pad, p.cluster.ID)
	return p.pad.size
}

// padded finds a stream that padding can go beside.
func (p *Pacer) padded() *stream {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.streams {
		if s.canPad() {
			return s
		}
	}
	return nil
}

// dropLate gives up what has waited too long, and says so. A picture's packets
// go together: what is left of a frame is of no use.
func (p *Pacer) dropLate(now time.Time) {
	var d Drops
	p.mu.Lock()
	age := int64(now.Sub(p.began))
	for q := p.repairs.oldest(); q != nil && age-q.at > int64(repairWait); q = p.repairs.oldest() {
		p.recycle(p.repairs.pop())
		d.Repair++
	}
	for q := p.copies.oldest(); q != nil && age-q.at > int64(repairWait); q = p.copies.oldest() {
		p.recycle(p.copies.pop())
	}
	if q := p.video.oldest(); q != nil && (age-q.at > int64(p.cfg.MaxWait) || p.video.bytes > mostQueued) {
		for ; q != nil; q = p.video.oldest() {
			p.recycle(p.video.pop())
			d.Video++
		}
	}
	p.mu.Unlock()
	if d != (Drops{}) && p.cfg.Dropped != nil {
		p.cfg.Dropped(d)
	}
}
