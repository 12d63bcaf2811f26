// Package vp8 compresses and decompresses VP8 with libvpx (RFC 6386), as WebRTC
// carries it (RFC 7741, RFC 7742).
//
// It owns no goroutine. Encode and Decode run in their callers'; the pictures'
// planes and the units are handed to C only for the length of a call, and what
// C gives is copied out before the call returns.
package vp8

/*
#cgo pkg-config: vpx
*/
import "C"

import (
	"errors"

	"parley/call"
)

// Name is the RTP encoding name.
const Name = "VP8"

// The errors of this package, to be told apart with errors.Is.
var (
	// ErrClosed is returned after Close.
	ErrClosed = errors.New("vp8: codec is closed")
	// ErrNeedKeyFrame is returned for units that build on one that was lost or
	// broken; ask the sender for a key frame.
	ErrNeedKeyFrame = errors.New("vp8: waiting for a key frame")
	// ErrBroken is returned for a unit that is damaged.
	ErrBroken = errors.New("vp8: frame is damaged")
)

// Codec is VP8; its zero value is ready.
type Codec struct{}

// New returns the codec.
func New() Codec { return Codec{} }

// Name implements call.VideoCodec.
func (Codec) Name() string { return Name }

// NewEncoder implements call.VideoCodec.
func (Codec) NewEncoder(cfg call.VideoConfig) (call.VideoEncoder, error) {
	e, err := NewEncoder(cfg)
	if err != nil {
		return nil, err
	}
	return e, nil
}

// NewDecoder implements call.VideoCodec.
func (Codec) NewDecoder() (call.VideoDecoder, error) {
	d, err := NewDecoder()
	if err != nil {
		return nil, err
	}
	return d, nil
}

// IsKeyFrame says whether unit is a key frame.
func (Codec) IsKeyFrame(unit []byte) bool {
	_, ok := readKeyHeader(unit)
	return ok
}
