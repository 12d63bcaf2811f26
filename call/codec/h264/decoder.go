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
	"parley/call/codec"
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
	dirty  bool   // c has seen something broken since it was made
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
	d.whole, d.dirty = false, false
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
// under pictures of the old one (CVE-2025-27091). So do those after something
// broken, of which OpenH264 may keep half a parameter set.
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
	if !d.dirty && bytes.Equal(d.found, d.sps) {
		return nil
	}
	d.sps = append(d.sps[:0], d.found...)
	return d.restart()
}

func (d *Decoder) decode(unit []byte, held contents, dst *call.Picture) (bool, error) {
	state := C.parley_h264_decode(d.c, plane(unit), C.int(len(unit)))
	if state != C.dsErrorFree && state != C.dsFramePending {
		d.whole, d.dirty = false, true
		return false, fmt.Errorf("%w (OpenH264 state %#x); ask for a key frame", ErrBroken, int(state))
	}
	if held.idr {
		d.whole = true
	}
	if d.c.shown == 0 {
		return false, d.withheld(held)
	}
	d.planes().CopyTo(dst)
	return true, nil
}

// withheld judges a unit that gave no picture. OpenH264 waits without an error
// for the rest of a picture that was cut off between two macroblocks.
func (d *Decoder) withheld(held contents) error {
	if !held.slices || !d.prompt {
		return nil
	}
	d.whole, d.dirty = false, true
	return fmt.Errorf("%w: part of the picture is missing", ErrBroken)
}

func (d *Decoder) planes() codec.Planes {
	c := d.c
	return codec.Planes{
		Y: unsafe.Pointer(c.plane[0]), Cb: unsafe.Pointer(c.plane[1]), Cr: unsafe.Pointer(c.plane[2]),
		YStride: int(c.y_stride), CStride: int(c.c_stride),
		Width: int(c.width), Height: int(c.height),
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
