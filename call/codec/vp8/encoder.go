package vp8

// #include "encoder.h"
import "C"

import (
	"fmt"
	"math"
	"sync"
	"time"
	"unsafe"

	"parley/call"
	"parley/call/codec"
)

const (
	largest = 4096 // pixels a side

	lowestRate  = 10_000      // bit/s
	highestRate = 100_000_000 // bit/s

	masterKeys  = 2 * time.Second
	rateSlack   = 0.04 // share by which the frame rate may stray before libvpx is told
	keySeconds  = 0.25 // what a key frame may take of the bit rate
	leastIntra  = 150  // percent of an average frame
	masterIntra = 0    // no bound
)

// Encoder is a libvpx VP8 encoder. It implements call.VideoEncoder. Odd sizes
// are coded as they are.
type Encoder struct {
	controls codec.Controls

	mu            sync.Mutex // Encode against Close
	config        call.VideoConfig
	c             *C.parley_vp8_encoder
	closed        bool
	width, height int
	pace          codec.Pace
	speed         speed
	bitRate       int
	frameRate     float64
	last, lastKey time.Duration
}

// NewEncoder returns an encoder at work, or an error when libvpx does not take
// the configuration. The caller closes it.
func NewEncoder(cfg call.VideoConfig) (*Encoder, error) {
	e := &Encoder{config: cfg, speed: newSpeed()}
	e.pace.Expect(cfg.FrameRate)
	e.bitRate = clampRate(cfg.BitRate)
	e.controls.SetBitRate(cfg.BitRate)
	if err := e.start(cfg.Width, cfg.Height); err != nil {
		return nil, err
	}
	return e, nil
}

// start begins a stream of the given size, giving back the memory of the one
// before: libvpx cannot grow in place.
func (e *Encoder) start(width, height int) error {
	if width < 1 || height < 1 || width > largest || height > largest {
		return fmt.Errorf("vp8: cannot encode pictures of %dx%d: each side must be 1 to %d pixels",
			width, height, largest)
	}
	e.stop()
	e.frameRate = e.pace.Rate()
	e.c = C.parley_vp8_encoder_new(C.parley_vp8_settings{
		width: C.int(width), height: C.int(height), kilobits: C.int(e.bitRate / 1000),
		threads: C.int(threads(e.config.Threads, width*height)),
		speed:   C.int(e.speed.level), intra_percent: C.int(e.intraPercent()),
		screen: C.bool(e.config.Screen), master: C.bool(e.config.Master),
	})
	if e.c == nil {
		return fmt.Errorf("vp8: libvpx refused %dx%d at %d bit/s", width, height, e.bitRate)
	}
	e.width, e.height = width, height
	return nil
}

// intraPercent bounds a key frame, in percent of an average frame.
func (e *Encoder) intraPercent() int {
	if e.config.Master {
		return masterIntra
	}
	return max(int(100*keySeconds*e.frameRate), leastIntra)
}

// threads chooses the number of threads and token partitions.
func threads(wanted, pixels int) int {
	switch {
	case wanted > 0:
		return min(wanted, 8)
	case pixels > 1280*720:
		return 2
	}
	return 1
}

func clampRate(bps int) int { return min(max(bps, lowestRate), highestRate) }

// Encode implements call.VideoEncoder.
func (e *Encoder) Encode(pic *call.Picture, buf []byte) ([]byte, bool, error) {
	if err := codec.CheckPlanes(pic); err != nil {
		return nil, false, fmt.Errorf("vp8: %w", err)
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
	begun := time.Now()
	if err := e.compress(pic, at, key); err != nil {
		return nil, false, err
	}
	if err := e.hurry(time.Since(begun)); err != nil {
		return nil, false, err
	}
	return e.collect(buf[:0], at, key)
}

// follow brings libvpx in line with the picture's size and with what was asked
// for since the last picture.
func (e *Encoder) follow(pic *call.Picture) error {
	if fps, ok := e.controls.TakeFrameRate(); ok {
		e.pace.Expect(fps)
	}
	bps := clampRate(e.controls.BitRate())
	if e.c == nil || pic.Width() != e.width || pic.Height() != e.height {
		e.bitRate = bps
		return e.start(pic.Width(), pic.Height())
	}
	return e.retune(bps, e.pace.Rate())
}

func (e *Encoder) retune(bps int, fps float64) error {
	if bps != e.bitRate {
		if C.parley_vp8_set_bit_rate(e.c, C.int(bps/1000)) != 0 {
			return fmt.Errorf("vp8: libvpx refused %d bit/s", bps)
		}
		e.bitRate = bps
	}
	if math.Abs(fps-e.frameRate) > rateSlack*e.frameRate {
		e.frameRate = fps
		if C.parley_vp8_set_intra_percent(e.c, C.int(e.intraPercent())) != 0 {
			return fmt.Errorf("vp8: libvpx refused %.1f pictures a second", fps)
		}
	}
	return nil
}

// compress hands the picture over. libvpx takes the rate of the pictures from
// the times that they begin and end.
func (e *Encoder) compress(pic *call.Picture, at time.Duration, key bool) error {
	const tick = time.Second / C.parley_vp8_clock
	lasts := time.Duration(float64(time.Second) / e.pace.Rate())
	code := C.parley_vp8_encode(e.c, plane(pic.Y), plane(pic.Cb), plane(pic.Cr),
		C.int(pic.YStride), C.int(pic.CStride),
		C.longlong(at/tick), C.ulong(lasts/tick), C.bool(key))
	if code != 0 {
		return fmt.Errorf("vp8: libvpx failed to encode a picture (%s); make a new encoder", reason(code))
	}
	return nil
}

// hurry adapts the effort to the time that the picture took.
func (e *Encoder) hurry(took time.Duration) error {
	if !e.speed.observe(took, time.Duration(float64(time.Second)/e.pace.Rate())) {
		return nil
	}
	if code := C.parley_vp8_set_speed(e.c, C.int(e.speed.level)); code != 0 {
		return fmt.Errorf("vp8: libvpx refused speed %d (%s)", e.speed.level, reason(code))
	}
	return nil
}

func (e *Encoder) collect(unit []byte, at time.Duration, key bool) ([]byte, bool, error) {
	if e.c.size == 0 {
		if key {
			e.controls.ForceKeyFrame() // it is still owed
		}
		return nil, false, call.ErrFrameDropped
	}
	if e.c.key {
		e.lastKey = at
	}
	return append(unit, unsafe.Slice((*byte)(e.c.data), e.c.size)...), bool(e.c.key), nil
}

func reason(code C.int) string {
	return C.GoString(C.vpx_codec_err_to_string(C.vpx_codec_err_t(code)))
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
		C.parley_vp8_encoder_free(e.c)
		e.c = nil
	}
}
