package h264

// #include "decoder.h"
import "C"

import (
	"bytes"
	"errors"
	"fmt"
	"sync"
	"unsafe"

	"parley/call"
)

// maxUnit bounds an access unit in bytes; OpenH264 counts in C ints, and no
// picture within the largest size needs as much.
const maxUnit = 16 << 20

// Decoder is an OpenH264 decoder without error concealment. It implements
// call.VideoDecoder.
//
// After an error it refuses what builds on the broken picture until the next
// key frame, because OpenH264 would draw on references that are not there.
type Decoder struct {
	mu     sync.Mutex // Decode against Close
	c      *C.parley_h264_decoder
	closed bool
	whole  bool   // the references of the next picture are there
	prompt bool   // every unit with slices gives its picture at once
	sps    []byte // the parameter sets that c was made for
	found  []byte // scratch: those of the present unit
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
	if d.c = C.parley_h264_decoder_new(); d.c == nil {
		return errors.New("h264: OpenH264 has no memory for a decoder")
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
	held := survey(unit)
	if err := d.admit(unit, held); err != nil {
		d.whole = false
		return false, err
	}
	if !held.slices && !held.sps && !held.pps {
		return false, nil
	}
	return d.decode(unit, held, dst)
}

// admit decides whether OpenH264 may see the unit.
func (d *Decoder) admit(unit []byte, held contents) error {
	if len(unit) > maxUnit {
		return fmt.Errorf("%w: %d bytes", ErrBroken, len(unit))
	}
	if held.nals == 0 {
		return fmt.Errorf("%w: it holds no NAL unit", ErrBroken)
	}
	if held.sps {
		if err := d.meet(unit); err != nil {
			return err
		}
	}
	if held.slices && !held.idr && !d.whole {
		return ErrNeedKeyFrame
	}
	if d.c == nil {
		return d.restart()
	}
	return nil
}

// meet looks at the unit's sequence parameter sets. New ones begin a new
// decoder: OpenH264 2.3.1 can mix the memory of two sizes when they change
// under pictures of the old one (CVE-2025-27091).
func (d *Decoder) meet(unit []byte) error {
	d.found, d.prompt = d.found[:0], true
	for nal, rest := nextNAL(unit); nal != nil; nal, rest = nextNAL(rest) {
		if nalType(nal) != nalSPS {
			continue
		}
		profile, err := readSPS(nal)
		if err != nil {
			return err
		}
		d.prompt = d.prompt && profile == baseline
		d.found = append(d.found, nal...)
	}
	if bytes.Equal(d.found, d.sps) {
		return nil
	}
	d.sps = append(d.sps[:0], d.found...)
	return d.restart()
}

func (d *Decoder) decode(unit []byte, held contents, dst *call.Picture) (bool, error) {
	state := C.parley_h264_decode(d.c, plane(unit), C.int(len(unit)))
	if state != C.dsErrorFree && state != C.dsFramePending {
		d.whole = false
		return false, fmt.Errorf("%w (OpenH264 state %#x); ask for a key frame", ErrBroken, int(state))
	}
	if held.idr {
		d.whole = true
	}
	if d.c.shown == 0 {
		return false, d.withheld(held)
	}
	d.copyTo(dst)
	return true, nil
}

// withheld judges a unit that gave no picture. OpenH264 waits without an error
// for the rest of a picture that was cut off between two macroblocks.
func (d *Decoder) withheld(held contents) error {
	if !held.slices || !d.prompt {
		return nil
	}
	d.whole = false
	return fmt.Errorf("%w: part of the picture is missing", ErrBroken)
}

func (d *Decoder) copyTo(dst *call.Picture) {
	w, h := int(d.c.width), int(d.c.height)
	dst.Resize(w, h)
	ys, cs := int(d.c.y_stride), int(d.c.c_stride)
	copyPlane(dst.Y, dst.YStride, d.c.plane[0], ys, h)
	copyPlane(dst.Cb, dst.CStride, d.c.plane[1], cs, (h+1)/2)
	copyPlane(dst.Cr, dst.CStride, d.c.plane[2], cs, (h+1)/2)
}

// copyPlane copies the rows of a plane in C's memory to one without gaps.
func copyPlane(dst []byte, width int, from *C.uchar, stride, rows int) {
	src := unsafe.Slice((*byte)(from), stride*(rows-1)+width)
	for y := range rows {
		copy(dst[y*width:(y+1)*width], src[y*stride:])
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
		C.parley_h264_decoder_free(d.c)
		d.c = nil
	}
}
