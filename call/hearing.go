package call

import "math"

const (
	silentPeak  = 8                 // below this not even a room's noise is heard: -72 dBFS
	silentAfter = 500               // blocks of it, 5 s, until the microphone counts as silent
	clipAt      = math.MaxInt16 - 8 // sound that reaches this is cut off
	clipWindow  = 100               // blocks, 1 s, of which
	clipAfter   = 5                 // so many are cut off: more than a knock on the table
	warnAgain   = 6000              // blocks, 1 min, for which the same is not said again
)

const (
	silentSentence = "The microphone has been silent for 5 seconds; see whether it is muted or the wrong one."
	clipSentence   = "The microphone is too loud and distorts; turn it down or move away from it."
)

// hearing tells a microphone that cannot be right: it gives nothing at all, or
// is cut off at full scale. It belongs to the sound device's callback.
type hearing struct {
	silent  int // blocks without any sound
	window  int // blocks of the present clipWindow,
	clipped int // of which so many were cut off

	sinceSilent, sinceClip int // blocks until the same may be said again
}

// add looks at a block as the microphone gave it, and returns what is to be
// said, mostly "".
func (h *hearing) add(block []int16) string {
	top := loudest(block)
	h.sinceSilent, h.sinceClip = max(h.sinceSilent-1, 0), max(h.sinceClip-1, 0)
	switch {
	case h.isSilent(top) && h.sinceSilent == 0:
		h.sinceSilent = warnAgain
		return silentSentence
	case h.clips(top) && h.sinceClip == 0:
		h.sinceClip = warnAgain
		return clipSentence
	}
	return ""
}

// isSilent says it once a silence.
func (h *hearing) isSilent(top int16) bool {
	if top >= silentPeak {
		h.silent = 0
		return false
	}
	h.silent++
	return h.silent == silentAfter
}

func (h *hearing) clips(top int16) bool {
	if h.window++; h.window > clipWindow {
		h.window, h.clipped = 1, 0
	}
	if top >= clipAt {
		h.clipped++
	}
	return h.clipped >= clipAfter
}

// pause forgets the silence so far: nobody needs the microphone at the moment.
func (h *hearing) pause() { h.silent, h.window, h.clipped = 0, 0, 0 }
