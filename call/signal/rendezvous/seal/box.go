// Package seal keeps what two sides say over a rendezvous from whoever runs
// it. Both have a secret that the rendezvous never hears: the part of a link
// behind #, or the key that a spoken code led to.
//
//	base  = HKDF(secret, salt = slot,                "parley seal 1")
//	guest = HKDF(base,   salt = guestSalt,           "guest " + session)
//	host  = HKDF(base,   salt = hostSalt, guestSalt, "host " + session)
//
// and, for a place to meet again, in halves of 16 bytes its claim and its secret:
//
//	again = HKDF(base,   no salt,                    "again " + session)
//
// HKDF is that of RFC 5869 with SHA-256, a salt is 16 random bytes, and a key
// 32. A message is sealed with AES-256-GCM: the nonce is the number of the
// frame on its way, from 0, in 12 bytes (big endian), and the frame's type, the
// session and the number, with line feeds between, are vouched for as well. The
// body of a frame is base64url of what comes out; the first of each side has
// that side's salt before it. The guest speaks first.
//
// What a guest says may be squeezed before it is sealed: a zero, and the message
// by DEFLATE (RFC 1951).
//
// So a rendezvous can hold back what is said, and nothing else: what is
// changed, repeated, left out, turned round or moved to another session does
// not open. All of this can be done in a browser (WebCrypto);
// testdata/seal.json holds examples for both.
package seal

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"parley/call"
)

// ErrSealed is wrapped, with call.ErrMessage, where a body does not open.
var ErrSealed = errors.New("what came is not sealed with the secret of this call")

// ErrTooSoon is returned to a host that speaks before the guest has.
var ErrTooSoon = errors.New("the other side has not spoken yet")

// Box seals what one side says in one session, and opens what the other does.
// Seal and Open may be called by one goroutine each at the same time.
type Box struct {
	base    []byte
	session string
	host    bool
	salt    []byte // of this side

	mu        sync.Mutex
	said      bool
	out       *way
	in        *way
	guestSalt []byte
}

// Guest is the box of whoever joined the slot.
func Guest(secret []byte, slot, session string, random io.Reader) (*Box, error) {
	b, err := newBox(secret, slot, session, random)
	if err != nil {
		return nil, err
	}
	key, err := guestKey(b.base, b.salt, session)
	if err != nil {
		return nil, err
	}
	b.guestSalt = b.salt
	b.out, err = newWay(key, session)
	return b, err
}

// Host is the box of whoever keeps the slot open.
func Host(secret []byte, slot, session string, random io.Reader) (*Box, error) {
	b, err := newBox(secret, slot, session, random)
	if err == nil {
		b.host = true
	}
	return b, err
}

func newBox(secret []byte, slot, session string, random io.Reader) (*Box, error) {
	b := &Box{session: session, salt: make([]byte, saltSize)}
	if _, err := io.ReadFull(random, b.salt); err != nil {
		return nil, fmt.Errorf("this machine gives no random numbers: %w", err)
	}
	var err error
	b.base, err = derive(secret, []byte(slot), forBase)
	return b, err
}

func newWay(key []byte, session string) (*way, error) {
	aead, err := cipherOf(key)
	return &way{aead: aead, session: session}, err
}

// Again is what both sides know, and nobody else, of a place where they meet
// again if this session's link is lost: the claim of a slot, and a secret.
func (b *Box) Again() (claim string, secret [call.SecretSize]byte, err error) {
	key, err := derive(b.base, nil, forAgain+b.session)
	if err != nil {
		return "", secret, err
	}
	copy(secret[:], key[keySize/2:])
	return hex.EncodeToString(key[:keySize/2]), secret, nil
}

// Seal returns the body of the frame that carries a message.
func (b *Box) Seal(m call.Message) (body string, err error) {
	plain, err := m.Encode()
	if err != nil {
		return "", err
	}
	return b.seal(m.Type, plain)
}

// SealSmall is Seal for a guest's message that is to be as short as can be.
func (b *Box) SealSmall(m call.Message) (body string, err error) {
	plain, err := m.Encode()
	if err != nil {
		return "", err
	}
	return b.seal(m.Type, squeeze(plain))
}

func (b *Box) seal(kind call.MessageType, plain []byte) (body string, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.out == nil {
		return "", ErrTooSoon
	}
	sealed := b.out.seal(kind, plain)
	if !b.said {
		b.said = true
		sealed = append(b.salt[:saltSize:saltSize], sealed...)
	}
	return text.EncodeToString(sealed), nil
}

// Open returns the message in the body of a frame. What does not open, or not
// in this place, is call.ErrMessage (wrapped); nothing opens after that.
func (b *Box) Open(kind call.FrameType, body string) (call.Message, error) {
	plain, err := b.open(call.MessageType(kind), body)
	if err != nil {
		return call.Message{}, err
	}
	if b.host {
		if plain, err = expand(plain); err != nil {
			return call.Message{}, err
		}
	}
	m, err := call.DecodeMessage(plain)
	if err == nil && m.Type != call.MessageType(kind) {
		err = fmt.Errorf("%w: %q in a frame for %q", call.ErrMessage, m.Type, kind)
	}
	return m, err
}

func (b *Box) open(kind call.MessageType, body string) ([]byte, error) {
	sealed, err := text.DecodeString(body)
	if err != nil || strings.ContainsAny(body, "\r\n") { // the decoder passes over these
		return nil, fmt.Errorf("%w: no base64url", call.ErrMessage)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.in == nil {
		if sealed, err = b.begin(sealed); err != nil {
			return nil, err
		}
	}
	plain, err := b.in.open(kind, sealed)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", call.ErrMessage, ErrSealed)
	}
	return plain, nil
}

// begin takes the other side's salt off its first frame.
func (b *Box) begin(first []byte) (rest []byte, err error) {
	if len(first) < saltSize {
		return nil, fmt.Errorf("%w: %w", call.ErrMessage, ErrSealed)
	}
	salt, rest := first[:saltSize:saltSize], first[saltSize:]
	if !b.host {
		key, err := hostKey(b.base, salt, b.guestSalt, b.session)
		if err != nil {
			return nil, err
		}
		b.in, err = newWay(key, b.session)
		return rest, err
	}
	in, err1 := guestKey(b.base, salt, b.session)
	out, err2 := hostKey(b.base, b.salt, salt, b.session)
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	b.in, err1 = newWay(in, b.session)
	b.out, err2 = newWay(out, b.session)
	return rest, errors.Join(err1, err2)
}
