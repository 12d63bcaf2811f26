// Package cpace agrees on a key by a password so short that it could be guessed
// at leisure, had one anything to try guesses against: whoever listens has
// nothing, and whoever takes part has one guess.
//
// It is CPace of draft-irtf-cfrg-cpace-21 with ristretto255 and SHA-512
// (CPACE-RISTR255-SHA512), between one who begins and one who responds, without
// associated data:
//
//	Start   ── Ya ──>   Respond
//	Finish  <── Yb ──
//
// Both have the same key if, and only if, they had the same Exchange and
// nobody changed what went between them. That the keys are the same is shown by
// using them.
package cpace

import (
	"errors"
	"fmt"
	"io"

	"github.com/bwesterb/go-ristretto"
)

// Exchange is what both sides know beforehand.
type Exchange struct {
	Password []byte // PRS of the draft
	Channel  []byte // CI: what the key is for
	Session  []byte // sid: this exchange alone
}

// ErrShare is returned for what cannot come from the other side of an exchange.
var ErrShare = errors.New("no half of a key exchange")

// Size of a share and of a key in bytes.
const (
	ShareSize = 32
	KeySize   = 64
)

// Side is who began, waiting for the response.
type Side struct {
	exchange Exchange
	secret   ristretto.Scalar
	share    []byte
}

// Start begins an exchange and returns the share that is sent.
func Start(e Exchange, random io.Reader) (*Side, []byte, error) {
	s := &Side{exchange: e}
	var err error
	if s.secret, err = sampleScalar(random); err != nil {
		return nil, nil, err
	}
	s.share = share(e, &s.secret)
	return s, s.share, nil
}

// Finish takes the other side's share and returns the key.
func (s *Side) Finish(theirs []byte) (key []byte, err error) {
	k, err := multiplyVerified(&s.secret, theirs)
	if err != nil {
		return nil, err
	}
	return sessionKey(s.exchange.Session, k, transcript(s.share, nil, theirs, nil)), nil
}

// Respond takes the share of who began, and returns the one that is sent back
// and the key.
func Respond(e Exchange, theirs []byte, random io.Reader) (ours, key []byte, err error) {
	secret, err := sampleScalar(random)
	if err != nil {
		return nil, nil, err
	}
	k, err := multiplyVerified(&secret, theirs)
	if err != nil {
		return nil, nil, err
	}
	ours = share(e, &secret)
	return ours, sessionKey(e.Session, k, transcript(theirs, nil, ours, nil)), nil
}

// share is scalar_mult with the exchange's generator.
func share(e Exchange, secret *ristretto.Scalar) []byte {
	return new(ristretto.Point).ScalarMult(generator(e), secret).Bytes()
}

// sampleScalar draws a secret as section 8.3 has it: below 2^252, which is below
// the order of the group.
func sampleScalar(random io.Reader) (s ristretto.Scalar, err error) {
	var buf [32]byte
	if _, err := io.ReadFull(random, buf[:]); err != nil {
		return s, fmt.Errorf("this machine gives no random numbers: %w", err)
	}
	buf[31] &= 0x0f
	s.SetBytes(&buf)
	return s, nil
}

// multiplyVerified is scalar_mult_vfy. What decodes to no element, or leads to
// the neutral one, is refused.
func multiplyVerified(secret *ristretto.Scalar, encoded []byte) ([]byte, error) {
	if len(encoded) != ShareSize {
		return nil, ErrShare
	}
	var theirs, zero, k ristretto.Point
	if !theirs.SetBytes((*[32]byte)(encoded)) {
		return nil, ErrShare
	}
	zero.SetZero()
	if k.ScalarMult(&theirs, secret).Equals(&zero) {
		return nil, ErrShare
	}
	return k.Bytes(), nil
}
