package playout

import (
	"encoding/binary"
	"testing"

	"parley/call"
)

// FuzzPush feeds packets with any header and payload, between pulls: it must
// neither crash nor hang, nor hold back more than its bound.
func FuzzPush(f *testing.F) {
	f.Add([]byte{0, 1, 0, 0, 0, 0, 8, 2, 0, 2, 0, 0, 3, 192, 8, 2})
	f.Add([]byte{0, 1, 0, 0, 0, 0, 8, 0, 0, 9, 0, 0, 0, 1, 3, 1, 255, 255, 127, 255, 255, 255, 9, 200})
	f.Add([]byte{0, 3, 0, 0, 14, 0, 8, 1, 0, 1, 0, 0, 0, 0, 8, 1, 0, 2, 255, 255, 0, 0, 8, 30})
	f.Fuzz(func(t *testing.T, script []byte) {
		p := New(&fakeDecoder{}, Options{})
		defer p.Close()
		block := make([]int16, call.BlockSamples)
		payload := make([]byte, 2048)
		for len(script) >= 8 {
			binary.BigEndian.PutUint16(payload[4:], uint16(script[6])<<8)
			p.Push(call.AudioPacket{
				Sequence: binary.BigEndian.Uint16(script),
				RTPTime:  binary.BigEndian.Uint32(script[2:]),
				Payload:  payload[:int(script[6])*8],
			})
			for range script[7] % 32 {
				p.Pull(block)
			}
			script = script[8:]
		}
		if p.voice.fifo.left() > fifoSamples || p.queue.len() > maxPackets {
			t.Errorf("%d samples and %d packets held back", p.voice.fifo.left(), p.queue.len())
		}
		for range 2000 { // with nothing more to come, silence follows
			p.Pull(block)
		}
		if p.alive {
			t.Error("alive 20 s after the last packet")
		}
	})
}
