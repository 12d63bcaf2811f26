package voice

import (
	"fmt"
	"testing"

	"parley/call"
	"parley/call/audio/audiotest"
)

// The first words after a silence, also one without any noise and none at all,
// are no noise to be taken out.
func TestFirstWordsAreKept(t *testing.T) {
	for _, silence := range []float64{0, 0.5, 3} {
		for seed := range uint64(2) {
			t.Run(fmt.Sprintf("%.1f s, voice %d", silence, seed), func(t *testing.T) {
				lead := int(silence * call.SampleRate)
				all := append(make([]float64, lead), audiotest.NewPerson(seed+2, 150).Talk(1, -20)[:call.SampleRate/2]...)
				sent := run(t, call.VoiceConfig{Echo: true, Noise: true}, all, make([]float64, len(all)))
				in := quantise(all)
				change := loudness(sent[lead:]) - loudness(in[lead:])
				t.Logf("the first half second is changed by %.1f dB", change)
				if change < -5 {
					t.Errorf("the first half second is lowered by %.1f dB, want 5 at most", -change)
				}
			})
		}
	}
}
