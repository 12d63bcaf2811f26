package h264

// bitReader reads the payload of a NAL unit bit by bit, leaving out the
// emulation prevention bytes (ITU-T H.264 clause 7.4.1). Beyond the end it
// reads zeros and sets over.
type bitReader struct {
	data  []byte
	pos   int // bits read of data
	zeros int // zero bytes in a row before pos
	over  bool
}

func (r *bitReader) bit() uint32 {
	if r.pos&7 == 0 {
		r.enterByte()
	}
	i := r.pos >> 3
	if i >= len(r.data) {
		r.over = true
		return 0
	}
	b := r.data[i] >> (7 - r.pos&7) & 1
	r.pos++
	return uint32(b)
}

// enterByte steps over an emulation prevention byte: a 3 after two zeros.
func (r *bitReader) enterByte() {
	i := r.pos >> 3
	if i < len(r.data) && r.zeros >= 2 && r.data[i] == 3 {
		r.pos += 8
		r.zeros = 0
		i++
	}
	if i < len(r.data) && r.data[i] == 0 {
		r.zeros++
	} else {
		r.zeros = 0
	}
}

func (r *bitReader) bits(n int) uint32 {
	var v uint32
	for range n {
		v = v<<1 | r.bit()
	}
	return v
}

// golomb reads an unsigned Exp-Golomb number (clause 9.1).
func (r *bitReader) golomb() uint32 {
	zeros := 0
	for r.bit() == 0 {
		if zeros++; zeros > 31 || r.over {
			r.over = true
			return 0
		}
	}
	return 1<<zeros - 1 + r.bits(zeros)
}

// signedGolomb reads a signed Exp-Golomb number (clause 9.1.1).
func (r *bitReader) signedGolomb() int64 {
	v := int64(r.golomb())
	if v&1 == 1 {
		return (v + 1) / 2
	}
	return -v / 2
}
