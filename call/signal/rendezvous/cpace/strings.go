package cpace

import (
	"crypto/sha512"
	"encoding/binary"

	"github.com/bwesterb/go-ristretto"
)

// Domain separation of this group (G.DSI and G.DSI_ISK).
const (
	dsi    = "CPaceRistretto255"
	dsiISK = dsi + "_ISK"
)

// blockSize is that of SHA-512's input (s_in_bytes).
const blockSize = sha512.BlockSize

// prependLen writes a length, as LEB128, before what is so long.
func prependLen(b []byte) []byte {
	return append(binary.AppendUvarint(nil, uint64(len(b))), b...)
}

// lvCat joins parts so that they can be told apart (lv_cat).
func lvCat(parts ...[]byte) (all []byte) {
	for _, p := range parts {
		all = append(all, prependLen(p)...)
	}
	return all
}

// generatorString fills up the first block of the hash behind the password, so
// that hashing takes as long whatever the password is.
func generatorString(e Exchange) []byte {
	pad := max(0, blockSize-len(prependLen(e.Password))-len(prependLen([]byte(dsi)))-1)
	return lvCat([]byte(dsi), e.Password, make([]byte, pad), e.Channel, e.Session)
}

// generator is calculate_generator: the element derivation of RFC 9496 section
// 4.3.4, from the hash of the string.
func generator(e Exchange) *ristretto.Point {
	hash := sha512.Sum512(generatorString(e))
	var one, two ristretto.Point
	one.SetElligator((*[32]byte)(hash[:32]))
	two.SetElligator((*[32]byte)(hash[32:]))
	return one.Add(&one, &two)
}

// transcript is transcript_ir: what was said, in its order.
func transcript(ya, ada, yb, adb []byte) []byte {
	return append(lvCat(ya, ada), lvCat(yb, adb)...)
}

// sessionKey is the draft's ISK.
func sessionKey(session, k, transcript []byte) []byte {
	sum := sha512.Sum512(append(lvCat([]byte(dsiISK), session, k), transcript...))
	return sum[:]
}
