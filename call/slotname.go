package call

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// maxSlot bounds the name of a slot in bytes.
const maxSlot = 64

// slotLetters write a slot without letters that are taken for one another.
var slotLetters = base32.NewEncoding("abcdefghjkmnpqrstvwxyz0123456789").WithPadding(base32.NoPadding)

// SlotOf is the slot that a claim owns: whoever knows the claim can open the
// slot, on any server, though none keeps it. A space's name stands before it
// with a point; "" is the space that a server has by itself.
func SlotOf(space, claim string) string {
	sum := sha256.Sum256([]byte("parley slot 1\n" + claim))
	slot := slotLetters.EncodeToString(sum[:10])
	if space == "" {
		return slot
	}
	return space + "." + slot
}

// SpaceOf is the name of the space that a slot belongs to.
func SpaceOf(slot string) string {
	space, _, found := strings.Cut(slot, ".")
	if !found {
		return ""
	}
	return space
}

// IsSpace tells whether a text can be the name of a space.
func IsSpace(s string) bool { return !strings.Contains(s, ".") && IsSlot(s+".a") }

// IsSlot tells whether a text can be the name of a slot: small letters and
// digits of ASCII, with one point behind a space's name, which may hold "-".
func IsSlot(s string) bool {
	space, name, found := strings.Cut(s, ".")
	if !found {
		space, name = "", s
	}
	if len(s) > maxSlot || name == "" || found && space == "" {
		return false
	}
	for _, r := range space + name {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return !strings.Contains(name, "-")
}
