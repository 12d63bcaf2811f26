package playout

import (
	"math"

	"parley/call"
)

// A packet so far from where the stream is expected belongs to a stream that
// began anew (a restarted sender, an RTP clock that stood still while muted).
const restartAfter = call.SampleRate

// Push takes a received packet in any order and copies it. Duplicates, packets
// whose time has passed (counted as late) and packets that cannot be sound
// (empty, or larger than any datagram) are left out.
func (p *Playout) Push(in call.AudioPacket) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || len(in.Payload) == 0 || len(in.Payload) > maxPayload {
		return
	}
	if p.queue.seen(in.Sequence, in.RTPTime) {
		return
	}
	at, newer := p.queue.unwrap(in.Sequence, in.RTPTime)
	if p.isRestart(at, newer) {
		p.restart(in.Sequence, at)
	} else if at < p.voice.next {
		if !in.Redundant {
			p.stats.Late++
		}
		p.target.note(at - p.pulled)
		return
	}
	p.accept(in, at)
}

// isRestart tells a stream that began anew from a late packet: it is far off
// the expected time, or later in sequence and yet earlier in time. An old
// packet is taken for a new stream only when the present one has ended.
func (p *Playout) isRestart(at int64, newer bool) bool {
	if p.target.empty() {
		return true
	}
	ahead := at - p.pulled - p.target.offset
	if ahead > restartAfter {
		return true
	}
	ended := !p.alive && p.queue.len() == 0
	return (newer || ended) && (ahead < -restartAfter || newer && at < p.voice.next)
}

// restart forgets the stream so far; the one that begins at a given time
// follows on what is being played.
func (p *Playout) restart(sequence uint16, at int64) {
	p.queue.clear()
	p.queue.rebase(sequence, at)
	p.target.clear()
	p.voice.next = math.MinInt64 / 2
	if p.alive {
		lead := max(0, p.start-p.voice.fifo.left())
		p.voice.jump(at - lead + lead%opusStep)
	}
}

func (p *Playout) accept(in call.AudioPacket, at int64) {
	first := p.target.empty()
	ahead := at - p.pulled
	p.target.note(ahead)
	if first || !p.alive && p.queue.len() == 0 {
		p.schedule(ahead, first)
	}
	p.queue.put(in, at)
	if p.alive {
		p.wait += (16*(ahead-p.offset()) - p.wait) / 16
	}
}

// schedule decides when the first packet after a silence is played: where the
// target has it, or after the starting delay when the target is not known yet
// or has been missed.
func (p *Playout) schedule(ahead int64, first bool) {
	p.due = p.target.offset
	if first || ahead < p.due {
		p.due = ahead - p.start
	}
}
