package play

import (
	"encoding/binary"
	"math"
	"testing"

	"parley/editor"
)

// four is raw sound of four channels: speech of a height on two, music on two.
func four(n int, speech, music int16) []byte {
	var raw []byte
	for range n {
		for _, v := range []int16{speech, -speech, music, -music} {
			raw = binary.LittleEndian.AppendUint16(raw, uint16(v))
		}
	}
	return raw
}

// What is played is what the film's mix adds up to, to the sample.
func TestBlend(t *testing.T) {
	curve := editor.Curve{Gains: []float32{1, 0.5, 0.25, 0.25, 1, 1}, Hop: 480}
	const first = 300
	b, raw, pairs := &blend{gain: 1}, four(block, 9000, 8000), make([]int16, 2*block)
	b.mix(pairs, raw, first, curve)
	for i := range block {
		want := 9000 + 8000*float64(curve.At(first+int64(i)))
		if l, r := float64(pairs[2*i]), float64(pairs[2*i+1]); math.Abs(l-want) > 1 || math.Abs(r+want) > 1 {
			t.Fatalf("%g and %g instead of %g at sample %d", l, r, want, i)
		}
	}
	if n := testing.AllocsPerRun(10, func() { b.mix(pairs, raw, first, curve) }); n != 0 {
		t.Errorf("it allocates %g times", n)
	}
}

// Two loud sounds do not wrap around, and those after them come back.
func TestBlendIsLimited(t *testing.T) {
	b, pairs := &blend{gain: 1}, make([]int16, 2*block)
	loud := append(four(block-1, 30000, 30000), four(1, 6000, 0)...)
	for n := range 2 {
		b.mix(pairs, loud, 0, editor.Curve{})
		quiet := pairs[2*block-2]
		if n == 1 && (quiet < 3200 || quiet > 3220) { // turned down with the rest, not cut off
			t.Errorf("a quiet sample among them is %d", quiet)
		}
		pairs[2*block-2] = 30000
		for i, v := range pairs {
			if i%2 == 0 && v < 20000 || v > 32200 {
				t.Fatalf("sample %d is %d", i, v)
			}
		}
	}
	b.mix(pairs, four(block, 100, 0), 0, editor.Curve{})
	b.mix(pairs, four(block, 100, 0), 0, editor.Curve{})
	if pairs[0] != 100 {
		t.Errorf("it does not come back: %d", pairs[0])
	}
}
