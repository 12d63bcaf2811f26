package playout

import (
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"parley/call"
)

func TestSteadyNetworkPassesSoundUntouched(t *testing.T) {
	n := newNetwork(t)
	n.run(20 * time.Second)
	at := uint32(n.playout.offset() + n.playout.pulled)
	n.heard = func(block []int16) {
		for i, s := range block {
			if want := wave(at); s != want {
				t.Fatalf("at %v, sample %d: %d, want %d", n.now, i, s, want)
			}
			at++
		}
	}
	n.run(time.Minute)
	stats := n.playout.Stats()
	if stats.Concealed != 0 || stats.Late != 0 {
		t.Errorf("made up or late: %+v", stats)
	}
	if stats.Delay < 15*time.Millisecond || stats.Delay > 30*time.Millisecond {
		t.Errorf("delay %v, want 15 to 30 ms", stats.Delay)
	}
}

func TestFirstSoundComesSoon(t *testing.T) {
	n := newNetwork(t)
	n.run(100 * time.Millisecond)
	if played := n.playout.Stats().Played; played < 4*call.BlockSamples {
		t.Errorf("%d samples after 100 ms", played)
	}
}

func TestJitter(t *testing.T) {
	for _, most := range []time.Duration{10, 30, 60, 120, 200} {
		most *= time.Millisecond
		n := newNetwork(t)
		n.delay = jitter(most)
		n.noClicks()
		n.run(10 * time.Second)
		before := n.playout.Stats()
		n.run(2 * time.Minute)
		after := n.playout.Stats()
		concealed := float64(after.Concealed-before.Concealed) / float64(after.Played-before.Played)
		t.Logf("jitter %v: %.2f %% made up, delay %v", most, 100*concealed, after.Delay)
		if concealed > 0.03 {
			t.Errorf("jitter %v: %.1f %% made up", most, 100*concealed)
		}
		if after.Delay > most+30*time.Millisecond {
			t.Errorf("jitter %v: delay %v", most, after.Delay)
		}
	}
}

func TestLossIsRecoveredFromTheNextPacket(t *testing.T) {
	n := newNetwork(t)
	n.delay = func(packet int) time.Duration {
		if packet%20 == 10 {
			return -1
		}
		return 0
	}
	n.noClicks()
	n.run(time.Minute)
	// Before the buffer holds the packet after a loss, it may have to make up.
	if n.decoder.fecs < 140 {
		t.Errorf("%d of 150 losses recovered; %+v", n.decoder.fecs, n.playout.Stats())
	}
}

func TestLossIsConcealedAndCounted(t *testing.T) {
	n := newNetwork(t)
	n.decoder.noFEC = errors.New("no redundancy")
	n.delay = lossy(0.05)
	n.noClicks()
	n.run(time.Minute)
	stats := n.playout.Stats()
	share := float64(stats.Concealed) / float64(stats.Played)
	if share < 0.035 || share > 0.07 {
		t.Errorf("%.1f %% made up at 5 %% loss", 100*share)
	}
	if stats.Delay > 60*time.Millisecond {
		t.Errorf("loss grew the delay to %v", stats.Delay)
	}
}

// A burst of losses is made up once, though it begins as a wait.
func TestBurstIsConcealedOnce(t *testing.T) {
	n := newNetwork(t)
	n.decoder.noFEC = errors.New("no redundancy")
	n.delay = func(packet int) time.Duration {
		if packet%100 >= 95 { // 100 ms every 2 s
			return -1
		}
		return 0
	}
	n.run(time.Minute)
	stats := n.playout.Stats()
	if share := float64(stats.Concealed) / float64(stats.Played); share < 0.045 || share > 0.055 {
		t.Errorf("%.2f %% made up where 5 %% were lost", 100*share)
	}
	if stats.Delay > 40*time.Millisecond {
		t.Errorf("the bursts grew the delay to %v", stats.Delay)
	}
}

func TestReorderedPacketsArePutInOrder(t *testing.T) {
	n := newNetwork(t)
	n.delay = func(packet int) time.Duration { // every fifth is overtaken
		if packet%5 == 0 {
			return 30 * time.Millisecond
		}
		return 0
	}
	n.noClicks()
	n.run(10 * time.Second)
	before := n.playout.Stats()
	n.run(time.Minute)
	after := n.playout.Stats()
	if after.Concealed != before.Concealed || after.Late != before.Late {
		t.Errorf("made up %d, late %d", after.Concealed-before.Concealed, after.Late-before.Late)
	}
}

func TestDuplicatesAreDroppedAndAreNotLate(t *testing.T) {
	n := newNetwork(t)
	n.twice = true
	n.delay = jitter(15 * time.Millisecond)
	n.run(time.Minute)
	if stats := n.playout.Stats(); stats.Late > 5 || stats.Concealed > 5*960 {
		t.Errorf("%+v", stats)
	}
	if n.decoder.decodes > n.sent {
		t.Errorf("%d packets decoded of %d", n.decoder.decodes, n.sent)
	}
}

func TestLatePacketIsCounted(t *testing.T) {
	n := newNetwork(t)
	n.delay = func(packet int) time.Duration {
		if packet == 500 {
			return 200 * time.Millisecond
		}
		return 0
	}
	n.run(20 * time.Second)
	if late := n.playout.Stats().Late; late != 1 {
		t.Errorf("%d late, want 1", late)
	}
}

// An hour at the worst skew of two sound cards: the buffer neither grows nor
// starves.
func TestSkew(t *testing.T) {
	for _, skew := range []float64{-300e-6, 300e-6} {
		n := newNetwork(t)
		n.skew = skew
		n.noClicks()
		n.run(2 * time.Minute)
		n.heard = func([]int16) {} // looking at every sample of an hour takes long
		start := n.playout.Stats()
		var least, most time.Duration = math.MaxInt64, 0
		for range 3600 {
			n.run(time.Second)
			delay := n.playout.Stats().Delay
			least, most = min(least, delay), max(most, delay)
		}
		end := n.playout.Stats()
		t.Logf("skew %+.0f ppm: delay %v to %v", skew*1e6, least, most)
		if made := end.Concealed - start.Concealed; made != 0 || end.Late != 0 {
			t.Errorf("skew %g: %d made up, %d late", skew, made, end.Late)
		}
		if least < 5*time.Millisecond || most > 50*time.Millisecond {
			t.Errorf("skew %g: delay from %v to %v", skew, least, most)
		}
	}
}

func TestSilentStreamIsNotAlive(t *testing.T) {
	n := newNetwork(t)
	n.mute = func(packet int) bool { return packet >= 100 }
	n.noClicks()
	n.run(5 * time.Second)
	before := n.playout.Stats()
	if made := before.Concealed; made == 0 || made > silentAt {
		t.Errorf("%d samples made up at the end, want up to %d", made, silentAt)
	}
	n.heard = func(block []int16) {
		if slices.Max(block) != 0 || slices.Min(block) != 0 {
			t.Fatal("sound after the end")
		}
	}
	n.run(time.Minute)
	if after := n.playout.Stats(); after.Played != before.Played || after.Concealed != before.Concealed {
		t.Errorf("counted while silent: %+v, then %+v", before, after)
	}
}

// A muted microphone: some senders let the RTP clock run on, some stop it.
func TestSoundIsBackAfterMute(t *testing.T) {
	for name, stopped := range map[string]bool{"clock runs": false, "clock stops": true} {
		n := newNetwork(t)
		n.mute = func(packet int) bool { return packet >= 500 && packet < 1000 }
		n.stamp = func(packet int) (uint16, uint32) {
			if stopped && packet >= 1000 {
				packet -= 500
			}
			return n.sequence, uint32(packet) * 960
		}
		n.noClicks()
		n.run(20 * time.Second)
		before := n.playout.Stats()
		n.run(10 * time.Second)
		after := n.playout.Stats()
		if played := after.Played - before.Played; played < 10*call.SampleRate-80*millisecond {
			t.Errorf("%s: %d samples in 10 s after the mute", name, played)
		}
		if made := after.Concealed - before.Concealed; made > 480 {
			t.Errorf("%s: %d made up after the mute", name, made)
		}
		if after.Delay > 60*time.Millisecond {
			t.Errorf("%s: delay %v", name, after.Delay)
		}
	}
}

func TestRestartedSenderIsHeardAgain(t *testing.T) {
	for _, base := range []uint32{9607, 1 << 31, 3_900_000_000, 10*48000 - 960*20} {
		n := newNetwork(t)
		n.stamp = func(packet int) (uint16, uint32) {
			if packet < 500 {
				return uint16(packet), uint32(packet) * 960
			}
			return uint16(packet) + 31000, base + uint32(packet-500)*960
		}
		n.noClicks()
		n.run(10 * time.Second)
		before := n.playout.Stats()
		n.run(10 * time.Second)
		after := n.playout.Stats()
		if played := after.Played - before.Played; played < 10*call.SampleRate-300*millisecond {
			t.Errorf("base %d: %d samples in 10 s after the restart", base, played)
		}
		if after.Delay > 80*time.Millisecond {
			t.Errorf("base %d: delay %v", base, after.Delay)
		}
	}
}

func TestCountersWrap(t *testing.T) {
	n := newNetwork(t)
	n.stamp = func(packet int) (uint16, uint32) {
		return uint16(65000 + packet), math.MaxUint32 - 48000*7 + uint32(packet)*960
	}
	n.run(5 * time.Second)
	conceals, fecs := n.decoder.conceals, n.decoder.fecs
	n.run(20 * time.Second)
	if n.decoder.conceals != conceals || n.decoder.fecs != fecs || n.playout.Stats().Late != 0 {
		t.Errorf("%d made up, %d recovered at the wraps; %+v",
			n.decoder.conceals-conceals, n.decoder.fecs-fecs, n.playout.Stats())
	}
}

func TestStallIsCaughtUp(t *testing.T) {
	for _, stall := range []time.Duration{100, 300, 800, 3000} {
		stall *= time.Millisecond
		n := newNetwork(t)
		n.delay = func(packet int) time.Duration { // 10 s in, nothing passes, then all at once
			return max(0, stall-time.Duration(max(0, packet-500))*20*time.Millisecond) * time.Duration(min(1, packet/500))
		}
		n.noClicks()
		n.run(11*time.Second + stall)
		if delay := n.playout.Stats().Delay; delay > 700*time.Millisecond {
			t.Errorf("stall %v: delay %v a second later", stall, delay)
		}
		n.run(30 * time.Second)
		before := n.playout.Stats()
		n.run(10 * time.Second)
		after := n.playout.Stats()
		if after.Delay > 50*time.Millisecond || after.Concealed != before.Concealed {
			t.Errorf("stall %v: delay %v half a minute later, %d made up", stall, after.Delay, after.Concealed-before.Concealed)
		}
	}
}

func TestDeviceThatPullsInBursts(t *testing.T) {
	n := newNetwork(t)
	n.noClicks()
	burst := make([]int16, 4*call.BlockSamples)
	pull := func(seconds int) {
		for range seconds * 25 {
			for range 4 {
				n.send()
				n.arrive()
				n.now += 10 * time.Millisecond
			}
			n.playout.Pull(burst)
			n.heard(burst)
		}
	}
	pull(10)
	before := n.playout.Stats()
	pull(60)
	if after := n.playout.Stats(); after.Concealed != before.Concealed {
		t.Errorf("%d made up", after.Concealed-before.Concealed)
	}
}

func TestPullDoesNotAllocate(t *testing.T) {
	n := newNetwork(t)
	n.delay = jitter(40 * time.Millisecond)
	n.run(10 * time.Second)
	packet := call.AudioPacket{Payload: []byte{0, 0, 0, 0, 3, 192}, Sequence: n.sequence, RTPTime: uint32(n.sent) * 960}
	allocs := testing.AllocsPerRun(1000, func() {
		n.playout.Push(packet)
		n.playout.Pull(n.block)
		n.playout.Pull(n.block)
		packet.Sequence++
		packet.RTPTime += 960
	})
	if allocs != 0 {
		t.Errorf("%v allocations a packet", allocs)
	}
}

func TestCloseClosesTheDecoderOnce(t *testing.T) {
	n := newNetwork(t)
	n.run(time.Second)
	n.playout.Close()
	n.playout.Close()
	if n.decoder.open != 0 {
		t.Errorf("decoder open %d times", n.decoder.open)
	}
	n.heard = func(block []int16) {
		if slices.Max(block) != 0 {
			t.Fatal("sound after Close")
		}
	}
	n.run(time.Second)
}

func BenchmarkPacket(b *testing.B) {
	b.ReportAllocs()
	p := New(&fakeDecoder{}, Options{})
	packet := call.AudioPacket{Payload: []byte{0, 0, 0, 0, 3, 192}}
	block := make([]int16, call.BlockSamples)
	for b.Loop() {
		p.Push(packet)
		p.Pull(block)
		p.Pull(block)
		packet.Sequence++
		packet.RTPTime += 960
	}
}
