package call

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Two people who dial each other at the same moment want one call. The one
// whose caller has the lower session ID takes place; the other is dropped
// without a word, and nobody is asked to accept what they dialled themselves:
//
//	Ann (call A, A < B)                    Bob (call B)
//	  offer{A} ──────────────────────────>   has a call of his own: A waits
//	  refuses B   <────────────────────── offer{B}
//	  bye{B,busy,glare} ─────────────────>   proof that it is Ann whom he dialled
//	  <───────────────────────── answer{A}   B is dropped, A accepted
//
// Anyone may call at that moment, and must not be let in for it. The proof is
// one because a session's ID is told to nobody but the side that is dialled:
// only who got B there and sent A can make it.

// verdict says what becomes of an incoming call.
type verdict int

const (
	toRing verdict = iota
	toHold
	toRefuse
)

// glarePatience is how long a call is held until this side's own is decided.
const glarePatience = 3 * time.Second

// glareProof shows whoever knows both IDs that its sender knows both too, and
// tells others neither: own is the sender's call, theirs the one it refuses.
func glareProof(own, theirs string) string {
	mac := hmac.New(sha256.New, []byte(own))
	mac.Write([]byte(theirs))
	return hex.EncodeToString(mac.Sum(nil))
}

// provesGlare says whether proof came from the side that made the held call.
func provesGlare(proof, held, own string) bool {
	return hmac.Equal([]byte(proof), []byte(glareProof(held, own)))
}

// release lets a held call ring, or be accepted at once.
func (s *Session) release(agreed bool) {
	if !s.held || s.state != Idle {
		return
	}
	s.held, s.agreed = false, agreed
	s.ring()
	if agreed && s.state == Ringing {
		s.answer()
	}
}
