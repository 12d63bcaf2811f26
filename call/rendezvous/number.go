package rendezvous

import (
	"crypto/rand"
	"math/big"
	"strconv"
	"strings"

	"parley/call"
)

// A spoken code's number is as short as those that are taken allow: from the
// first range of which at most a quarter is. They are drawn, since a guest who
// comes late with an old code would use up the next person's if they went
// round.
var numberRanges = [][2]int64{{10, 99}, {100, 999}, {1000, 9999}, {10_000, 99_999}, {100_000, 999_999}}

// isNumber tells the number of a spoken code from the name of a slot.
func isNumber(slot string) bool {
	return slot != "" && len(slot) <= 6 && strings.Trim(slot, "0123456789") == ""
}

// openNumber draws a number and asks the other servers whether it is theirs.
func (t *turn) openNumber(p *peer, f call.Frame, space Space) {
	for try := range 3 * len(numberRanges) {
		name := t.draw(t.numbers, try/3)
		if t.slots[name] != nil || t.gone.has(name, t.at) {
			continue
		}
		if s := t.newSlot(p, f, space, name); s != nil {
			s.pending = true
			t.announce(name, note{Kind: claims, Slot: name, Opening: s.opening})
			t.answered(func(t *turn) { t.decided(s, f) })
		}
		return
	}
	t.figure.refused(call.TooMany)
	p.fail(f, call.TooMany)
}

// drawNumber draws one; with more patience, from a wider range.
func drawNumber(taken, patience int) string {
	at := 0
	for at < len(numberRanges)-1 && int64(taken)*4 > width(numberRanges[at]) {
		at++
	}
	r := numberRanges[min(at+patience, len(numberRanges)-1)]
	n, err := rand.Int(rand.Reader, big.NewInt(width(r)))
	if err != nil {
		panic(err) // a system without randomness: crypto/rand ends the program before
	}
	return strconv.FormatInt(r[0]+n.Int64(), 10)
}

func width(r [2]int64) int64 { return r[1] - r[0] + 1 }

// decided gives the number out unless another server holds it.
func (t *turn) decided(s *slot, f call.Frame) {
	switch {
	case t.slots[s.name] != s: // the host has gone
	case s.lost:
		host, space := s.host, s.space
		t.close(s, "")
		t.openNumber(host, f, space)
	default:
		s.pending = false
		s.host.send(s.opened(t.servers(s.space, ""), t.at))
	}
}

// claimed hears of a number that another server is about to give out. Of two
// that draw it at once one has it, whichever of them heard of the other.
func (t *turn) claimed(n note) {
	s := t.slots[n.Slot]
	if n.Node == t.node || s == nil {
		return
	}
	if s.pending && s.opening > n.Opening {
		s.lost = true
		return
	}
	t.tell(n.Node, note{Kind: holds, Slot: n.Slot, Opening: n.Opening})
}

func (t *turn) held(n note) {
	if s := t.slots[n.Slot]; s != nil && s.pending && s.opening == n.Opening {
		s.lost = true
	}
}

// share keeps the host's half of a key for the one guest of its number, and says
// that it has it. The number may have been used up in the same moment.
func (t *turn) share(p *peer, f call.Frame) {
	if s := p.slots[f.Slot]; s != nil && s.number {
		s.share = f.Body
		p.send(s.opened(t.servers(s.space, ""), t.at))
	}
}
