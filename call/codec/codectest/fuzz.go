package codectest

import (
	"testing"

	"parley/call"
)

// FuzzSound feeds a decoder what strangers send, starting from real packets.
func FuzzSound(f *testing.F, codec call.AudioCodec) {
	for i, packet := range newLine(f, codec, 32_000).packets(Speech(6)) {
		f.Add(packet)
		f.Add(packet[:len(packet)/(i+1)])
	}
	f.Fuzz(func(t *testing.T, packet []byte) {
		l := newLine(t, codec, 32_000)
		pcm := make([]int16, 5760)
		n, err := l.dec.Decode(packet, pcm)
		if n < 0 || n > len(pcm) || err != nil && n != 0 {
			t.Fatalf("%d samples, %v", n, err)
		}
		if err := l.dec.DecodeFEC(packet, pcm[:packetSamples]); err == nil && len(packet) == 0 {
			t.Fatal("redundancy found in an empty packet")
		}
		if err := l.dec.Conceal(pcm[:packetSamples]); err != nil {
			t.Fatal(err)
		}
	})
}
