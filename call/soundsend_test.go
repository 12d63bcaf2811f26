package call

import (
	"slices"
	"sync"
	"testing"
)

// tuned is an encoder that notes what it is told; a loud packet has 3 bytes, a
// silent one 1.
type tuned struct {
	copyAudio
	mu    sync.Mutex
	rates []int
	loss  []float64
}

func (e *tuned) NewEncoder(int) (AudioEncoder, error) { return e, nil }
func (e *tuned) SetBitRate(bps int)                   { e.mu.Lock(); e.rates = append(e.rates, bps); e.mu.Unlock() }
func (e *tuned) SetLoss(s float64)                    { e.mu.Lock(); e.loss = append(e.loss, s); e.mu.Unlock() }
func (e *tuned) Encode(p []int16, b []byte) ([]byte, error) {
	if p[0] == 0 {
		return append(b[:0], 0), nil
	}
	return append(b[:0], 1, 2, 3), nil
}

// talking is media in a call whose encoder notes what it is told.
func talking(t *testing.T, dtx bool, f func(s *studio, e *tuned, out *track)) {
	inStudio(t, func(t *testing.T, s *studio) {
		must(t, s.media.sound.sender.close())
		e, out := &tuned{}, &track{}
		cfg := s.media.cfg
		cfg.Audio, cfg.DTX = e, dtx
		s.media.sound.sender = newSoundSender(cfg, s.media.stats)
		must(t, s.media.UseSound("mic", "speaker"))
		s.media.SendAudio(out)
		f(s, e, out)
	})
}

func TestSoundFollowsTheLink(t *testing.T) {
	talking(t, false, func(s *studio, e *tuned, _ *track) {
		s.blocks(4, 1)
		for range 3 { // told again and again, passed on once
			s.media.AudioTarget(12_000, 0.1, 1)
			s.blocks(4, 1)
		}
		s.media.SendAudio(nil)
		s.media.SendAudio(&track{}) // the next call
		s.blocks(4, 1)
		if !slices.Equal(e.rates, []int{12_000, soundRate}) || !slices.Equal(e.loss, []float64{0.1, 0}) {
			t.Errorf("the encoder was told rates %v, loss %v", e.rates, e.loss)
		}
	})
}

func TestSilenceIsLeftOut(t *testing.T) {
	for dtx, want := range map[bool]int{true: 2 + 1 + 1, false: 2 + 10 + 1} {
		talking(t, dtx, func(s *studio, _ *tuned, out *track) {
			s.blocks(4, 1)
			s.blocks(20, 0)
			s.blocks(2, 1)
			if len(out.packet) != want {
				t.Errorf("DTX %v: %d packets, want %d", dtx, len(out.packet), want)
			}
			if last := out.at[len(out.at)-1]; last != 24*BlockSamples {
				t.Errorf("DTX %v: the last packet's time is %d", dtx, last)
			}
		})
	}
}
