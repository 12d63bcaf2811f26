package opus

// #include "decoder.h"
import "C"

import (
	"fmt"
	"sync"

	"parley/call"
)

const (
	mostSamples = 5760 // 120 ms, the longest packet
	leastStep   = 120  // 2.5 ms, what concealment is counted in
)

// Decoder is a libopus decoder. It implements call.AudioDecoder. Packets of two
// channels come out mixed to one.
type Decoder struct {
	mu sync.Mutex // any method against Close
	c  *C.OpusDecoder
}

// NewDecoder returns a decoder. The caller closes it.
func NewDecoder() (*Decoder, error) {
	var code C.int
	c := C.opus_decoder_create(call.SampleRate, 1, &code)
	if c == nil {
		return nil, failure("cannot make a decoder", code)
	}
	return &Decoder{c: c}, nil
}

// Decode implements call.AudioDecoder. pcm should hold 5760 samples; a packet
// longer than pcm is refused.
func (d *Decoder) Decode(packet []byte, pcm []int16) (int, error) {
	if len(packet) == 0 {
		return 0, fmt.Errorf("%w: it is empty", ErrBroken)
	}
	return d.decode(packet, pcm[:min(len(pcm), mostSamples)], 0)
}

// DecodeFEC implements call.AudioDecoder. len(pcm) is a multiple of 120, as
// Conceal's. It returns ErrNoRedundancy, and leaves pcm and the decoder as they
// are, where packet tells nothing of its predecessor or pcm is too short for
// it; libopus would conceal without a word.
func (d *Decoder) DecodeFEC(packet []byte, pcm []int16) error {
	if err := checkSpan(pcm); err != nil {
		return err
	}
	if len(packet) == 0 {
		return fmt.Errorf("%w: it is empty", ErrBroken)
	}
	n := C.parley_opus_redundant(bytePointer(packet), C.int(len(packet)), call.SampleRate)
	switch {
	case n < 0:
		return ErrBroken
	case n == 0, int(n) > len(pcm):
		return ErrNoRedundancy
	}
	return d.fill(packet, pcm)
}

// Conceal implements call.AudioDecoder. len(pcm) is a multiple of 120 (2.5 ms),
// at most 5760.
func (d *Decoder) Conceal(pcm []int16) error {
	if err := checkSpan(pcm); err != nil {
		return err
	}
	return d.fill(nil, pcm)
}

func checkSpan(pcm []int16) error {
	if n := len(pcm); n == 0 || n%leastStep != 0 || n > mostSamples {
		return fmt.Errorf("opus: cannot fill %d samples, only multiples of %d up to %d", n, leastStep, mostSamples)
	}
	return nil
}

func (d *Decoder) fill(packet []byte, pcm []int16) error {
	redundant := 0
	if packet != nil {
		redundant = 1
	}
	n, err := d.decode(packet, pcm, redundant)
	if err == nil && n < len(pcm) {
		clear(pcm[n:])
	}
	return err
}

// decode runs libopus; a nil packet is a lost one.
func (d *Decoder) decode(packet []byte, pcm []int16, redundant int) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.c == nil {
		return 0, ErrClosed
	}
	n := C.opus_decode(d.c, bytePointer(packet), C.opus_int32(len(packet)),
		samples(pcm), C.int(len(pcm)), C.int(redundant))
	switch {
	case n == C.OPUS_INVALID_PACKET, n == C.OPUS_BUFFER_TOO_SMALL:
		return 0, fmt.Errorf("%w (%w)", ErrBroken, failure("cannot decode", n))
	case n < 0:
		return 0, failure("cannot decode", n)
	}
	return int(n), nil
}

// Close gives the decoder's memory back. It is idempotent.
func (d *Decoder) Close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.c != nil {
		C.opus_decoder_destroy(d.c)
		d.c = nil
	}
	return nil
}
