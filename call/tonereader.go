package call

import (
	"sync"
	"time"
)

// ToneReader finds a Tone's pips in what is being played and measures how old
// they are. Feed belongs to one goroutine; the other methods may be called
// from any.
type ToneReader struct {
	clock  sampleClock
	heard  int64 // samples fed
	ear    ear
	pip    pipWatch
	decode int64 // hop at which the code after the last pip is complete, or 0

	mu        sync.Mutex
	pips      int
	latencies [latenciesKept]time.Duration
	measured  int
}

const (
	// latenciesKept is an hour of pips.
	latenciesKept = 3600
	// aheadLimit is how much the sender's clock may be ahead of ours before a
	// pip counts as nearly codeModulus seconds old.
	aheadLimit = time.Second
)

// NewToneReader returns a reader that has heard nothing.
func NewToneReader() *ToneReader { return &ToneReader{} }

// Feed takes the next samples, 48 kHz, one channel; at is when the first of
// them is played.
func (r *ToneReader) Feed(block []int16, at time.Time) {
	at = r.clock.block(at, len(block), nil)
	start := r.heard
	r.heard += int64(len(block))
	for _, s := range block {
		if r.ear.hear(s) {
			r.listen(at, start)
		}
	}
}

// listen takes in the hop that just ended, in a block whose first sample has
// the number start and the time at.
func (r *ToneReader) listen(at time.Time, start int64) {
	if r.decode == 0 && r.pip.watch(&r.ear) {
		r.decode = r.ear.hops + (codeEnd-pipSamples)/hopSamples
		r.mu.Lock()
		r.pips++
		r.mu.Unlock()
	}
	if r.decode == 0 || r.ear.hops < r.decode {
		return
	}
	r.decode = 0
	onset := r.pip.onset
	low, ok := r.ear.code(onset)
	if !ok {
		return // a pip all the same, but whose second nobody can tell
	}
	played := at.Add(time.Duration((onset - float64(start)) / SampleRate * float64(time.Second)))
	r.note(age(played, low))
}

func (r *ToneReader) note(latency time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.latencies[r.measured%latenciesKept] = latency
	r.measured++
}

// age is the time from the last second with these low bits to played.
func age(played time.Time, low int64) time.Duration {
	latest := played.Add(aheadLimit).Unix()
	second := latest - (latest-low)&(codeModulus-1)
	return played.Sub(time.Unix(second, 0))
}

// Pips counts the pips heard.
func (r *ToneReader) Pips() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.pips
}

// newest is the last latency measured, and how many were.
func (r *ToneReader) newest() (latency time.Duration, measured int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.measured > 0 {
		latency = r.latencies[(r.measured-1)%latenciesKept]
	}
	return latency, r.measured
}

// Latencies returns how old each pip was that could be told, the oldest
// measurement first and those of the last hour at most: the time it was
// played less the second that it stands for. Up to 15 s are told apart.
func (r *ToneReader) Latencies() []time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.measured <= latenciesKept {
		return append([]time.Duration(nil), r.latencies[:r.measured]...)
	}
	split := r.measured % latenciesKept
	return append(append([]time.Duration(nil), r.latencies[split:]...), r.latencies[:split]...)
}
