// Package h264 compresses and decompresses H.264 with OpenH264: Constrained
// Baseline in Annex B byte streams, as WebRTC carries it (RFC 6184, RFC 7742).
//
// It owns no goroutine. Encode and Decode run in their callers'; the pictures'
// planes and the units are handed to C only for the length of a call, and what
// C gives is copied out before the call returns.
package h264

/*
#cgo pkg-config: openh264
*/
import "C"

import (
	"errors"

	"parley/call"
)

// Name is the RTP encoding name.
const Name = "H264"

// The errors of this package, to be told apart with errors.Is.
var (
	// ErrClosed is returned after Close.
	ErrClosed = errors.New("h264: codec is closed")
	// ErrNeedKeyFrame is returned for units that build on one that was lost or
	// broken; ask the sender for a key frame.
	ErrNeedKeyFrame = errors.New("h264: waiting for a key frame")
	// ErrBroken is returned for a unit that is damaged or that its decoder
	// does not support.
	ErrBroken = errors.New("h264: access unit is damaged")
)

// Codec is H.264; its zero value is ready.
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

// IsKeyFrame says whether unit holds an IDR picture.
func (Codec) IsKeyFrame(unit []byte) bool { return survey(unit).idr }
