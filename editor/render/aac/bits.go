package aac

// bits reads a packet bit by bit. Behind the end everything is 0, and short is
// set.
type bits struct {
	data  []byte
	at    int // in bits
	short bool
}

// take reads n bits, at most 16.
func (b *bits) take(n int) int {
	if b.at+n > 8*len(b.data) {
		b.at, b.short = 8*len(b.data), true
		return 0
	}
	v := 0
	for range n {
		v = v<<1 | int(b.data[b.at/8]>>(7-b.at%8))&1
		b.at++
	}
	return v
}

// skip passes over n bits.
func (b *bits) skip(n int) {
	if b.at+n > 8*len(b.data) {
		b.at, b.short = 8*len(b.data), true
		return
	}
	b.at += n
}

// align goes on to the next whole byte.
func (b *bits) align() { b.skip((8 - b.at%8) % 8) }
