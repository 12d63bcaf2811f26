package rtc

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"

	"parley/call"
)

// line feeds an assembler with packets, by their place in the stream.
type line struct {
	a       *assembler
	packets []*rtp.Packet
	now     time.Time
	frames  []call.EncodedFrame
}

func newLine(d depacketizer, payloader rtp.Payloader, first uint16, units ...[]byte) *line {
	l := &line{a: newAssembler(d), now: time.Unix(1000, 0)}
	seq := first
	for i, unit := range units {
		payloads := payloader.Payload(200, unit)
		for j, p := range payloads {
			l.packets = append(l.packets, &rtp.Packet{
				Header:  rtp.Header{SequenceNumber: seq, Timestamp: uint32(i) * 3000, Marker: j == len(payloads)-1},
				Payload: p,
			})
			seq++
		}
	}
	return l
}

func (l *line) pop() (wait time.Duration) {
	for {
		frame, ok, wait := l.a.pop(l.now)
		if !ok {
			return wait
		}
		frame.Unit = bytes.Clone(frame.Unit)
		l.frames = append(l.frames, frame)
	}
}

// push feeds packets a millisecond apart.
func (l *line) push(places ...int) (wait time.Duration) {
	for _, i := range places {
		l.now = l.now.Add(time.Millisecond)
		l.a.push(l.packets[i], l.now)
		wait = l.pop()
	}
	return wait
}

func (l *line) want(t *testing.T, units [][]byte, which ...int) {
	t.Helper()
	if len(l.frames) != len(which) {
		t.Fatalf("%d frames, want %d", len(l.frames), len(which))
	}
	for i, w := range which {
		if !bytes.Equal(l.frames[i].Unit, units[w]) || l.frames[i].RTPTime != uint32(w)*3000 {
			t.Errorf("frame %d is not unit %d", i, w)
		}
	}
}

// vp8Units are n units of 500 bytes, three packets each, the first a key frame.
func vp8Units(n int) (units [][]byte) {
	for i := range n {
		unit := bytes.Repeat([]byte{byte(i)}, 500)
		unit[0] = 1
		if i == 0 {
			unit[0] = 0
		}
		units = append(units, unit)
	}
	return units
}

func vp8Line(n int, first uint16) (*line, [][]byte) {
	units := vp8Units(n)
	return newLine(vp8Depacket{}, &codecs.VP8Payloader{EnablePictureID: true}, first, units...), units
}

func upTo(from, to int) (all []int) {
	for i := from; i < to; i++ {
		all = append(all, i)
	}
	return all
}

func TestInOrder(t *testing.T) {
	l, units := vp8Line(4, 7)
	if len(l.packets) != 12 {
		t.Fatalf("%d packets, want 12", len(l.packets))
	}
	l.push(upTo(0, 12)...)
	l.want(t, units, 0, 1, 2, 3)
	if !l.frames[0].Key || l.frames[1].Key || l.frames[3].Lost != 0 {
		t.Errorf("%+v", l.frames)
	}
	if want := time.Unix(1000, 0).Add(3 * time.Millisecond); !l.frames[0].At.Equal(want) {
		t.Errorf("arrived at %v, want that of its last packet", l.frames[0].At)
	}
}

func TestNumbersWrap(t *testing.T) {
	for _, first := range []uint16{65530, 65535, 32765} {
		l, units := vp8Line(5, first)
		l.push(0, 1, 3, 4, 2, 5, 6, 8, 7)
		l.push(upTo(9, 15)...)
		l.want(t, units, 0, 1, 2, 3, 4)
	}
}

func TestReordered(t *testing.T) {
	l, units := vp8Line(4, 7)
	l.push(0, 2, 1, 5, 4, 3, 3, 3, 6, 9, 7, 10, 8, 11)
	l.want(t, units, 0, 1, 2, 3)
}

func TestRepaired(t *testing.T) {
	l, units := vp8Line(4, 7)
	if wait := l.push(0, 1, 2, 3, 5, 6, 7, 8); wait <= 0 || wait > l.a.patience {
		t.Errorf("waits %v for a missing packet", wait)
	}
	l.now = l.now.Add(l.a.patience - 10*time.Millisecond)
	l.push(4)
	l.want(t, units, 0, 1, 2)
	if f := l.frames[1]; f.Lost != 0 {
		t.Errorf("a repaired frame misses %d packets", f.Lost)
	}
}

func TestGivenUp(t *testing.T) {
	l, units := vp8Line(5, 7)
	l.push(0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11)
	l.want(t, units, 0)
	l.now = l.now.Add(l.a.patience)
	l.pop()
	l.want(t, units, 0, 2, 3)
	if l.frames[1].Lost != 1 || l.frames[2].Lost != 0 {
		t.Errorf("lost %d and %d", l.frames[1].Lost, l.frames[2].Lost)
	}
	l.push(4, 12, 13, 14) // too late to be of use
	l.want(t, units, 0, 2, 3, 4)
}

// Two packets that are lost together are given up together, however far apart
// they lie.
func TestPatienceIsNotAddedUp(t *testing.T) {
	l, units := vp8Line(6, 7)
	l.push(0, 1, 2, 3, 5, 6, 7, 9, 11, 12, 13, 14, 15, 16, 17)
	l.now = l.now.Add(l.a.patience - 5*time.Millisecond)
	l.pop()
	l.want(t, units, 0, 4, 5)
	if l.frames[1].Lost != 3 {
		t.Errorf("lost %d, want 3", l.frames[1].Lost)
	}
}

func TestFirstPacketOfAFrameLost(t *testing.T) {
	l, units := vp8Line(3, 7)
	l.push(0, 1, 2, 4, 5, 6, 7, 8)
	l.now = l.now.Add(l.a.patience)
	l.pop()
	l.want(t, units, 0, 2)
}

// The end of one frame and the beginning of the next lost: the rest of the
// next must not pass for a frame.
func TestLossAcrossAFramesEnd(t *testing.T) {
	l, units := vp8Line(4, 7)
	l.push(0, 1, 2, 3, 4, 7, 8, 9, 10, 11)
	l.now = l.now.Add(l.a.patience)
	l.pop()
	l.want(t, units, 0, 3)
}

func TestJoinedInTheMiddle(t *testing.T) {
	l, units := vp8Line(3, 7)
	l.push(1, 2, 3, 4, 5, 6, 7, 8)
	l.want(t, units, 1, 2)
	if l.frames[0].Lost == 0 {
		t.Error("what was missed is not told")
	}
}

func TestNoMarker(t *testing.T) {
	l, units := vp8Line(4, 7)
	for _, p := range l.packets {
		p.Marker = false
	}
	l.push(upTo(0, 12)...)
	l.want(t, units, 0, 1, 2) // the last one's end is not known yet
}

func TestPaddingBetweenFrames(t *testing.T) {
	l, units := vp8Line(3, 7)
	padding := &rtp.Packet{Header: rtp.Header{Timestamp: 0}}
	l.packets = slices.Insert(l.packets, 3, padding, padding)
	for i, p := range l.packets {
		clone := *p
		clone.SequenceNumber = 7 + uint16(i)
		l.packets[i] = &clone
	}
	l.push(upTo(0, 11)...)
	l.want(t, units, 0, 1, 2)
}

// A sender that jumps, forward or back, is followed.
func TestJumps(t *testing.T) {
	for name, by := range map[string]uint16{"forward": ringSize + 50, "far": 30000, "back": ^uint16(5000 - 1)} {
		l, units := vp8Line(6, 20000)
		for _, p := range l.packets[9:] {
			p.SequenceNumber += by
		}
		l.push(upTo(0, 18)...)
		l.want(t, units, 0, 1, 2, 3, 4, 5)
		if l.frames[3].Lost == 0 {
			t.Errorf("%s: the jump is not told", name)
		}
	}
}

// A frame without end does not grow without end.
func TestEndlessFrame(t *testing.T) {
	a := newAssembler(vp8Depacket{})
	p := &rtp.Packet{Payload: append([]byte{0x10}, make([]byte, 1000)...)}
	for i := range 10 * ringSize {
		p.SequenceNumber = uint16(i)
		a.push(p, time.Unix(0, 0))
		if _, ok, _ := a.pop(time.Unix(0, 0)); ok {
			t.Fatal("a frame without end was handed over")
		}
	}
	if cap(a.unit) > ringSize*packetSize {
		t.Errorf("%d bytes are kept", cap(a.unit))
	}
}

// TestRoundTrip sends random units through pion's payloaders, reordered.
func TestRoundTrip(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for name, test := range map[string]struct {
		depacket  depacketizer
		payloader func() rtp.Payloader
		unit      func() []byte
	}{
		"VP8":  {vp8Depacket{}, func() rtp.Payloader { return &codecs.VP8Payloader{EnablePictureID: true} }, func() []byte { return randomBytes(random, 1+random.IntN(5000)) }},
		"H264": {h264Depacket{}, func() rtp.Payloader { return &codecs.H264Payloader{} }, func() []byte { return randomAnnexB(random) }},
	} {
		for range 50 {
			units := [][]byte{}
			for range 12 {
				units = append(units, test.unit())
			}
			l := newLine(test.depacket, test.payloader(), uint16(random.Uint32()), units...)
			order := upTo(0, len(l.packets))
			for i := 1; i+1 < len(order); i += 3 { // the first one begins
				order[i], order[i+1] = order[i+1], order[i]
			}
			l.push(order...)
			l.want(t, units, upTo(0, 12)...)
			if t.Failed() {
				t.Fatal(name)
			}
		}
	}
}

func randomBytes(random *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(random.Uint32())
	}
	return b
}

// randomAnnexB is parameter sets and an IDR slice, or a slice, as an encoder
// makes them: long start codes, and none within a unit.
func randomAnnexB(random *rand.Rand) (unit []byte) {
	nal := func(header byte, n int) {
		body := randomBytes(random, n)
		for i := range body {
			body[i] |= 1
		}
		body[0] |= 0x80 // first_mb_in_slice 0
		unit = append(append(unit, 0, 0, 0, 1, header), body...)
	}
	if random.IntN(3) == 0 {
		nal(0x67, 10)
		nal(0x68, 4)
		nal(0x65, 1+random.IntN(5000))
		return unit
	}
	nal(0x41, 1+random.IntN(3000))
	return unit
}

// FuzzAssembler: any packets, in any order, at any time, and no panic, no
// endless loop, no growth. Each step of six bytes is a packet.
func FuzzAssembler(f *testing.F) {
	f.Add([]byte("\x00\x01\x00\x01\x10\x01\x00\x02\x00\x00\x90\x80\xff\xff\x01\x01\x7c\x85"), true)
	f.Add([]byte("\x00\x01\x00\x81\x18\x00\x00\x05\x00\x00\x5c\x45"), false)
	f.Add(bytes.Repeat([]byte("\x80\x00\x01\x00\x1c\x41\x00\x00\x01\x01\x61\x80"), 20), false)
	f.Fuzz(func(t *testing.T, data []byte, vp8 bool) {
		var d depacketizer = h264Depacket{}
		if vp8 {
			d = vp8Depacket{}
		}
		a, r := newAssembler(d), newRepair(&counters{})
		now := time.Unix(0, 0)
		for ; len(data) >= 6; data = data[6:] {
			n := min(int(data[3]>>1), len(data)-4)
			p := &rtp.Packet{Header: rtp.Header{
				SequenceNumber: uint16(data[0])<<8 | uint16(data[1]), Timestamp: uint32(data[2]), Marker: data[3]&1 == 1,
			}, Payload: data[4 : 4+n]}
			now = now.Add(time.Duration(data[2]) * time.Millisecond)
			r.note(p.SequenceNumber, now)
			if asked := r.due(now); len(asked) > maxMissing {
				t.Fatalf("%d packets asked for", len(asked))
			}
			a.push(p, now)
			for i := 0; ; i++ {
				frame, ok, wait := a.pop(now)
				if !ok {
					if wait < 0 || wait > mostPatience {
						t.Fatalf("waits %v", wait)
					}
					break
				}
				if len(frame.Unit) == 0 || frame.Lost < 0 || i > ringSize {
					t.Fatalf("frame %d: %+v", i, frame)
				}
			}
		}
	})
}

func BenchmarkAssembler(b *testing.B) {
	l, _ := vp8Line(100, 0)
	for b.Loop() {
		for i, p := range l.packets {
			p.SequenceNumber = l.a.newest + 1
			if i == 0 && !l.a.begun {
				p.SequenceNumber = 0
			}
			l.a.push(p, l.now)
			l.a.pop(l.now)
		}
	}
	b.ReportAllocs()
}

func TestAssemblerDoesNotAllocate(t *testing.T) {
	l, _ := vp8Line(2, 0)
	next := uint16(0)
	unit := func() {
		for _, p := range l.packets[3:] {
			p.SequenceNumber = next
			next++
			l.a.push(p, l.now)
			l.a.pop(l.now)
		}
	}
	for range ringSize {
		unit()
	}
	if n := testing.AllocsPerRun(100, unit); n != 0 {
		t.Errorf("%v allocations a frame", n)
	}
}
