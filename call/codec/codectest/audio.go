package codectest

import (
	"sync"
	"testing"

	"parley/call"
)

// Audio runs the conformance tests of a sound codec.
func Audio(t *testing.T, codec call.AudioCodec) {
	tests := []struct {
		name string
		run  func(*testing.T, call.AudioCodec)
	}{
		{"RoundTrip", soundRoundTrip},
		{"RateFollowed", soundRate},
		{"Redundancy", redundancy},
		{"Concealment", concealment},
		{"WrongSize", soundWrongSize},
		{"Garbage", soundGarbage},
		{"Close", soundClose},
		{"Concurrent", soundConcurrent},
		{"Allocations", soundAllocations},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { test.run(t, codec) })
	}
}

// line is a sound encoder and a decoder, wired.
type line struct {
	t   testing.TB
	enc call.AudioEncoder
	dec call.AudioDecoder
}

func newLine(t testing.TB, codec call.AudioCodec, bps int) *line {
	t.Helper()
	enc, err := codec.NewEncoder(bps)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mustClose(t, enc) })
	dec, err := codec.NewDecoder()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mustClose(t, dec) })
	return &line{t: t, enc: enc, dec: dec}
}

func mustClose(t testing.TB, c interface{ Close() error }) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

// packets encodes all of pcm.
func (l *line) packets(pcm []int16) [][]byte {
	l.t.Helper()
	var out [][]byte
	for ; len(pcm) > 0; pcm = pcm[packetSamples:] {
		packet, err := l.enc.Encode(pcm[:packetSamples], nil)
		if err != nil {
			l.t.Fatal(err)
		}
		out = append(out, packet)
	}
	return out
}

// hear decodes one packet.
func (l *line) hear(packet []byte) []int16 {
	l.t.Helper()
	pcm := make([]int16, 5760)
	n, err := l.dec.Decode(packet, pcm)
	if err != nil {
		l.t.Fatal(err)
	}
	return pcm[:n]
}

func soundRoundTrip(t *testing.T, codec call.AudioCodec) {
	l := newLine(t, codec, 48_000)
	said := Speech(100)
	var heard []int16
	for _, packet := range l.packets(said) {
		heard = append(heard, l.hear(packet)...)
	}
	if len(heard) != len(said) {
		t.Fatalf("said %d samples, heard %d", len(said), len(heard))
	}
	from, to := 20*packetSamples, 50*packetSamples
	lag, like := bestLag(said[from:to], heard[from:], call.BlockSamples)
	t.Logf("likeness %.3f, %d samples late", like, lag)
	if like < 0.9 {
		t.Errorf("heard is %.3f like what was said, want 0.9", like)
	}
}

// bitRate is that of packets in bit/s.
func soundBitRate(packets [][]byte) int {
	var bytes int
	for _, p := range packets {
		bytes += len(p)
	}
	return bytes * 8 * call.SampleRate / (packetSamples * len(packets))
}

func soundRate(t *testing.T, codec call.AudioCodec) {
	l := newLine(t, codec, 64_000)
	said := Speech(250)
	for _, want := range []int{64_000, 24_000, 12_000, 48_000} {
		l.enc.SetBitRate(want)
		got := soundBitRate(l.packets(said))
		t.Logf("%d bit/s for %d", got, want)
		if got < want*6/10 || got > want*125/100 {
			t.Errorf("asked for %d bit/s, got %d", want, got)
		}
	}
}

// redundancy loses every tenth packet and compares what the packet after it
// brings back with what is merely made up.
func redundancy(t *testing.T, codec call.AudioCodec) {
	l := newLine(t, codec, 40_000)
	l.enc.SetLoss(0.1)
	packets := l.packets(Speech(200))
	var whole []int16
	for _, p := range packets {
		whole = append(whole, l.hear(p)...)
	}
	rescued, madeUp := l.lose(packets, whole, true), l.lose(packets, whole, false)
	t.Logf("likeness of lost packets: %.3f with redundancy, %.3f concealed", rescued, madeUp)
	if rescued < 0.8 || rescued < madeUp+0.1 {
		t.Errorf("redundancy brings back %.3f, concealment %.3f", rescued, madeUp)
	}
}

// lose replaces every tenth packet and returns how like the replacements are
// to what would have been heard.
func (l *line) lose(packets [][]byte, whole []int16, fec bool) float64 {
	l.t.Helper()
	var want, got []int16
	for i := 0; i < len(packets)-1; i++ {
		if i%10 != 9 {
			l.hear(packets[i])
			continue
		}
		pcm := make([]int16, packetSamples)
		if err := l.replace(packets[i+1], pcm, fec); err != nil {
			l.t.Fatal(err)
		}
		want = append(want, whole[i*packetSamples:(i+1)*packetSamples]...)
		got = append(got, pcm...)
	}
	return likeness(want, got)
}

func (l *line) replace(next []byte, pcm []int16, fec bool) error {
	if fec {
		return l.dec.DecodeFEC(next, pcm)
	}
	return l.dec.Conceal(pcm)
}

// concealment must carry the sound on for a moment and then fall silent.
func concealment(t *testing.T, codec call.AudioCodec) {
	l := newLine(t, codec, 48_000)
	said := Speech(14) // ends within a syllable
	var last []int16
	for _, p := range l.packets(said) {
		last = l.hear(p)
	}
	first, end := make([]int16, packetSamples), make([]int16, call.BlockSamples)
	if err := l.dec.Conceal(first); err != nil {
		t.Fatal(err)
	}
	for range 100 {
		if err := l.dec.Conceal(end); err != nil {
			t.Fatal(err)
		}
	}
	if loudness(first) < loudness(last)/5 {
		t.Errorf("concealed %.0f after %.0f: the sound breaks off", loudness(first), loudness(last))
	}
	if loudness(end) > loudness(last)/10 {
		t.Errorf("still %.0f a second after the last packet", loudness(end))
	}
}

func soundWrongSize(t *testing.T, codec call.AudioCodec) {
	l := newLine(t, codec, 48_000)
	for _, n := range []int{0, 1, call.BlockSamples, packetSamples + 1} {
		if _, err := l.enc.Encode(make([]int16, n), nil); err == nil {
			t.Errorf("Encode took %d samples", n)
		}
	}
	for _, n := range []int{0, 1, 50_000} {
		if err := l.dec.Conceal(make([]int16, n)); err == nil {
			t.Errorf("Conceal filled %d samples", n)
		}
	}
	packet := l.packets(Speech(1))[0]
	if _, err := l.dec.Decode(packet, make([]int16, 10)); err == nil {
		t.Error("Decode wrote 20 ms into 10 samples")
	}
	if got := l.hear(packet); len(got) != packetSamples {
		t.Errorf("a good packet after the errors gave %d samples", len(got))
	}
}

func soundGarbage(t *testing.T, codec call.AudioCodec) {
	l := newLine(t, codec, 48_000)
	pcm := make([]int16, 5760)
	if _, err := l.dec.Decode(nil, pcm); err == nil {
		t.Error("an empty packet was decoded")
	}
	if _, err := l.dec.Decode([]byte{0xff, 0xff, 0xff}, pcm); err == nil {
		t.Error("garbage was decoded")
	}
	l.hear(l.packets(Speech(1))[0])
}

func soundClose(t *testing.T, codec call.AudioCodec) {
	l := newLine(t, codec, 48_000)
	packet := l.packets(Speech(1))[0]
	for range 2 {
		mustClose(t, l.enc)
		mustClose(t, l.dec)
	}
	pcm := make([]int16, packetSamples)
	if _, err := l.enc.Encode(pcm, nil); err == nil {
		t.Error("Encode works after Close")
	}
	if _, err := l.dec.Decode(packet, pcm); err == nil {
		t.Error("Decode works after Close")
	}
	l.enc.SetBitRate(20_000)
	l.enc.SetLoss(0.5)
}

// soundConcurrent is for the race detector.
func soundConcurrent(t *testing.T, codec call.AudioCodec) {
	l := newLine(t, codec, 48_000)
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range 500 {
			l.enc.SetBitRate(10_000 + 100*i)
			l.enc.SetLoss(float64(i) / 400)
		}
	})
	for _, p := range l.packets(Speech(100)) {
		l.hear(p)
	}
	wg.Wait()
}

func soundAllocations(t *testing.T, codec call.AudioCodec) {
	l := newLine(t, codec, 48_000)
	said, pcm, buf := Speech(1), make([]int16, 5760), make([]byte, 0, 1500)
	var err error
	if n := testing.AllocsPerRun(100, func() { buf, err = l.enc.Encode(said, buf) }); n != 0 || err != nil {
		t.Errorf("Encode allocates %v times a packet, %v", n, err)
	}
	if n := testing.AllocsPerRun(100, func() { _, err = l.dec.Decode(buf, pcm) }); n != 0 || err != nil {
		t.Errorf("Decode allocates %v times a packet, %v", n, err)
	}
}
