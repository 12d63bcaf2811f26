package call

import "encoding/binary"

// The rows are worked on eight samples at a time: every second byte of a word
// is masked out, so that each of the others has 16 bits to be multiplied and
// added up in (SWAR, "SIMD within a register").
const (
	oddBytes = 0x00FF00FF00FF00FF // every second byte, in lanes of 16 bits
	oneEach  = 0x0001000100010001 // 1 in each lane of 16 bits
)

// mixRows returns the weighted mean of the source rows that row y of height
// covers: one of src where that is a single row, else mixed, filled.
func mixRows(mixed []byte, src samples, y, height int) []byte {
	first, last := y*src.height/height, ((y+1)*src.height-1)/height
	switch last - first {
	case 0:
		return src.row(first)
	case 1:
		mixTwo(mixed, src.row(first), src.row(last), rowShare(first, y, src.height, height))
	default:
		mixMany(mixed, src, first, last, y, height)
	}
	return mixed
}

// rowShare is how much of what row y of height covers lies above the end of
// source row i of from, in 256ths.
func rowShare(i, y, from, height int) uint64 {
	// Row y covers [y*from, (y+1)*from) in units of 1/height of a source row.
	covered := min((i+1)*height-y*from, from)
	return uint64((covered*256 + from/2) / from)
}

// mixTwo is upper and lower mixed, share 256ths of upper.
func mixTwo(dst, upper, lower []byte, share uint64) {
	n := len(dst)
	upper, lower = upper[:n], lower[:n]
	rest := 256 - share
	x := 0
	for ; x+8 <= n; x += 8 {
		a := binary.LittleEndian.Uint64(upper[x : x+8])
		b := binary.LittleEndian.Uint64(lower[x : x+8])
		even := (a&oddBytes)*share + (b&oddBytes)*rest
		odd := (a>>8&oddBytes)*share + (b>>8&oddBytes)*rest
		binary.LittleEndian.PutUint64(dst[x:x+8], joinLanes(even, odd))
	}
	for ; x < n; x++ {
		dst[x] = byte((uint64(upper[x])*share + uint64(lower[x])*rest + 128) >> 8)
	}
}

// mostRows is how many rows are mixed; of more, every so manieth is taken.
const mostRows = 16

// mixMany is the mean of the source rows from first to last.
func mixMany(dst []byte, src samples, first, last, y, height int) {
	var shares [mostRows]uint64
	step := (last-first)/mostRows + 1
	n, before := 0, uint64(0)
	for i := first; i <= last; i += step {
		upTo := rowShare(min(i+step-1, last), y, src.height, height)
		shares[n] = upTo - before
		n, before = n+1, upTo
	}
	mixShares(dst, src.pix[first*src.stride:], step*src.stride, shares[:n])
}

// mixShares is the sum of rows that are stride apart, each by its share.
func mixShares(dst, rows []byte, stride int, shares []uint64) {
	n := len(dst)
	x := 0
	for ; x+8 <= n; x += 8 {
		var even, odd uint64
		at := x
		for _, share := range shares {
			a := binary.LittleEndian.Uint64(rows[at:])
			even += (a & oddBytes) * share
			odd += (a >> 8 & oddBytes) * share
			at += stride
		}
		binary.LittleEndian.PutUint64(dst[x:x+8], joinLanes(even, odd))
	}
	for ; x < n; x++ {
		var sum uint64
		for i, share := range shares {
			sum += uint64(rows[i*stride+x]) * share
		}
		dst[x] = byte((sum + 128) >> 8)
	}
}

// joinLanes rounds lanes in 256ths and puts the even and the odd ones together.
func joinLanes(even, odd uint64) uint64 {
	const half = 128 * oneEach
	return (even+half)>>8&oddBytes | (odd+half)&^oddBytes
}

// halveRows takes the mean of each 2x2 samples.
func halveRows(dst, upper, lower []byte) {
	n := len(dst)
	upper, lower = upper[:2*n], lower[:2*n]
	x := 0
	for ; x+4 <= n; x += 4 {
		a := binary.LittleEndian.Uint64(upper[2*x : 2*x+8])
		b := binary.LittleEndian.Uint64(lower[2*x : 2*x+8])
		sum := a&oddBytes + a>>8&oddBytes + b&oddBytes + b>>8&oddBytes
		binary.LittleEndian.PutUint32(dst[x:x+4], packLanes((sum+2*oneEach)>>2))
	}
	for ; x < n; x++ {
		sum := int(upper[2*x]) + int(upper[2*x+1]) + int(lower[2*x]) + int(lower[2*x+1])
		dst[x] = byte((sum + 2) / 4)
	}
}

// packLanes puts the low bytes of four lanes side by side.
func packLanes(lanes uint64) uint32 {
	lanes &= oddBytes
	lanes = (lanes | lanes>>8) & 0x0000FFFF0000FFFF
	return uint32(lanes | lanes>>16)
}
