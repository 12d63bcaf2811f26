package voice

import (
	"github.com/livekit/livekit-cli/v2/pkg/apm"

	"parley/call"
)

// primed is how long WebRTC listens to a quiet room before the first block of a
// microphone. What it hears first its noise suppression takes for noise: words
// were lowered by up to 17 dB for half a second, also after any time of a
// microphone that gives zeros, of which it learns nothing. Much longer, and it
// is slow to learn what noise there is.
const primed = 50 // blocks

// prime has a processor listen, and play, since WebRTC begins anew at the first
// block that is played.
func prime(a *apm.APM, echo bool) error {
	seed := uint32(1)
	for range primed {
		var heard, played [call.BlockSamples]int16
		for i := range heard {
			seed = seed*1664525 + 1013904223 // Numerical Recipes' generator
			heard[i] = int16(seed>>16%5) - 2 // -87 dBFS
		}
		if err := a.ProcessCapture(heard[:]); err != nil {
			return err
		}
		if !echo {
			continue
		}
		if err := a.ProcessRender(played[:]); err != nil {
			return err
		}
	}
	return nil
}
