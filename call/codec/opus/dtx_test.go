package opus_test

import (
	"testing"

	"parley/call"
	"parley/call/codec/codectest"
	"parley/call/codec/opus"
)

func FuzzDecode(f *testing.F) { codectest.FuzzSound(f, opus.New()) }

// silent counts the packets of a second of silence that need not be sent.
func silent(t *testing.T, codec opus.Codec) int {
	t.Helper()
	e, err := codec.NewEncoder(32_000)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = e.Close() }()
	small, buf := 0, make([]byte, 0, 1500)
	for range 50 {
		if buf, err = e.Encode(make([]int16, call.PacketBlocks*call.BlockSamples), buf); err != nil {
			t.Fatal(err)
		}
		if len(buf) <= 2 {
			small++
		}
	}
	return small
}

func TestDTXStaysQuietInSilence(t *testing.T) {
	if n := silent(t, opus.Codec{DTX: true}); n < 25 {
		t.Errorf("with DTX %d of 50 silent packets are empty, want 25", n)
	}
	if n := silent(t, opus.New()); n != 0 {
		t.Errorf("without DTX %d of 50 silent packets are empty", n)
	}
}
