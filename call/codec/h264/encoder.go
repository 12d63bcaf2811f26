package h264

// #include "encoder.h"
import "C"

import (
	"errors"
	"fmt"
	"math"
	"sync"
	"time"
	"unsafe"

	"parley/call"
	"parley/call/codec"
)

const (
	smallest = 16   // pixels a side, a macroblock
	largest  = 4096 // pixels a side

	lowestRate  = 10_000      // bit/s, below which OpenH264 refuses
	highestRate = 100_000_000 // bit/s

	masterKeys = 2 * time.Second
	rateSlack  = 0.04 // share by which the frame rate may stray before OpenH264 is told
)

// Encoder is an OpenH264 encoder. It implements call.VideoEncoder.
//
// H.264 crops chroma-sampled pictures in steps of two pixels: the last column
// or row of a picture with an odd size is left out.
type Encoder struct {
	controls codec.Controls

	mu            sync.Mutex // Encode against Close
	config        call.VideoConfig
	c             *C.parley_h264_encoder
	closed        bool
	width, height int
	pace          codec.Pace
	bitRate       int
	frameRate     float64
	lastKey       time.Duration
}

// NewEncoder returns an encoder at work, or an error when OpenH264 does not
// take the configuration. The caller closes it.
func NewEncoder(cfg call.VideoConfig) (*Encoder, error) {
	e := &Encoder{config: cfg}
	e.pace.Expect(cfg.FrameRate)
	e.bitRate = cfg.BitRate
	e.controls.SetBitRate(cfg.BitRate)
	if err := e.start(cfg.Width&^1, cfg.Height&^1); err != nil {
		return nil, err
	}
	return e, nil
}

// start begins a stream of the given size, giving back the memory of the one
// before. OpenH264 can change size in place, but keeps the larger buffers.
func (e *Encoder) start(width, height int) error {
	if width < smallest || height < smallest || width > largest || height > largest {
		return fmt.Errorf("h264: cannot encode pictures of %dx%d: each side must be %d to %d pixels",
			width, height, smallest, largest)
	}
	e.stop()
	e.bitRate, e.frameRate = clampRate(e.bitRate), e.pace.Rate()
	e.c = C.parley_h264_encoder_new(C.parley_h264_settings{
		width: C.int(width), height: C.int(height),
		bit_rate: C.int(e.bitRate), frame_rate: C.float(e.frameRate),
		threads: C.int(threads(e.config.Threads, width*height)),
		screen:  C.bool(e.config.Screen), master: C.bool(e.config.Master),
	})
	if e.c == nil {
		return fmt.Errorf("h264: OpenH264 refused %dx%d at %d bit/s", width, height, e.bitRate)
	}
	e.width, e.height = width, height
	return nil
}

// threads chooses the number of slices, one a thread. Slices cost bits and
// wake-ups; up to 720p one thread is done in a fraction of a frame's time.
func threads(wanted, pixels int) int {
	switch {
	case wanted > 0:
		return min(wanted, 4)
	case pixels > 1280*720:
		return 2
	}
	return 1
}

func clampRate(bps int) int { return min(max(bps, lowestRate), highestRate) }

// Encode implements call.VideoEncoder.
func (e *Encoder) Encode(pic *call.Picture, buf []byte) ([]byte, bool, error) {
	if err := codec.CheckPlanes(pic); err != nil {
		return nil, false, fmt.Errorf("h264: %w", err)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return nil, false, ErrClosed
	}
	at := e.pace.Next(pic.At)
	if err := e.follow(pic); err != nil {
		return nil, false, err
	}
	key := e.controls.TakeKeyFrame() || e.config.Master && at-e.lastKey >= masterKeys
	return e.encode(pic, buf[:0], at, key)
}

// follow brings OpenH264 in line with the picture's size and with what was
// asked for since the last picture.
func (e *Encoder) follow(pic *call.Picture) error {
	if fps, ok := e.controls.TakeFrameRate(); ok {
		e.pace.Expect(fps)
	}
	bps := clampRate(e.controls.BitRate())
	width, height := pic.Width()&^1, pic.Height()&^1
	if e.c == nil || width != e.width || height != e.height {
		e.bitRate = bps
		return e.start(width, height)
	}
	return e.retune(bps, e.pace.Rate())
}

func (e *Encoder) retune(bps int, fps float64) error {
	if bps != e.bitRate {
		if C.parley_h264_set_bit_rate(e.c, C.int(bps)) != 0 {
			return fmt.Errorf("h264: OpenH264 refused %d bit/s", bps)
		}
		e.bitRate = bps
	}
	if math.Abs(fps-e.frameRate) > rateSlack*e.frameRate {
		if C.parley_h264_set_frame_rate(e.c, C.float(fps)) != 0 {
			return fmt.Errorf("h264: OpenH264 refused %.1f pictures a second", fps)
		}
		e.frameRate = fps
	}
	return nil
}

func (e *Encoder) encode(pic *call.Picture, unit []byte, at time.Duration, key bool) ([]byte, bool, error) {
	kind := C.parley_h264_encode(e.c, plane(pic.Y), plane(pic.Cb), plane(pic.Cr),
		C.int(pic.YStride), C.int(pic.CStride), C.longlong(at.Milliseconds()), C.bool(key))
	switch kind {
	case C.videoFrameTypeIDR:
		e.lastKey = at
	case C.videoFrameTypeI, C.videoFrameTypeP, C.videoFrameTypeIPMixed:
	case C.videoFrameTypeSkip:
		if key {
			e.controls.ForceKeyFrame() // it is still owed
		}
		return nil, false, call.ErrFrameDropped
	default:
		return nil, false, errors.New("h264: OpenH264 failed to encode a picture; make a new encoder")
	}
	for i := range e.c.parts {
		part := &e.c.part[i]
		unit = append(unit, unsafe.Slice((*byte)(part.data), part.size)...)
	}
	return unit, kind == C.videoFrameTypeIDR, nil
}

func plane(b []byte) *C.uchar { return (*C.uchar)(unsafe.Pointer(unsafe.SliceData(b))) }

// ForceKeyFrame implements call.VideoEncoder.
func (e *Encoder) ForceKeyFrame() { e.controls.ForceKeyFrame() }

// SetBitRate implements call.VideoEncoder; the target is kept within 10 kbit/s
// and 100 Mbit/s.
func (e *Encoder) SetBitRate(bps int) { e.controls.SetBitRate(bps) }

// SetFrameRate implements call.VideoEncoder. The pictures' own times soon
// outweigh it.
func (e *Encoder) SetFrameRate(fps float64) { e.controls.SetFrameRate(fps) }

// Close gives the encoder's memory back, after an Encode in progress. It is
// idempotent.
func (e *Encoder) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.stop()
	e.closed = true
	return nil
}

func (e *Encoder) stop() {
	if e.c != nil {
		C.parley_h264_encoder_free(e.c)
		e.c = nil
	}
}
