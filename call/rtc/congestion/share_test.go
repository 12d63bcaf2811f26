package congestion

import (
	"testing"
	"time"
)

// Sound keeps its room for sending packets again for as long as it does so
// after a loss, and gives it back then.
func TestSoundKeepsItsRoomAfterALoss(t *testing.T) {
	s := share{cfg: Defaults()}
	usual, steady := s.cfg.Audio, 4e6
	audio := func(loss float64, now time.Duration) int {
		s.update(steady, loss, now)
		audio, _, _ := s.split(steady, loss, &copying{})
		return audio
	}
	if got := audio(0, time.Second); got != usual {
		t.Errorf("without loss sound gets %d, want %d", got, usual)
	}
	if got := audio(0.05, 2*time.Second); got != redundantMost*usual {
		t.Errorf("with loss sound gets %d, want %d", got, redundantMost*usual)
	}
	if got := audio(0, 2*time.Second+redundantStays-1); got != redundantMost*usual {
		t.Errorf("after it sound gets %d, want %d", got, redundantMost*usual)
	}
	if got := audio(0, 2*time.Second+redundantStays); got != usual {
		t.Errorf("long after it sound gets %d, want %d", got, usual)
	}
}
