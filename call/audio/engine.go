package audio

import "parley/call"

// engine runs one block after the other, from whichever thread is the clock.
type engine struct {
	process func(heard, play []int16)
	signal  func(block []int16) // nil: silence, unless a microphone fills heard

	heard, play [call.BlockSamples]int16
	have        int // samples of heard that a microphone has filled so far
}

// step does a block with what is in heard, and leaves what to play in play.
func (e *engine) step() {
	if e.signal != nil {
		e.signal(e.heard[:])
	}
	clear(e.play[:])
	e.process(e.heard[:], e.play[:])
	if e.signal == nil {
		clear(e.heard[:])
	}
}

// hear cuts what a microphone gives, in whatever sizes, into blocks, and
// calls played for each.
func (e *engine) hear(samples []int16, played func(block []int16)) {
	for len(samples) > 0 {
		n := copy(e.heard[e.have:], samples)
		samples = samples[n:]
		if e.have += n; e.have < len(e.heard) {
			return
		}
		e.have = 0
		e.step()
		played(e.play[:])
	}
}
