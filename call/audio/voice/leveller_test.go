package voice

import (
	"fmt"
	"math"
	"testing"

	"parley/call"
	"parley/call/audio/audiotest"
)

// levelled runs a leveller over what is heard, while played is played.
func levelled(heard, played []float64) []int16 {
	l := newLeveller()
	out, far := quantise(heard), quantise(played)
	for at := 0; at+call.BlockSamples <= len(out); at += call.BlockSamples {
		l.level(out[at : at+call.BlockSamples])
		l.played(far[at : at+call.BlockSamples])
	}
	return out
}

func TestSpeechIsBroughtToOneLoudness(t *testing.T) {
	for _, loud := range []float64{-38, -30, -20, -10} {
		t.Run(fmt.Sprint(loud), func(t *testing.T) {
			said := audiotest.NewPerson(3, 150).Talk(20, loud)
			sent := levelled(mix(said, hiss(len(said), -80)), make([]float64, len(said)))
			got := loudness(from(sent, 12))
			t.Logf("%.0f dBFS becomes %.1f", loud, got)
			if math.Abs(got-goal) > 4 {
				t.Errorf("%.0f dBFS became %.1f, want %.0f", loud, got, goal)
			}
			if top := peak(sent); loud < goal && top > ceiling+1 {
				t.Errorf("a sample of %.0f was raised beyond the ceiling", top)
			}
		})
	}
}

// Neither noise nor the rest of an echo is speech to be raised.
func TestWhatIsNoSpeechIsNotRaised(t *testing.T) {
	silence := make([]float64, 20*call.SampleRate)
	far := audiotest.NewPerson(1, 120).Talk(20, -20)
	for name, sound := range map[string][2][]float64{
		"noise": {hiss(len(silence), -55), silence},
		"echo":  {mix(room(far, leakDelay, -25, 0.25), hiss(len(far), -75)), far},
	} {
		t.Run(name, func(t *testing.T) {
			before, after := quantise(sound[0]), levelled(sound[0], sound[1])
			if change := loudness(after) - loudness(before); math.Abs(change) > 1 {
				t.Errorf("changed by %.1f dB", change)
			}
		})
	}
}

// The gain may not jump: a steady tone stays free of clicks while it rises.
func TestGainChangesWithoutClicks(t *testing.T) {
	tone := make([]float64, 10*call.SampleRate)
	for i := range tone {
		t := float64(i) / call.SampleRate
		tone[i] = 700 * math.Sin(2*math.Pi*200*t) * math.Pow(math.Sin(math.Pi*2*t), 2)
	}
	sent := levelled(tone, make([]float64, len(tone)))
	top := peak(sent)
	if rise := top / peak(quantise(tone)); rise < 2 {
		t.Errorf("raised %.1f times only", rise)
	}
	for i := 1; i < len(sent); i++ {
		if step := math.Abs(float64(sent[i]) - float64(sent[i-1])); step > 0.06*top {
			t.Fatalf("a jump of %.0f at %d", step, i)
		}
	}
}
