package voice

import (
	"errors"
	"math"
	"slices"
	"testing"

	"parley/call"
	"parley/call/audio/audiotest"
)

func TestSteadyNoiseIsLowered(t *testing.T) {
	noise := hiss(8*call.SampleRate, -45)
	quiet := make([]float64, len(noise))
	sent := run(t, call.VoiceConfig{Noise: true}, noise, quiet)
	down := loudness(from(quantise(noise), 3)) - loudness(from(sent, 3))
	t.Logf("noise lowered by %.1f dB", down)
	if down < 10 {
		t.Errorf("noise lowered by %.1f dB, want 10", down)
	}
	left := run(t, call.VoiceConfig{}, noise, quiet)
	if change := loudness(left) - loudness(quantise(noise)); math.Abs(change) > 1 {
		t.Errorf("noise changed by %.1f dB with everything off", change)
	}
}

// Echo cancellation can be switched off and on while a call goes on.
func TestConfigureInTheCall(t *testing.T) {
	far := audiotest.NewPerson(1, 120).Talk(15, -20)
	echo, played := quantise(room(far, leakDelay, leak, 0.25)), quantise(far)
	heard := slices.Clone(echo)
	p, err := New(call.VoiceConfig{Echo: true})
	if err != nil {
		t.Fatal(err)
	}
	third := len(heard) / 3
	for at := 0; at+call.BlockSamples <= len(heard); at += call.BlockSamples {
		if at > 0 && at%third == 0 {
			if err := p.Configure(call.VoiceConfig{Echo: at != third}); err != nil {
				t.Fatal(err)
			}
		}
		p.Heard(heard[at : at+call.BlockSamples])
		p.Played(played[at : at+call.BlockSamples])
	}
	for i, gone := range []bool{true, false, true} {
		part := [2]int{i*third + 3*call.SampleRate, (i + 1) * third}
		down := loudness(echo[part[0]:part[1]]) - loudness(heard[part[0]:part[1]])
		if gone && down < 40 || !gone && down > 3 {
			t.Errorf("part %d: echo lowered by %.1f dB", i, down)
		}
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
}

func TestClosedProcessorLeavesSoundAlone(t *testing.T) {
	p, err := New(call.WholeVoice())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	}
	block := quantise(hiss(call.BlockSamples, -20))
	want := slices.Clone(block)
	p.Heard(block)
	p.Played(block)
	if !slices.Equal(block, want) {
		t.Error("the block was changed")
	}
	if err := p.Configure(call.VoiceConfig{}); !errors.Is(err, ErrClosed) {
		t.Errorf("Configure: %v", err)
	}
}

// A block is played as it was given, whatever WebRTC does to it.
func TestPlayedIsLeftAsItIs(t *testing.T) {
	p, err := New(call.WholeVoice())
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	block := quantise(hiss(call.BlockSamples, -20))
	want := slices.Clone(block)
	for range 10 {
		p.Played(block)
	}
	if !slices.Equal(block, want) {
		t.Error("the block was changed")
	}
}

func TestBlocksAllocateNothing(t *testing.T) {
	p, heard, played := benched(t)
	if n := testing.AllocsPerRun(200, func() { p.Heard(heard); p.Played(played) }); n != 0 {
		t.Errorf("%v allocations a block", n)
	}
}

func benched(t testing.TB) (p *Processor, heard, played []int16) {
	p, err := New(call.WholeVoice())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	return p, quantise(hiss(call.BlockSamples, -30)), quantise(hiss(call.BlockSamples, -20))
}

// BenchmarkBlock is the cost of 10 ms of sound: 100,000 ns/op are 1 % of a core.
func BenchmarkBlock(b *testing.B) {
	p, heard, played := benched(b)
	b.ReportAllocs()
	for b.Loop() {
		p.Heard(heard)
		p.Played(played)
	}
}
