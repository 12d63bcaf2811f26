package voice

import (
	"math"
	"testing"

	"parley/call"
	"parley/call/audio/audiotest"
)

const (
	leak      = -6.0 // dB, of what is played into the microphone
	leakDelay = 80   // ms
	talking   = 12   // s
	learnt    = 3    // s until the echo must be gone
)

// run has a processor hear a microphone while played is played.
func run(t *testing.T, config call.VoiceConfig, heard, played []float64) []int16 {
	t.Helper()
	p, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	}()
	in, out := quantise(heard), quantise(played)
	for at := 0; at+call.BlockSamples <= len(in); at += call.BlockSamples {
		p.Heard(in[at : at+call.BlockSamples])
		p.Played(out[at : at+call.BlockSamples])
	}
	return in
}

func quantise(x []float64) []int16 {
	out := make([]int16, len(x))
	for i, v := range x {
		out[i] = int16(math.Max(math.MinInt16, math.Min(math.MaxInt16, math.Round(v))))
	}
	return out
}

func mix(parts ...[]float64) []float64 {
	out := make([]float64, len(parts[0]))
	for _, part := range parts {
		for i, v := range part {
			out[i] += v
		}
	}
	return out
}

// from leaves out the first seconds.
func from(x []int16, seconds int) []int16 { return x[seconds*call.SampleRate:] }

func decibelsOf(share float64) float64 { return 20 * math.Log10(share) }

func configs() map[string]call.VoiceConfig {
	return map[string]call.VoiceConfig{
		"echo":           {Echo: true},
		"echo and noise": {Echo: true, Noise: true},
		"whole":          call.WholeVoice(),
	}
}

func TestEchoIsGoneAfterThreeSeconds(t *testing.T) {
	far := audiotest.NewPerson(1, 120).Talk(talking, -20)
	echo := room(far, leakDelay, leak, 0.25)
	for name, config := range configs() {
		t.Run(name, func(t *testing.T) {
			heard := mix(echo, hiss(len(far), -75))
			sent := run(t, config, heard, far)
			down := loudness(from(quantise(echo), learnt)) - loudness(from(sent, learnt))
			first := loudness(quantise(echo)[:call.SampleRate]) - loudness(sent[:call.SampleRate])
			t.Logf("echo lowered by %.1f dB after %d s, %.1f dB within the first second", down, learnt, first)
			if down < 40 {
				t.Errorf("echo lowered by %.1f dB, want 40", down)
			}
		})
	}
}

// Both talk at once, mostly. What is sent is compared with what is sent when
// the far side is silent: how much of just that sound is in it. Added
// to what becomes of its loudness then, that is the change against the microphone.
func TestDoubleTalkKeepsTheNearVoice(t *testing.T) {
	far := audiotest.NewPerson(1, 120).Talk(talking, -20)
	near := audiotest.NewPerson(2, 200).Talk(talking, -20)
	clear(near[:learnt*call.SampleRate])
	echo := room(far, leakDelay, leak, 0.25)
	noise := hiss(len(far), -75)
	for name, config := range configs() {
		t.Run(name, func(t *testing.T) {
			kept := from(run(t, config, mix(near, echo, noise), far), learnt)
			alone := from(run(t, config, mix(near, noise), make([]float64, len(far))), learnt)
			share := decibelsOf(projection(kept, alone))
			single := loudness(alone) - loudness(from(quantise(near), learnt))
			t.Logf("near voice in double-talk: %.1f dB of itself, %.1f dB in level; alone %.1f dB",
				share, loudness(kept)-loudness(alone), single)
			if share+single < -6 {
				t.Errorf("the near voice is lowered by %.1f dB, want less than 6", -share-single)
			}
		})
	}
}

// projection is how much of want is in got.
func projection(got, want []int16) float64 {
	var gw, ww float64
	for i := range want {
		gw += float64(got[i]) * float64(want[i])
		ww += float64(want[i]) * float64(want[i])
	}
	return math.Max(gw/ww, 1e-6)
}
