package congestion

import "time"

// prober asks for bursts of packets and measures what they come through at.
type prober struct {
	want    Cluster // to be taken by Probe
	running int     // ID of the burst under way; 0: none
	askedAt time.Duration
	last    int // newest ID

	size     int // bytes asked for
	bytes    int // sent
	packets  int // sent
	reported int // packets of which feedback told
	seen     int // bytes that arrived
	first    edge
	final    edge
	latest   time.Duration // arrival
}

// edge is the first or last packet of a burst to arrive.
type edge struct {
	left, came time.Duration
	size       int
	before     int // bytes of the burst sent before it
}

const (
	probeLength  = 15 * time.Millisecond
	probePackets = 5
	stretched    = 8                      // this part more than it left in is still undelayed
	probeTimeout = 500 * time.Millisecond // beyond the round trip
)

// ask requests a burst at a rate unless one is under way.
func (p *prober) ask(rate float64, now time.Duration) {
	if p.running != 0 {
		return
	}
	p.last++
	p.running, p.askedAt = p.last, now
	p.size = int(rate * probeLength.Seconds() / 8)
	p.bytes, p.packets, p.reported, p.seen, p.latest = 0, 0, 0, 0, 0
	p.want = Cluster{ID: p.last, Rate: int(rate), Bytes: p.size, Packets: probePackets}
}

// take hands the request over.
func (p *prober) take() Cluster {
	c := p.want
	p.want = Cluster{}
	return c
}

// sent counts a packet of the burst, and returns how many bytes of it left
// before.
func (p *prober) sent(id, size int) (before int) {
	if id == 0 || id != p.running {
		return 0
	}
	before = p.bytes
	p.bytes += size
	p.packets++
	return before
}

// told takes what feedback says of a packet for the first time.
func (p *prober) told(s *sent, came time.Duration, seen bool) {
	if s.probe == 0 || int(s.probe) != p.running {
		return
	}
	p.reported++
	if !seen {
		return
	}
	e := edge{left: s.at, came: came, size: int(s.size), before: int(s.before)}
	if p.seen == 0 || e.left < p.first.left {
		p.first = e
	}
	if p.seen == 0 || e.left >= p.final.left {
		p.final = e
	}
	p.latest = max(p.latest, came)
	p.seen += int(s.size)
}

// outcome of a burst, in bit/s.
type outcome struct {
	sent, came float64
	undelayed  bool // the packets came as far apart as they left
	ok         bool
}

// finish ends the burst once everything of it was told, or its time is over.
func (p *prober) finish(now, roundTrip time.Duration) (o outcome, done bool) {
	if p.running == 0 {
		return o, false
	}
	complete := p.bytes >= p.size && p.packets >= probePackets && p.reported >= p.packets
	if !complete && now-p.askedAt < roundTrip+probeTimeout {
		return o, false
	}
	p.running, p.want = 0, Cluster{}
	return p.measure(), true
}

// measure counts what lies between the first and the last packet that came:
// what was lost in between would have come in between.
func (p *prober) measure() (o outcome) {
	left, came := p.final.left-p.first.left, p.latest-p.first.came
	if p.seen*2 < p.bytes || left <= 0 {
		return o
	}
	inside := p.final.before + p.final.size - p.first.before
	o.sent = float64((inside-p.final.size)*8) / left.Seconds()
	took := max(came, deltaUnit).Seconds()
	o.came = min(o.sent, o.sent*left.Seconds()/took, float64((inside-p.first.size)*8)/took)
	o.undelayed = came <= left+left/stretched+time.Millisecond
	o.ok = true
	return o
}
