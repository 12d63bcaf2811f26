// Package opus compresses and decompresses sound with libopus as a call carries
// it (RFC 6716, RFC 7587): 48 kHz, one channel, packets of 20 ms, with
// redundancy for lost packets in band and concealment where that is missing.
//
// It owns no goroutine. Samples and packets are handed to C only for the
// length of a call.
package opus

/*
#cgo pkg-config: opus
#include <opus.h>
*/
import "C"

import (
	"errors"
	"fmt"

	"parley/call"
)

// Name is the RTP encoding name.
const Name = "opus"

var (
	// ErrClosed is returned after Close.
	ErrClosed = errors.New("opus: codec is closed")
	// ErrBroken is returned for a packet that is no Opus; conceal it.
	ErrBroken = errors.New("opus: packet is damaged")
	// ErrNoRedundancy is returned for a packet that tells nothing of the one
	// before it; conceal that one.
	ErrNoRedundancy = errors.New("opus: packet holds no redundancy")
)

// Codec is Opus; its zero value is ready.
type Codec struct {
	// DTX sends almost nothing while nobody speaks (RFC 7587 section 3.1.3): a
	// packet of at most two bytes need not be sent.
	DTX bool
}

// New returns the codec without DTX, so that silence is sent as it sounds.
func New() Codec { return Codec{} }

// Name implements call.AudioCodec.
func (Codec) Name() string { return Name }

// NewEncoder implements call.AudioCodec; bitRate is in bit/s.
func (c Codec) NewEncoder(bitRate int) (call.AudioEncoder, error) {
	e, err := NewEncoder(bitRate, c.DTX)
	if err != nil {
		return nil, err
	}
	return e, nil
}

// NewDecoder implements call.AudioCodec.
func (Codec) NewDecoder() (call.AudioDecoder, error) {
	d, err := NewDecoder()
	if err != nil {
		return nil, err
	}
	return d, nil
}

// failure names an error of libopus.
func failure(doing string, code C.int) error {
	return fmt.Errorf("opus: %s: %s", doing, C.GoString(C.opus_strerror(code)))
}
