package record

import (
	"time"

	"parley/call"
)

// soundBlock is up to 10 ms from the microphone.
type soundBlock struct {
	n       int // samples
	at      time.Duration
	samples [call.BlockSamples]int16
}

func (b *soundBlock) length() time.Duration { return samplesSpan(int64(b.n)) }

// samplesSpan is how long n samples last at their nominal rate.
func samplesSpan(n int64) time.Duration {
	s, rest := n/call.SampleRate, n%call.SampleRate
	return time.Duration(s)*time.Second + time.Duration(rest)*time.Second/call.SampleRate
}

// soundLine finds when each block of a microphone was heard. The time that
// comes with a block is late by whatever held up the device's callback, by
// milliseconds and in bursts, but never early. So the line counts samples, and
// moves its count by the least lateness among the blocks of the next 320 ms:
//
//   - a block that is merely late is followed by others that catch up: nothing
//     happens;
//   - blocks that the device lost make all that follow late: that is a gap,
//     found at the very block behind it;
//   - a device clock that runs at its own pace bends the line by at most 1 ms
//     a second. No sample is added or taken away for it; the time stamps follow
//     the true time, and who plays the file retimes it (ffmpeg: aresample=async=1).
type soundLine struct {
	ring    [lookahead]lineBlock
	head, n int
	samples int64         // pushed so far
	offset  time.Duration // elapsed time of sample 0
	set     bool
}

type lineBlock struct {
	soundBlock
	first int64         // index of its first sample
	late  time.Duration // its own idea of offset
}

const (
	lookahead  = 32                   // blocks
	leastGap   = 6 * time.Millisecond // less is jitter or drift
	surelyGap  = 100 * time.Millisecond
	soundSlew  = 0.001
	soundBack  = 0.01 // towards an earlier time, after a gap that was none
	maxFilled  = 10 * time.Second
	soundStale = 400 * time.Millisecond // without a new block: nothing to wait for
)

// push adds a block; its at is when its last sample was heard.
func (l *soundLine) push(b *soundBlock) {
	p := &l.ring[(l.head+l.n)%lookahead]
	p.soundBlock = *b
	p.first = l.samples
	p.late = b.at - b.length() - samplesSpan(l.samples)
	l.samples += int64(b.n)
	l.n++
}

func (l *soundLine) full() bool { return l.n == lookahead }

// pop returns the oldest block with at set to when its first sample was heard,
// and how much sound is missing before it. The block is valid until the next
// push. There must be one.
func (l *soundLine) pop() (b *soundBlock, gap time.Duration) {
	p := &l.ring[l.head]
	want := l.least()
	switch off := want - l.offset; {
	case !l.set:
		l.offset, l.set = want, true
	case off > l.tolerance():
		gap, l.offset = off, want
	case off < -leastGap:
		l.offset -= time.Duration(float64(p.length()) * soundBack)
	default:
		limit := time.Duration(float64(p.length()) * soundSlew)
		l.offset += min(max(off, -limit), limit)
	}
	l.head = (l.head + 1) % lookahead
	l.n--
	p.at = l.offset + samplesSpan(p.first)
	return &p.soundBlock, gap
}

// tolerance is how much later than expected a block may be without a gap: the
// last few blocks have few others to tell jitter by.
func (l *soundLine) tolerance() time.Duration {
	if l.n < lookahead/2 {
		return surelyGap
	}
	return leastGap
}

// least is the least lateness of the blocks that wait.
func (l *soundLine) least() time.Duration {
	least := l.ring[l.head].late
	for i := 1; i < l.n; i++ {
		least = min(least, l.ring[(l.head+i)%lookahead].late)
	}
	return least
}
