package playout

import "parley/call"

const (
	fadeFrom   = 40 * millisecond  // made-up sound keeps its strength so long,
	silentAt   = 120 * millisecond // and is gone here: the stream is not alive
	fadeLength = 5 * millisecond
	gainSlope  = 1.0 / fadeLength
	opusStep   = 120 // samples: concealment and redundancy come in steps of 2.5 ms
	dtxBytes   = 2   // a packet of so few bytes says that silence follows (RFC 6716)
	quiet      = 64  // peak below which a packet may be left out unnoticed
	quietFrom  = 60 * millisecond
)

// outcome is what filling the fifo came to.
type outcome int

const (
	madeUp     outcome = iota // sound was made up or recovered
	tookPacket                // the head was decoded
	wentSilent                // nothing for so long that the stream is not alive
)

// voice decodes packets into the fifo, and makes up what is missing.
type voice struct {
	decoder call.AudioDecoder
	fifo    fifo
	pcm     []int16

	next   int64 // RTP time of the next sample to decode
	packet int64 // samples in the last packet
	late   int64 // samples of delay beyond the target, told by the owner

	gain      float64 // 1, or on the way from or to silence
	madeUp    int64   // samples made up since the last packet
	lent      int64   // those among them that moved next not: the delay grew
	dtx       bool    // the last packet announced silence
	concealed uint64
}

func newVoice(decoder call.AudioDecoder) voice {
	return voice{
		decoder: decoder,
		fifo:    newFIFO(),
		pcm:     make([]int16, maxDecoded),
		packet:  call.PacketBlocks * call.BlockSamples,
	}
}

// position is the RTP time of the next sample to give out.
func (v *voice) position() int64 { return v.next - v.fifo.left() }

// begin starts at an RTP time after a silence, with lead samples more of it.
func (v *voice) begin(at int64, lead int) {
	v.fifo.reset(lead)
	v.next, v.gain, v.madeUp, v.lent = at, 0, 0, 0
}

// jump goes on at another RTP time: what was heard last fades out, what
// follows fades in.
func (v *voice) jump(at int64) {
	if v.fifo.left() < fadeLength {
		v.conceal(fadeLength)
	}
	v.fadeOut()
	v.next, v.gain, v.lent = at, 0, 0
}

// fill appends the sound that follows next, of head if it is its turn. head
// is nil when no packet waits.
func (v *voice) fill(head *packet) outcome {
	if head == nil {
		return v.stall()
	}
	v.repay(head.time - v.next)
	gap := head.time - v.next
	switch {
	case gap < opusStep:
		v.decode(head)
		return tookPacket
	case gap > v.packet:
		return v.conceal(min(gap-v.packet, call.BlockSamples))
	}
	return v.recover(head, gap)
}

// stall covers for a packet that is late or lost, which cannot be known yet:
// if it comes it is played, and the delay has grown by what was made up.
func (v *voice) stall() outcome {
	done := v.conceal(call.BlockSamples)
	if done == madeUp {
		v.next -= call.BlockSamples
		v.lent += call.BlockSamples
	}
	return done
}

// repay counts what was made up while waiting against a gap that turned out
// to be a loss, so that the loss is not filled twice.
func (v *voice) repay(gap int64) {
	paid := max(min(gap, v.lent), 0)
	v.next += paid
	v.lent = 0
}

// conceal makes n samples up and moves next. After some time they fade, and
// the stream counts as silent.
func (v *voice) conceal(n int64) outcome {
	if v.madeUp >= silentAt {
		return wentSilent
	}
	n = max(n-n%opusStep, opusStep)
	pcm := v.fifo.room(int(n))
	if v.decoder.Conceal(pcm) != nil {
		clear(pcm)
	}
	v.next += n
	v.madeUp += n
	if !v.dtx {
		v.concealed += uint64(n)
	}
	v.fade(pcm, v.strength())
	v.fifo.extend(len(pcm))
	return madeUp
}

// strength is the gain for sound made up for so long.
func (v *voice) strength() float64 {
	if v.madeUp <= fadeFrom {
		return v.gain
	}
	return max(0, float64(silentAt-v.madeUp)/(silentAt-fadeFrom))
}

// recover fills the gap before head from the redundancy that head carries,
// which is a whole packet: where part of it was made up while waiting, the
// rest of it follows.
func (v *voice) recover(head *packet, gap int64) outcome {
	gap -= gap % opusStep
	whole := v.pcm[:max(gap, v.packet-v.packet%opusStep)]
	if v.decoder.DecodeFEC(head.payload, whole) != nil {
		return v.conceal(gap)
	}
	pcm := v.fifo.room(int(gap))
	copy(pcm, whole[int64(len(whole))-gap:])
	v.next += gap
	v.madeUp = 0
	v.fade(pcm, 1)
	v.fifo.extend(len(pcm))
	return madeUp
}

// decode appends a packet's sound; one that cannot be decoded is made up.
func (v *voice) decode(head *packet) {
	n, err := v.decoder.Decode(head.payload, v.pcm)
	v.next = head.time
	if err != nil || n <= 0 {
		v.conceal(v.packet)
		v.next = head.time + v.packet
		return
	}
	v.next += int64(n)
	v.packet = int64(n)
	v.madeUp = 0
	v.dtx = len(head.payload) <= dtxBytes
	pcm := v.pcm[:n]
	v.fade(pcm, 1)
	if v.late > quietFrom && isQuiet(pcm) {
		v.late -= int64(n)
		return // silence is what is left out first to catch up
	}
	copy(v.fifo.room(n), pcm)
	v.fifo.extend(n)
}

// fade brings the gain to a goal within pcm: over 5 ms up from silence, over
// all of pcm down.
func (v *voice) fade(pcm []int16, goal float64) {
	if v.gain == 1 && goal == 1 {
		return
	}
	slope := gainSlope
	if goal < v.gain {
		slope = (goal - v.gain) / float64(len(pcm))
	}
	for i := range pcm {
		pcm[i] = int16(float64(pcm[i]) * v.gain)
		if slope > 0 {
			v.gain = min(v.gain+slope, goal)
		} else {
			v.gain = max(v.gain+slope, goal)
		}
	}
}

// fadeOut ends what is in the fifo in silence.
func (v *voice) fadeOut() {
	tail := v.fifo.buf[max(lookBehind, len(v.fifo.buf)-fadeLength):]
	for i := range tail {
		tail[i] = int16(int(tail[i]) * (len(tail) - 1 - i) / len(tail))
	}
}

func isQuiet(pcm []int16) bool {
	for _, s := range pcm {
		if s > quiet || s < -quiet {
			return false
		}
	}
	return true
}
