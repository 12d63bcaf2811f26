package call

import "encoding/binary"

func narrowToHalf(dst, src []byte) {
	n := len(dst)
	src = src[:2*n]
	x := 0
	for ; x+4 <= n; x += 4 {
		a := binary.LittleEndian.Uint64(src[2*x : 2*x+8])
		sum := a&oddBytes + a>>8&oddBytes
		binary.LittleEndian.PutUint32(dst[x:x+4], packLanes((sum+oneEach)>>1))
	}
	for ; x < n; x++ {
		dst[x] = byte((int(src[2*x]) + int(src[2*x+1]) + 1) / 2)
	}
}

// narrowToThreeQuarters makes three samples of every four. Eight samples go
// through at once, as two lanes of 32 bits.
func narrowToThreeQuarters(dst, src []byte) {
	const first, one = 0x000000FF000000FF, 0x0000000100000001
	n := len(src)
	x, to := 0, 0
	for ; x+8 <= n && to+8 <= len(dst); x, to = x+8, to+6 {
		v := binary.LittleEndian.Uint64(src[x : x+8])
		a, b, c, d := v&first, v>>8&first, v>>16&first, v>>24&first
		left, middle, right := (3*a+b+2*one)>>2&first, (b+c+one)>>1&first, (c+3*d+2*one)>>2&first
		three := left | middle<<8 | right<<16
		// The two bytes too many are overwritten by the next six.
		binary.LittleEndian.PutUint64(dst[to:to+8], three&0xFFFFFF|three>>32<<24)
	}
	for ; x+4 <= n; x, to = x+4, to+3 {
		a, b, c, d := int(src[x]), int(src[x+1]), int(src[x+2]), int(src[x+3])
		dst[to], dst[to+1], dst[to+2] = byte((3*a+b+2)/4), byte((b+c+1)/2), byte((c+3*d+2)/4)
	}
}

// narrowToTwoThirds makes two samples of every three.
func narrowToTwoThirds(dst, src []byte) {
	for len(dst) >= 2 && len(src) >= 3 {
		a, b, c := uint(src[0]), uint(src[1]), uint(src[2])
		dst[0], dst[1] = byte((2*a+b+1)*171>>9), byte((b+2*c+1)*171>>9) // 171/512 is a third
		dst, src = dst[2:], src[3:]
	}
}

// narrowRow makes len(dst) samples of any other number, each the mean of what
// it covers. A source sample is len(dst) wide and a new one len(src).
func narrowRow(dst, src []byte) {
	wide, need := uint64(len(dst)), uint64(len(src))
	reciprocal := (1<<32 + need/2) / need
	i, left := 0, wide // left: what of sample i is not yet used up
	for x := range dst {
		var sum uint64
		want := need
		for want > left {
			sum += uint64(src[i]) * left
			want -= left
			i, left = i+1, wide
		}
		sum += uint64(src[i]) * want
		left -= want
		dst[x] = byte((sum*reciprocal + 1<<31) >> 32)
	}
}
