package call

import (
	"slices"
	"time"
)

// mend tries to get the chosen devices back while others run in their place.
// s.mu is held.
func (s *soundPath) mend() {
	if s.mending || s.closed || s.inUse == s.wanted && s.device != nil {
		return
	}
	s.mending = true
	s.wait.Go(func() {
		ticker := time.NewTicker(mendEvery)
		defer ticker.Stop()
		for {
			select {
			case <-s.closing:
				return
			case <-ticker.C:
			}
			if s.mended() {
				return
			}
		}
	})
}

// mended tries once, and says whether all is well.
func (s *soundPath) mended() (done bool) {
	s.mu.Lock()
	before := s.inUse
	better := s.improve()
	now, wanted := s.inUse, s.wanted
	done = s.closed || s.device != nil && now == wanted
	s.mending = !done
	s.mu.Unlock()
	if better && now == wanted {
		kind, sentence := wanted.back(before)
		s.cfg.Notify(MediaEvent{Kind: kind, Sentence: sentence})
	}
	return done
}

// improve switches to a pair nearer to what was chosen, if one opens. What
// runs goes on until then. s.mu is held.
func (s *soundPath) improve() bool {
	if s.closed {
		return false
	}
	pairs := s.wanted.substitutes()
	if s.device != nil {
		pairs = pairs[:max(0, slices.Index(pairs, s.inUse))]
	}
	for _, pair := range pairs {
		device, err := s.cfg.Devices.OpenSound(pair.microphone, pair.speaker)
		if err != nil {
			continue
		}
		if s.replace(pair, device) == nil {
			return true
		}
		s.settle(s.wanted.substitutes()[1:])
		return false
	}
	return false
}
