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
	toAgree // accepted without asking
	toDrop  // the same call came over another link first
)

// glarePatience is how long a call is held until this side's own is decided,
// and how long the call that won is waited for when its offer is slower than
// the refusal.
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
	s.held = false
	if agreed {
		s.pickUp()
		return
	}
	s.ring()
}

// pickUp takes a call that this side's person dialled as well.
func (s *Session) pickUp() {
	s.agreed = true
	s.ring()
	if s.state == Ringing {
		s.answer()
	}
}

// promise is a call of this side's that was refused for a call the other way
// which has not come yet.
type promise struct {
	refused Event // to be told if it does not come
	proof   string
	limit   *time.Timer
}

// await keeps the promise instead of telling the refusal. p.mu is held.
func (p *Phone) await(refused Event, proof string) {
	promised := &promise{refused: refused, proof: proof}
	promised.limit = time.AfterFunc(glarePatience, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.promised == promised {
			p.giveUp()
		}
	})
	p.promised = promised
}

// giveUp tells a refusal that no call followed. p.mu is held.
func (p *Phone) giveUp() {
	p.promised.limit.Stop()
	p.events.put(told{Event: p.promised.refused})
	p.promised, p.current = nil, nil
}

// keeps says whether an incoming call is the promised one, and takes it then.
// p.mu is held.
func (p *Phone) keeps(s *Session, id string) bool {
	if p.promised == nil || !provesGlare(p.promised.proof, id, p.promised.refused.Session) {
		return false
	}
	p.promised.limit.Stop()
	p.promised, p.current, p.calling = nil, s, false
	return true
}
