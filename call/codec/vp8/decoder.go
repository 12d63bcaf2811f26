package vp8

// #include "decoder.h"
import "C"

import (
	"errors"
	"fmt"
	"sync"
	"unsafe"

	"parley/call"
	"parley/call/codec"
)

const (
	// maxPixels bounds a picture, as H.264's level 5.1 does: a stranger's header
	// must not reserve gigabytes.
	maxPixels = 36864 * 256
	// maxUnit bounds a frame in bytes.
	maxUnit = 16 << 20
)

// Decoder is a libvpx VP8 decoder without error concealment. It implements
// call.VideoDecoder.
//
// VP8 frames carry no number, so a frame that is missing altogether cannot be
// told from the stream; who depacketizes knows (RFC 7741 section 4.2). After an
// error the decoder refuses what builds on the broken picture until the next
// key frame.
type Decoder struct {
	mu     sync.Mutex // Decode against Close
	c      *C.parley_vp8_decoder
	closed bool
	whole  bool // the references of the next picture are there
}

// NewDecoder returns a decoder that waits for a key frame. The caller closes it.
func NewDecoder() (*Decoder, error) {
	d := &Decoder{}
	if err := d.restart(); err != nil {
		return nil, err
	}
	return d, nil
}

func (d *Decoder) restart() error {
	d.stop()
	d.whole = false
	if d.c = C.parley_vp8_decoder_new(); d.c == nil {
		return errors.New("vp8: libvpx has no memory for a decoder")
	}
	return nil
}

// Decode implements call.VideoDecoder.
func (d *Decoder) Decode(unit []byte, dst *call.Picture) (bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return false, ErrClosed
	}
	header, key := readKeyHeader(unit)
	if err := d.admit(unit, header, key); err != nil {
		d.whole = false
		return false, err
	}
	return d.decode(unit, key, dst)
}

// admit decides whether libvpx may see the unit.
func (d *Decoder) admit(unit []byte, h keyHeader, key bool) error {
	switch {
	case len(unit) == 0:
		return fmt.Errorf("%w: it is empty", ErrBroken)
	case len(unit) > maxUnit:
		return fmt.Errorf("%w: %d bytes", ErrBroken, len(unit))
	case !key && unit[0]&1 == 0:
		return fmt.Errorf("%w: key frame without a header", ErrBroken)
	case !key && !d.whole:
		return ErrNeedKeyFrame
	case key && (h.width == 0 || h.height == 0 || h.width*h.height > maxPixels):
		return fmt.Errorf("%w: picture of %dx%d", ErrBroken, h.width, h.height)
	case key && !d.whole, d.c == nil:
		return d.restart() // nothing of what was broken is left
	}
	return nil
}

func (d *Decoder) decode(unit []byte, key bool, dst *call.Picture) (bool, error) {
	code := C.parley_vp8_decode(d.c, plane(unit), C.uint(len(unit)))
	if code != 0 || d.c.corrupted {
		d.whole = false
		return false, fmt.Errorf("%w (%s); ask for a key frame", ErrBroken, reason(code))
	}
	d.whole = d.whole || key
	if d.c.image == nil {
		return false, nil
	}
	d.planes().CopyTo(dst)
	return true, nil
}

func (d *Decoder) planes() codec.Planes {
	i := d.c.image
	return codec.Planes{
		Y: unsafe.Pointer(i.planes[0]), Cb: unsafe.Pointer(i.planes[1]), Cr: unsafe.Pointer(i.planes[2]),
		YStride: int(i.stride[0]), CStride: int(i.stride[1]),
		Width: int(i.d_w), Height: int(i.d_h),
	}
}

// Close gives the decoder's memory back, after a Decode in progress. It is
// idempotent.
func (d *Decoder) Close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.stop()
	d.closed = true
	return nil
}

func (d *Decoder) stop() {
	if d.c != nil {
		C.parley_vp8_decoder_free(d.c)
		d.c = nil
	}
}
