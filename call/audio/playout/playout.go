// Package playout turns packets of sound that arrive as they please into an
// even stream: a jitter buffer measured in time, with concealment.
//
//	network: Push -> queue (ordered by RTP time)
//	                   | one packet, its redundancy, or a made-up continuation
//	device:  Pull <- stretch (a little faster or slower) <- fifo
//
// The only clock is the device's: the number of samples pulled so far. Each
// packet is noted by how far its RTP time is ahead of that clock when it
// arrives, so jitter of the network, of the scheduler and of the device, and
// the skew of the two sound cards, are all one measurement (see target).
//
// The package has no goroutines. Push comes from the network, Pull from the
// device's callback; they share one lock, held for a copy or one decode.
package playout

import (
	"sync"
	"time"

	"parley/call"
)

const millisecond = call.SampleRate / 1000 // in samples

// Options bounds the buffer. Zero fields take the defaults.
type Options struct {
	MinDelay time.Duration // least wait of the usual packet; default 20 ms
	MaxDelay time.Duration // most wait, beyond which sound is skipped; default 500 ms
	Start    time.Duration // wait of the first packet, before jitter is known; default 40 ms
}

func (o Options) withDefaults() Options {
	if o.MinDelay <= 0 {
		o.MinDelay = 20 * time.Millisecond
	}
	if o.MaxDelay <= 0 {
		o.MaxDelay = 500 * time.Millisecond
	}
	if o.Start <= 0 {
		o.Start = 40 * time.Millisecond
	}
	o.MaxDelay = max(o.MaxDelay, o.MinDelay)
	o.Start = min(o.Start, o.MaxDelay)
	return o
}

func samples(d time.Duration) int64 {
	return int64(d) * call.SampleRate / int64(time.Second)
}

// Playout is a jitter buffer for one received track. It owns its decoder.
type Playout struct {
	start, most int64 // Options.Start and Options.MaxDelay in samples

	mu     sync.Mutex
	closed bool
	queue  queue
	target target
	voice  voice

	pulled int64 // samples given out: the clock
	given  int64 // RTP time of the first sample that was pulled last
	alive  bool  // sound is being given out; else silence until a packet is due
	due    int64 // while not alive: RTP time that would be played at pulled = 0
	wait   int64 // how long packets wait of late, in samples, 1/16 steps
	stats  call.PlayoutStats
}

var _ call.SyncedPlayout = (*Playout)(nil)

// New makes a Playout that decodes with decoder, which it closes at Close.
func New(decoder call.AudioDecoder, options Options) *Playout {
	o := options.withDefaults()
	return &Playout{
		start:  samples(o.Start),
		most:   samples(o.MaxDelay),
		queue:  newQueue(),
		target: newTarget(samples(o.MinDelay), samples(o.MaxDelay)),
		voice:  newVoice(decoder),
	}
}

// Pull fills block with the next samples; silence where there is no stream.
// It never waits for the network.
func (p *Playout) Pull(block []int16) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(block) > 0 {
		n := min(len(block), call.BlockSamples)
		p.pull(block[:n])
		block = block[n:]
	}
}

func (p *Playout) pull(block []int16) {
	if p.closed || !p.alive && !p.begin() {
		clear(block)
		p.pulled += int64(len(block))
		return
	}
	p.steer()
	for p.alive && p.voice.fifo.short(len(block)) {
		p.fill()
	}
	p.given = p.voice.position()
	p.voice.fifo.read(block)
	p.pulled += int64(len(block))
	p.stats.Played += uint64(len(block))
}

// begin starts the sound when the oldest packet is due in this block.
func (p *Playout) begin() bool {
	head := p.queue.head()
	if head == nil {
		return false
	}
	lead := head.time - p.due - p.pulled
	if lead >= call.BlockSamples {
		return false
	}
	p.alive = true
	p.voice.begin(head.time, int(max(lead, 0)))
	return true
}

// steer sets the speed that brings the delay to its target.
func (p *Playout) steer() {
	excess := p.target.offset - p.offset()
	p.voice.late = excess
	p.voice.fifo.steer(excess)
}

// offset is how far the RTP time being played is ahead of the clock; a
// smaller offset is a longer delay.
func (p *Playout) offset() int64 { return p.voice.position() - p.pulled }

// fill puts at least one sample more into the fifo, or ends the sound.
func (p *Playout) fill() {
	p.skip()
	switch p.voice.fill(p.queue.head()) {
	case tookPacket:
		p.queue.drop()
	case wentSilent:
		p.alive = false
		p.due = p.target.offset
	}
}

// skip throws away the oldest packets when more waits than may ever wait.
func (p *Playout) skip() {
	if p.queue.span()+p.voice.fifo.left() <= p.most+p.most/4 {
		return
	}
	goal := max(p.target.delay(), 2*p.voice.packet)
	for p.queue.len() > 1 && p.queue.span() > goal {
		p.queue.drop()
	}
	p.voice.jump(p.queue.head().time)
}

// Playing implements call.SyncedPlayout.
func (p *Playout) Playing() (rtp uint32, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return uint32(p.given), p.alive
}

// SetExtra implements call.SyncedPlayout.
func (p *Playout) SetExtra(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.target.setExtra(samples(d))
}

// Stats counts what happened since New.
func (p *Playout) Stats() call.PlayoutStats {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.stats
	s.Concealed = p.voice.concealed
	s.Delay = time.Duration(p.wait) * time.Second / (16 * call.SampleRate)
	return s
}

// Close closes the decoder; Pull gives silence from then on. It is idempotent.
func (p *Playout) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil
	}
	p.closed = true
	p.alive = false
	return p.voice.decoder.Close()
}
