package codectest

import (
	"testing"

	"parley/call"
)

// BenchEncodeSound measures one packet of 20 ms.
func BenchEncodeSound(b *testing.B, codec call.AudioCodec) {
	l := newLine(b, codec, 48_000)
	said, buf := Speech(100), make([]byte, 0, 1500)
	cpu := startCPU(b)
	for i := 0; b.Loop(); i++ {
		at := i % 100 * packetSamples
		var err error
		if buf, err = l.enc.Encode(said[at:at+packetSamples], buf); err != nil {
			b.Fatal(err)
		}
	}
	cpu.report("packet")
}

// BenchDecodeSound measures one packet of 20 ms.
func BenchDecodeSound(b *testing.B, codec call.AudioCodec) {
	l := newLine(b, codec, 48_000)
	packets, pcm := l.packets(Speech(100)), make([]int16, 5760)
	cpu := startCPU(b)
	for i := 0; b.Loop(); i++ {
		if _, err := l.dec.Decode(packets[i%100], pcm); err != nil {
			b.Fatal(err)
		}
	}
	cpu.report("packet")
}
