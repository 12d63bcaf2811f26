package seal

import (
	"crypto/cipher"
	"encoding/base64"
	"encoding/binary"
	"strconv"

	"parley/call"
)

// way is what one side says, frame by frame.
type way struct {
	aead    cipher.AEAD
	session string
	next    uint64
}

// text writes a body.
var text = base64.RawURLEncoding.Strict()

// advance returns the nonce of the next frame, and what it vouches for beside
// its content.
func (w *way) advance(kind call.MessageType) (nonce, beside []byte) {
	nonce = make([]byte, w.aead.NonceSize())
	binary.BigEndian.PutUint64(nonce[len(nonce)-8:], w.next)
	beside = []byte(string(kind) + "\n" + w.session + "\n" + strconv.FormatUint(w.next, 10))
	w.next++
	return nonce, beside
}

func (w *way) seal(kind call.MessageType, plain []byte) []byte {
	nonce, beside := w.advance(kind)
	return w.aead.Seal(nil, nonce, plain, beside)
}

func (w *way) open(kind call.MessageType, sealed []byte) ([]byte, error) {
	nonce, beside := w.advance(kind)
	return w.aead.Open(nil, nonce, sealed, beside)
}
