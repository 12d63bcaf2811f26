package call

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

const redKind = 111

// heard are the packets of a track as they come out, by RTP time.
type heard struct {
	split REDSplitter
	all   []AudioPacket
}

func (h *heard) take(t *testing.T, p AudioPacket, red bool) {
	t.Helper()
	if !red {
		h.split.Plain(p)
	} else if err := h.split.RED(p); err != nil {
		t.Fatal(err)
	}
	for p, ok := h.split.Next(); ok; p, ok = h.split.Next() {
		p.Payload = bytes.Clone(p.Payload)
		h.all = append(h.all, p)
	}
}

// Every third packet is lost, its time with it; all come out, each once, as
// they were and with their own numbers.
func TestLostPacketsComeBesideLaterOnes(t *testing.T) {
	var packer REDPacker
	var h heard
	for i := range 100 {
		payload, at := []byte(fmt.Sprint("packet ", i)), uint32(i*960)-48000 // wraps
		p := AudioPacket{Sequence: uint16(65500 + i), RTPTime: at}
		p.Payload = packer.Pack(payload, at, redKind, []int{3, 1})
		if i%3 != 1 {
			h.take(t, p, true)
		}
	}
	slices.SortFunc(h.all, func(a, b AudioPacket) int { return int(int32(a.RTPTime - b.RTPTime)) })
	if len(h.all) != 100 {
		t.Fatalf("%d packets came out", len(h.all))
	}
	for i, p := range h.all {
		if string(p.Payload) != fmt.Sprint("packet ", i) || p.Sequence != uint16(65500+i) || p.Redundant != (i%3 == 1) {
			t.Errorf("packet %d: %q, number %d, redundant %v", i, p.Payload, p.Sequence, p.Redundant)
		}
	}
}

// A packet that is overtaken by a later one which holds it is given out once.
func TestOvertakenPacketIsNoDuplicate(t *testing.T) {
	var packer REDPacker
	var h heard
	packets := make([]AudioPacket, 4)
	for i := range packets {
		red := packer.Pack([]byte{byte(i)}, uint32(i*960), redKind, []int{1})
		packets[i] = AudioPacket{Sequence: uint16(i), RTPTime: uint32(i * 960), Payload: bytes.Clone(red)}
	}
	for _, i := range []int{0, 2, 1, 3} {
		h.take(t, packets[i], true)
	}
	var got []byte
	for _, p := range h.all {
		got = append(got, p.Payload[0])
	}
	if !slices.Equal(got, []byte{0, 1, 2, 3}) {
		t.Errorf("came out %v", got)
	}
}

// Sound that is sent as it is passes as it is, also around redundant sound.
func TestPlainSoundPassesAsItIs(t *testing.T) {
	var packer REDPacker
	var h heard
	for i := range 6 {
		payload, at := []byte{byte(i)}, uint32(i*960)
		p := AudioPacket{Sequence: uint16(i), RTPTime: at, Payload: payload}
		if red := i == 3 || i == 4; red {
			p.Payload = packer.Pack(payload, at, redKind, []int{2})
			h.take(t, p, true)
			continue
		}
		packer.Keep(payload, at)
		if i != 2 { // lost
			h.take(t, p, false)
		}
	}
	if len(h.all) != 6 || !h.all[3].Redundant || h.all[3].RTPTime != 2*960 || h.all[3].Payload[0] != 2 {
		t.Errorf("came out %+v", h.all)
	}
}

// What RED cannot say is left out: packets too long ago, too large or none.
func TestRedundancyThatDoesNotFit(t *testing.T) {
	for name, test := range map[string]struct {
		size int
		step uint32
		want int
	}{
		"fits":        {80, 960, 3},
		"too old":     {80, 17000, 1},
		"partly old":  {80, 9000, 2},
		"too large":   {1024, 960, 1},
		"one fits":    {400, 960, 2},
		"empty":       {0, 960, 1},
		"no time ran": {80, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			var packer REDPacker
			var red []byte
			for i := range 4 {
				red = packer.Pack(make([]byte, test.size), uint32(i)*test.step, redKind, []int{2, 1})
			}
			_, n, err := splitRED(red)
			if err != nil || n != test.want || len(red) > redMostSize+1 {
				t.Errorf("%d packets in %d bytes (%v), want %d", n, len(red), err, test.want)
			}
		})
	}
}

func TestBrokenREDIsLeftOutWhole(t *testing.T) {
	header := binary.BigEndian.AppendUint32(nil, (redKind|0x80)<<24|960<<10|10)
	for name, payload := range map[string][]byte{
		"nothing":          {},
		"half a header":    header[:3],
		"no last header":   header,
		"too short":        append(bytes.Clone(header), redKind, 1, 2, 3),
		"headers for ever": bytes.Repeat(header, 40),
	} {
		var s REDSplitter
		if err := s.RED(AudioPacket{Payload: payload}); err == nil {
			t.Errorf("%s: no error", name)
		}
		if p, ok := s.Next(); ok {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

// Packets of another format, which a telephone's keys are, are not sound.
func TestOtherFormatsAreNotSound(t *testing.T) {
	var h heard
	h.take(t, AudioPacket{Sequence: 9, RTPTime: 9600, Payload: []byte{redKind, 1}}, true)
	red := binary.BigEndian.AppendUint32(nil, (110|0x80)<<24|960<<10|2)
	h.take(t, AudioPacket{Sequence: 11, RTPTime: 2 * 9600, Payload: append(red, redKind, 7, 7, 2)}, true)
	if len(h.all) != 2 || h.all[1].Redundant || h.all[1].Payload[0] != 2 {
		t.Errorf("came out %+v", h.all)
	}
}

func TestREDDoesNotAllocate(t *testing.T) {
	var packer REDPacker
	var s REDSplitter
	payload, at, n := make([]byte, 80), uint32(0), 0
	round := func() {
		at += 960
		red := packer.Pack(payload, at, redKind, acrossSix)
		if at/960%4 == 0 {
			return // lost
		}
		if s.RED(AudioPacket{Payload: red, Sequence: uint16(at / 960), RTPTime: at}) != nil {
			t.Fatal("its own RED is broken")
		}
		for _, ok := s.Next(); ok; _, ok = s.Next() {
			n++
		}
	}
	for range 100 {
		round()
	}
	if allocs := testing.AllocsPerRun(1000, round); allocs != 0 || n < 1000 {
		t.Errorf("%v allocations a packet, %d came out", allocs, n)
	}
}

// FuzzRED feeds the splitter what strangers send.
func FuzzRED(f *testing.F) {
	var packer REDPacker
	for i := range 8 {
		f.Add(bytes.Clone(packer.Pack([]byte(strings.Repeat("x", i*9)), uint32(i*960), redKind, []int{3, 1})), uint32(i*960))
	}
	f.Fuzz(func(t *testing.T, payload []byte, at uint32) {
		var s REDSplitter
		random := rand.New(rand.NewPCG(uint64(at), 1))
		for i := range uint16(20) {
			p := AudioPacket{Payload: payload, Sequence: i * uint16(1+random.IntN(3)), RTPTime: at + uint32(i)*960}
			if s.RED(p) != nil {
				s.Plain(p)
			}
			for n := 0; ; n++ {
				p, ok := s.Next()
				if !ok {
					break
				}
				if n > redBlocks || len(p.Payload) > len(payload) || p.Redundant && len(p.Payload) > redMostBytes {
					t.Fatalf("packet %d: %d bytes of %d", n, len(p.Payload), len(payload))
				}
			}
		}
	})
}
