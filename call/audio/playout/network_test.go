package playout

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"parley/call"
)

const period = 480 // samples of the tone: 100 Hz

var tone = func() (t [period]int16) {
	for i := range t {
		t[i] = int16(8000 * math.Sin(2*math.Pi*float64(i)/period))
	}
	return t
}()

// wave is the sound of the simulated sender at an RTP time: a tone whose
// phase is the time, so that what is heard tells when it was said.
func wave(at uint32) int16 { return tone[at%period] }

// fakeDecoder makes the wave from a packet that carries its time. Made-up
// sound goes on where the last ended, as a good codec's would.
type fakeDecoder struct {
	at                            uint32
	decodes, conceals, fecs, open int
	noFEC                         error
}

func (d *fakeDecoder) run(pcm []int16) {
	for i := range pcm {
		pcm[i] = wave(d.at)
		d.at++
	}
}

func (d *fakeDecoder) Decode(payload []byte, pcm []int16) (int, error) {
	if len(payload) < 6 {
		return 0, nil
	}
	d.decodes++
	d.at = binary.BigEndian.Uint32(payload)
	n := min(int(binary.BigEndian.Uint16(payload[4:])), len(pcm))
	d.run(pcm[:n])
	return n, nil
}

func (d *fakeDecoder) DecodeFEC(payload []byte, pcm []int16) error {
	if d.noFEC != nil || len(payload) < 6 {
		return d.noFEC
	}
	d.fecs++
	d.at = binary.BigEndian.Uint32(payload) - uint32(len(pcm))
	d.run(pcm)
	return nil
}

func (d *fakeDecoder) Conceal(pcm []int16) error {
	d.conceals++
	d.run(pcm)
	return nil
}

func (d *fakeDecoder) Close() error { d.open--; return nil }

// network sends packets of 20 ms to a Playout whose device pulls every 10 ms,
// all in virtual time.
type network struct {
	t       *testing.T
	playout *Playout
	decoder *fakeDecoder

	skew  float64                           // the sender's clock gains this share
	delay func(packet int) time.Duration    // on the way; negative: lost
	mute  func(packet int) bool             // not sent at all
	stamp func(packet int) (uint16, uint32) // sequence and RTP time
	twice bool                              // each packet comes twice

	before []int // packets that go along with each, as RED
	packer call.REDPacker
	split  call.REDSplitter

	sent     int
	sequence uint16
	flying   []flight
	now      time.Duration
	block    []int16
	heard    func(block []int16)
}

type flight struct {
	at     time.Duration
	packet call.AudioPacket
}

func newNetwork(t *testing.T) *network {
	decoder := &fakeDecoder{open: 1}
	n := &network{
		t: t, decoder: decoder, playout: New(decoder, Options{}),
		delay: func(int) time.Duration { return 0 },
		mute:  func(int) bool { return false },
		block: make([]int16, call.BlockSamples),
		heard: func([]int16) {},
	}
	n.stamp = func(packet int) (uint16, uint32) { return n.sequence, uint32(packet) * 960 }
	t.Cleanup(func() { n.playout.Close() })
	return n
}

func (n *network) run(length time.Duration) {
	for end := n.now + length; n.now < end; n.now += 10 * time.Millisecond {
		n.send()
		n.arrive()
		n.playout.Pull(n.block)
		n.heard(n.block)
	}
}

func (n *network) send() {
	for {
		at := time.Duration(float64(n.sent) * 20e6 / (1 + n.skew))
		if at > n.now {
			return
		}
		n.sendPacket(n.sent, at)
		n.sent++
	}
}

func (n *network) sendPacket(packet int, at time.Duration) {
	if n.mute(packet) {
		return
	}
	sequence, rtp := n.stamp(packet)
	n.sequence++
	payload := make([]byte, 6)
	binary.BigEndian.PutUint32(payload, rtp)
	binary.BigEndian.PutUint16(payload[4:], 960)
	if n.before != nil {
		payload = bytes.Clone(n.packer.Pack(payload, rtp, 111, n.before))
	}
	delay := n.delay(packet)
	if delay < 0 {
		return
	}
	n.flying = append(n.flying, flight{at + delay, call.AudioPacket{Payload: payload, Sequence: sequence, RTPTime: rtp}})
}

func (n *network) arrive() {
	rest := n.flying[:0]
	for _, f := range n.flying {
		if f.at > n.now {
			rest = append(rest, f)
			continue
		}
		n.push(f.packet)
		if n.twice {
			n.push(f.packet)
		}
	}
	n.flying = rest
}

func (n *network) push(p call.AudioPacket) {
	if n.before == nil {
		n.playout.Push(p)
		return
	}
	if err := n.split.RED(p); err != nil {
		n.t.Fatal(err)
	}
	for p, ok := n.split.Next(); ok; p, ok = n.split.Next() {
		n.playout.Push(p)
	}
}

// noClicks fails when the sound ever turns sharper than the tone can.
func (n *network) noClicks() {
	var a, b int
	n.heard = func(block []int16) {
		for _, s := range block {
			c := int(s)
			if bend := a - 2*b + c; bend > 60 || bend < -60 {
				n.t.Fatalf("click at %v: %d, %d, %d", n.now, a, b, c)
			}
			a, b = b, c
		}
	}
}

func jitter(most time.Duration) func(int) time.Duration {
	random := rand.New(rand.NewPCG(1, 2))
	return func(int) time.Duration { return time.Duration(random.Int64N(int64(most))) }
}

func lossy(share float64) func(int) time.Duration {
	random := rand.New(rand.NewPCG(3, 4))
	return func(int) time.Duration {
		if random.Float64() < share {
			return -1
		}
		return 0
	}
}
