package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"slices"
)

// saltSize is the length of each side's salt in bytes.
const saltSize = 16

// What keys are derived for (the info of HKDF, RFC 5869).
const (
	forBase  = "parley seal 1"
	forGuest = "guest "
	forHost  = "host "
	forAgain = "again "
)

const keySize = 32

// derive is HKDF with SHA-256.
func derive(from, salt []byte, info string) ([]byte, error) {
	return hkdf.Key(sha256.New, from, salt, info, keySize)
}

// guestKey seals what a guest says in a session.
func guestKey(base, guestSalt []byte, session string) ([]byte, error) {
	return derive(base, guestSalt, forGuest+session)
}

// hostKey seals what the host says: it holds both salts, so that what was said
// in one session cannot be played again in another.
func hostKey(base, hostSalt, guestSalt []byte, session string) ([]byte, error) {
	return derive(base, slices.Concat(hostSalt, guestSalt), forHost+session)
}

// cipherOf is AES-256 in Galois counter mode.
func cipherOf(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
