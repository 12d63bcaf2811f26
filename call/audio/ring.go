package audio

import (
	"sync"

	"parley/call"
)

const (
	ringSize  = 1 << 14                // samples, 340 ms
	lookEvery = call.SampleRate / 4    // samples played between two looks at the spare
	spare     = call.BlockSamples / 4  // kept in the ring at its emptiest
	tooMuch   = 2 * call.BlockSamples  // unused for one look: cut out
	unneeded  = call.BlockSamples / 2  // unused for so long as patience: cut out
	patience  = 40                     // looks
	blend     = call.BlockSamples / 10 // samples over which a cut is blended
)

// ring carries sound from the microphone's thread to the speaker's. It holds
// as little as it can: when the speaker finds it empty, silence is put in and
// stays as reserve; what lies unused is cut out again: much of it at once (a
// sound server that ran out of sound plays silence and then asks for no more
// than before, while the microphone went on), little after seconds (two
// devices whose clocks differ).
type ring struct {
	mu    sync.Mutex
	buf   [ringSize]int16
	read  uint64 // samples read and written since the beginning
	wrote uint64

	begun  bool
	looked uint64 // read at the last look
	least  uint64 // least that was left after a read since then,
	lately uint64 // and since the last cut or patience looks
	looks  int
}

func (r *ring) at(i uint64) *int16 { return &r.buf[i%ringSize] }

// write appends a block; the oldest goes where there is no room.
func (r *ring) write(block []int16) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range block {
		*r.at(r.wrote) = s
		r.wrote++
	}
	if r.wrote-r.read > ringSize {
		r.read = r.wrote - ringSize
	}
}

// pull fills out, with silence where there is no more.
func (r *ring) pull(out []int16) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.begun {
		r.begin()
	}
	n := min(int(r.wrote-r.read), len(out))
	for i := range n {
		out[i] = *r.at(r.read)
		r.read++
	}
	clear(out[n:])
	r.least = min(r.least, r.wrote-r.read)
	if r.read-r.looked > lookEvery {
		r.look()
	}
}

// begin forgets what was written before the speaker ran, but for a block.
func (r *ring) begin() {
	r.begun = true
	r.read = r.wrote - min(r.wrote, call.BlockSamples)
	r.least, r.lately, r.looked = ringSize, ringSize, r.read
}

// look cuts out what was not needed.
func (r *ring) look() {
	r.lately = min(r.lately, r.least)
	r.looks++
	idle := uint64(0)
	if r.least >= tooMuch+spare {
		idle = r.least - spare
	} else if r.looks == patience && r.lately >= unneeded+spare {
		idle = r.lately - spare
	}
	if idle > 0 {
		r.cut(idle)
	}
	if idle > 0 || r.looks == patience {
		r.looks, r.lately = 0, ringSize
	}
	r.least, r.looked = ringSize, r.read
}

// cut leaves out the next n samples, of which there must be n+blend, and
// blends across the gap.
func (r *ring) cut(n uint64) {
	if r.wrote-r.read < n+blend {
		return
	}
	for i := range uint64(blend) {
		from, to := int(*r.at(r.read + i)), r.at(r.read+n+i)
		*to = int16((from*int(blend-i) + int(*to)*int(i)) / blend)
	}
	r.read += n
}
