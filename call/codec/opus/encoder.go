package opus

// #include "encoder.h"
import "C"

import (
	"fmt"
	"math"
	"sync"
	"sync/atomic"
	"unsafe"

	"parley/call"
)

const (
	packetSamples = call.PacketBlocks * call.BlockSamples
	// maxPacket is the largest packet of one frame in bytes (RFC 6716 section 3.2.1).
	maxPacket = 1275

	lowestRate  = 6_000   // bit/s, the range of RFC 6716 section 2.1.1
	highestRate = 510_000 // bit/s
)

// Encoder is a libopus encoder. It implements call.AudioEncoder.
type Encoder struct {
	wantRate, wantLoss atomic.Int32 // from any goroutine

	mu         sync.Mutex // Encode against Close
	c          *C.OpusEncoder
	rate, loss int32 // as libopus was told
	scratch    [maxPacket]byte
}

// NewEncoder returns an encoder for bitRate in bit/s. The caller closes it.
func NewEncoder(bitRate int, dtx bool) (*Encoder, error) {
	e := &Encoder{}
	var code C.int
	e.c = C.parley_opus_encoder_new(call.SampleRate, flag(dtx), &code)
	if e.c == nil {
		return nil, failure("cannot make an encoder", code)
	}
	e.SetBitRate(bitRate)
	return e, nil
}

func flag(b bool) C.int {
	if b {
		return 1
	}
	return 0
}

// Encode implements call.AudioEncoder.
func (e *Encoder) Encode(pcm []int16, buf []byte) ([]byte, error) {
	if len(pcm) != packetSamples {
		return nil, fmt.Errorf("opus: a packet takes %d samples, not %d", packetSamples, len(pcm))
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.c == nil {
		return nil, ErrClosed
	}
	if err := e.retune(); err != nil {
		return nil, err
	}
	n := C.opus_encode(e.c, samples(pcm), packetSamples, bytePointer(e.scratch[:]), maxPacket)
	if n < 0 {
		return nil, failure("cannot encode", n)
	}
	return append(buf[:0], e.scratch[:n]...), nil
}

// retune tells libopus what was asked for since the last packet.
func (e *Encoder) retune() error {
	if rate := e.wantRate.Load(); rate != e.rate {
		if code := C.parley_opus_set_bit_rate(e.c, C.int(rate)); code != C.OPUS_OK {
			return failure("cannot set the bit rate", code)
		}
		e.rate = rate
	}
	if loss := e.wantLoss.Load(); loss != e.loss {
		if code := C.parley_opus_set_loss(e.c, C.int(loss)); code != C.OPUS_OK {
			return failure("cannot set the loss", code)
		}
		e.loss = loss
	}
	return nil
}

// SetBitRate implements call.AudioEncoder; the target is kept within 6 and 510
// kbit/s. It never blocks.
func (e *Encoder) SetBitRate(bps int) {
	e.wantRate.Store(int32(min(max(bps, lowestRate), highestRate)))
}

// SetLoss implements call.AudioEncoder. Any loss over none makes room for
// redundancy; it never blocks.
func (e *Encoder) SetLoss(share float64) {
	if math.IsNaN(share) {
		return
	}
	e.wantLoss.Store(int32(math.Ceil(min(max(share, 0), 1) * 100)))
}

// Close gives the encoder's memory back, after an Encode in progress. It is
// idempotent.
func (e *Encoder) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.c != nil {
		C.opus_encoder_destroy(e.c)
		e.c = nil
	}
	return nil
}

func samples(pcm []int16) *C.opus_int16 {
	return (*C.opus_int16)(unsafe.Pointer(unsafe.SliceData(pcm)))
}

func bytePointer(b []byte) *C.uchar {
	return (*C.uchar)(unsafe.Pointer(unsafe.SliceData(b)))
}
