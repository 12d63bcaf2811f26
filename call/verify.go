package call

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// Both people see the same four words when nobody stands between them. The
// words are made from the fingerprints of both certificates and from a number
// of each side, in an order that leaves a man in the middle one blind guess in
// 2^32: the caller commits to its number before it learns the callee's, and
// shows it only when it has that (compare ZRTP, RFC 6189 section 4.4.1.1).
//
//	caller                               callee
//	  offer{sdp, commit}          ──>      notes the commitment
//	                              <──      answer{sdp, nonce}
//	  words; ok{answer, nonce}    ──>      checks it against the commitment; words
//
// A side that does not commit or has no number, such as an older Parley, is
// called without words.
type verification struct {
	mine, theirs string // fingerprints; "": none was in the description
	nonce        string // this side's number; "": none was said
	commit       string // the caller's commitment; "": none
	words        []string
}

// nonceBytes is the length of a side's number.
const nonceBytes = 16

// errFingerprint ends a call whose certificates cannot be told.
var errFingerprint = errors.New("the certificates of the two sides cannot be told for sure")

// FingerprintOf is the SHA-256 fingerprint of the certificate that a
// description announces (RFC 8122), in capital hexadecimal digits with colons;
// "" where it announces none. All its lines must agree.
func FingerprintOf(sdp string) (string, error) {
	found := ""
	for line := range strings.Lines(sdp) {
		value, is := cutFold(strings.TrimSpace(line), "a=fingerprint:")
		if !is {
			continue
		}
		hash, digits, _ := strings.Cut(value, " ")
		digits = strings.ToUpper(strings.TrimSpace(digits))
		switch {
		case !strings.EqualFold(hash, "sha-256") || !isFingerprint(digits):
			return "", fmt.Errorf("%w: a fingerprint that is no SHA-256", errFingerprint)
		case found != "" && found != digits:
			return "", fmt.Errorf("%w: a description with two fingerprints", errFingerprint)
		}
		found = digits
	}
	return found, nil
}

func cutFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return "", false
	}
	return s[len(prefix):], true
}

// isFingerprint knows 32 bytes in capital hexadecimal digits with colons.
func isFingerprint(s string) bool {
	if len(s) != 32*3-1 {
		return false
	}
	for i := 2; i < len(s); i += 3 {
		if s[i] != ':' {
			return false
		}
	}
	b, err := hex.DecodeString(strings.ReplaceAll(s, ":", ""))
	return err == nil && len(b) == 32 && s == strings.ToUpper(s)
}

// newNonce is a side's number, as it is said.
func newNonce() string {
	b := make([]byte, nonceBytes)
	_, _ = rand.Read(b) // ends the program rather than fail
	return base64.RawURLEncoding.EncodeToString(b)
}

// isBytes says whether a text is n bytes in base64url, or nothing.
func isBytes(s string, n int) bool {
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	return s == "" || err == nil && len(b) == n
}

func commitTo(caller, nonce string) string {
	sum := sha256.Sum256([]byte("parley commit 1\n" + caller + "\n" + nonce))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// wordsOf are what both sides show.
func wordsOf(caller, callee, callerNonce, calleeNonce string) []string {
	sum := sha256.Sum256([]byte(strings.Join([]string{"parley words 1", caller, callee, callerNonce, calleeNonce}, "\n")))
	words := make([]string, 4)
	for i := range words {
		words[i] = Words[sum[i]]
	}
	return words
}

// offers commits the caller to a number, by its own description.
func (v *verification) offers(sdp string) (err error) {
	if v.mine, err = FingerprintOf(sdp); err == nil && v.mine != "" {
		v.nonce = newNonce()
		v.commit = commitTo(v.mine, v.nonce)
	}
	return err
}

// offered notes what the callee was offered.
func (v *verification) offered(m Message) (err error) {
	v.theirs, err = FingerprintOf(m.SDP)
	v.commit = m.Commit
	return err
}

// answers gives the callee's number to a caller that has committed.
func (v *verification) answers(sdp string) (err error) {
	if v.mine, err = FingerprintOf(sdp); err == nil && v.mine != "" && v.theirs != "" && v.commit != "" {
		v.nonce = newNonce()
	}
	return err
}

// answered makes the caller's words, and returns the number that may be shown
// now.
func (v *verification) answered(m Message) (reveal string, err error) {
	if v.theirs, err = FingerprintOf(m.SDP); err != nil || v.theirs == "" || v.commit == "" || m.Nonce == "" {
		return "", err
	}
	v.words = wordsOf(v.mine, v.theirs, v.nonce, m.Nonce)
	return v.nonce, nil
}

// revealed makes the callee's words. fresh says that there were none before.
func (v *verification) revealed(nonce string) (fresh bool, err error) {
	if v.nonce == "" || v.words != nil {
		return false, nil
	}
	if commitTo(v.theirs, nonce) != v.commit {
		return false, fmt.Errorf("%w: the caller showed another number than it had committed to; somebody may be in between", errFingerprint)
	}
	v.words = wordsOf(v.theirs, v.mine, nonce, v.nonce)
	return true, nil
}

// again checks a description that comes later in the call: the certificates
// stay as they are.
func (v *verification) again(sdp string) error {
	now, err := FingerprintOf(sdp)
	if err == nil && now != v.theirs {
		err = fmt.Errorf("%w: the other side's certificate changed in the call", errFingerprint)
	}
	return err
}
