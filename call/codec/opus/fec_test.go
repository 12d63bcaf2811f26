package opus_test

import (
	"errors"
	"slices"
	"testing"

	"parley/call"
	"parley/call/codec/codectest"
	"parley/call/codec/opus"
)

const packetSamples = call.PacketBlocks * call.BlockSamples

// encoded is speech in packets, for a link that loses a share.
func encoded(t *testing.T, bps int, loss float64) [][]byte {
	t.Helper()
	e, err := opus.NewEncoder(bps, false)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = e.Close() }()
	e.SetLoss(loss)
	var packets [][]byte
	for pcm := range slices.Chunk(codectest.Speech(100), packetSamples) {
		p, err := e.Encode(pcm, nil)
		if err != nil {
			t.Fatal(err)
		}
		packets = append(packets, p)
	}
	return packets
}

// redundant counts packets that bring their predecessor back.
func redundant(t *testing.T, packets [][]byte) int {
	t.Helper()
	d := decoder(t)
	n, pcm := 0, make([]int16, packetSamples)
	for _, p := range packets {
		err := d.DecodeFEC(p, pcm)
		if err != nil && !errors.Is(err, opus.ErrNoRedundancy) {
			t.Fatal(err)
		}
		if err == nil {
			n++
		}
	}
	return n
}

func decoder(t *testing.T) *opus.Decoder {
	t.Helper()
	d, err := opus.NewDecoder()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func TestRedundancyIsTold(t *testing.T) {
	for name, test := range map[string]struct {
		bps         int
		loss        float64
		least, most int
	}{
		"asked for":         {32_000, 0.2, 50, 100},
		"hybrid, asked for": {40_000, 0.2, 50, 100},
		"not asked for":     {32_000, 0, 0, 0},
		"CELT alone":        {200_000, 0, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			n := redundant(t, encoded(t, test.bps, test.loss))
			t.Logf("%d of 100 packets hold redundancy", n)
			if n < test.least || n > test.most {
				t.Errorf("%d packets, want %d to %d", n, test.least, test.most)
			}
		})
	}
}

// What holds no redundancy leaves both the samples and the decoder as they are.
func TestNoRedundancyChangesNothing(t *testing.T) {
	packets := encoded(t, 32_000, 0)
	asked, plain := decoder(t), decoder(t)
	mark := slices.Repeat([]int16{77}, packetSamples)
	for i, p := range packets {
		pcm := slices.Clone(mark)
		if err := asked.DecodeFEC(p, pcm); !errors.Is(err, opus.ErrNoRedundancy) {
			t.Fatalf("packet %d: %v", i, err)
		}
		if !slices.Equal(pcm, mark) {
			t.Fatalf("packet %d: samples were written", i)
		}
		got, want := make([]int16, packetSamples), make([]int16, packetSamples)
		if _, err := asked.Decode(p, got); err != nil {
			t.Fatal(err)
		}
		if _, err := plain.Decode(p, want); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("packet %d: decodes otherwise after the question", i)
		}
	}
}

// A flag at its place in the header is what tells (RFC 6716 section 4.2.4),
// whatever the packet's mode, length and channels.
func TestRedundancyFlags(t *testing.T) {
	for name, test := range map[string]struct {
		packet []byte
		want   bool
	}{
		"SILK 20 ms, flag":          {[]byte{9 << 3, 0x40, 0}, true},
		"SILK 20 ms, voice alone":   {[]byte{9 << 3, 0x80, 0}, false},
		"SILK 60 ms, flag":          {[]byte{11 << 3, 0x10, 0}, true},
		"SILK 60 ms, voice alone":   {[]byte{11 << 3, 0xe0, 0}, false},
		"stereo, flag of the side":  {[]byte{9<<3 | 4, 0x10, 0}, true},
		"stereo, voice alone":       {[]byte{9<<3 | 4, 0xa0, 0}, false},
		"hybrid 20 ms, flag":        {[]byte{15 << 3, 0x40, 0}, true},
		"CELT, the same bits":       {[]byte{31 << 3, 0x40, 0}, false},
		"two frames, flag in first": {[]byte{9<<3 | 1, 0x40, 0, 0, 0}, true},
		"silence":                   {[]byte{9 << 3}, false},
	} {
		t.Run(name, func(t *testing.T) {
			err := decoder(t).DecodeFEC(test.packet, make([]int16, 2880))
			if told := !errors.Is(err, opus.ErrNoRedundancy); told != test.want {
				t.Errorf("redundancy %v, want %v (%v)", told, test.want, err)
			}
		})
	}
	if err := decoder(t).DecodeFEC([]byte{9<<3 | 3}, make([]int16, 960)); !errors.Is(err, opus.ErrBroken) {
		t.Errorf("a packet cut short: %v", err)
	}
}
