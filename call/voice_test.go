package call

import (
	"slices"
	"testing"
)

// turning is a processor that turns the sign of what is heard.
type turning struct {
	config VoiceConfig
	heard  int
	played []int16 // last samples played
	closed bool
}

func (v *turning) Heard(block []int16) {
	v.heard++
	for i := range block {
		block[i] = -block[i]
	}
}
func (v *turning) Played(block []int16)          { v.played = append(v.played, block[0]) }
func (v *turning) Configure(c VoiceConfig) error { v.config = c; return nil }
func (v *turning) Close() error                  { v.closed = true; return nil }

// processing is a studio with a processor.
func processing(t *testing.T, f func(t *testing.T, s *studio, v *turning)) {
	inStudio(t, func(t *testing.T, s *studio) {
		v := &turning{}
		s.media.cfg.Voice, s.media.sound.cfg.Voice = v, v
		f(t, s, v)
		must(t, s.media.Close())
		if !v.closed {
			t.Error("the processor was not closed")
		}
	})
}

func TestVoiceIsCleanedBehindTheRecorder(t *testing.T) {
	processing(t, func(t *testing.T, s *studio, v *turning) {
		must(t, s.media.UseSound("mic", "speaker"))
		rec, out := &memory{}, &track{}
		must(t, s.media.Record(rec))
		s.media.SendAudio(out)
		s.blocks(1, 5) // one by one, for what was heard is changed
		s.blocks(1, 5)
		if rec.loudest != 5 {
			t.Errorf("recorded %d, want the raw 5", rec.loudest)
		}
		if got := int8(out.packet[0][0]); got != -5 {
			t.Errorf("sent %d, want the processed -5", got)
		}
		if !slices.Equal(v.played, []int16{0, 0}) {
			t.Errorf("played %v", v.played)
		}
	})
}

func TestProcessorHearsWhatIsPlayed(t *testing.T) {
	processing(t, func(t *testing.T, s *studio, v *turning) {
		must(t, s.media.UseSound("mic", "speaker"))
		s.media.sound.playout.Store(&playoutBox{&onesPlayout{}})
		play := s.blocks(1, 5)
		if !slices.Equal(v.played, play[:1]) || play[0] == 0 {
			t.Errorf("the processor was told %v, played is %d", v.played, play[0])
		}
	})
}

// A muted microphone still teaches the processor the room, and nothing of it
// is sent; a test signal is never touched.
func TestMutedAndMadeUpMicrophones(t *testing.T) {
	processing(t, func(t *testing.T, s *studio, v *turning) {
		must(t, s.media.UseSound("mic", "speaker"))
		out := &track{}
		s.media.SendAudio(out)
		s.media.SetMuted(true)
		s.blocks(2, 5)
		if v.heard != 2 || out.packet[0][0] != 0 {
			t.Errorf("muted: %d blocks heard, sent %v", v.heard, out.packet[0])
		}
		s.media.SetMuted(false)
		for i, name := range []string{DeviceTone, "file:speech.wav"} {
			must(t, s.media.UseSound(name, "speaker"))
			s.blocks(2, 5)
			if got := out.packet[i+1][0]; v.heard != 2 || got != 5 {
				t.Errorf("%s: %d blocks processed, sent %d", name, v.heard, got)
			}
		}
	})
}

func TestSetVoice(t *testing.T) {
	processing(t, func(t *testing.T, s *studio, v *turning) {
		must(t, s.media.SetVoice(VoiceConfig{Noise: true}))
		if v.config != (VoiceConfig{Noise: true}) {
			t.Errorf("configured %+v", v.config)
		}
	})
	inStudio(t, func(t *testing.T, s *studio) { must(t, s.media.SetVoice(WholeVoice())) })
}

// The silence of a microphone matters in a call alone, while it is not muted.
func TestSilentMicrophoneIsToldInACall(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		must(t, s.media.UseSound("mic", "speaker"))
		s.blocks(silentAfter, 0)
		s.media.SendAudio(&track{})
		s.media.SetMuted(true)
		s.blocks(silentAfter, 0)
		s.media.SetMuted(false)
		if len(s.notices) > 0 {
			t.Fatalf("said %+v where nobody misses the microphone", s.notices)
		}
		s.blocks(silentAfter, 0)
		if len(s.notices) != 1 || s.notices[0].Sentence != silentSentence {
			t.Errorf("said %+v", s.notices)
		}
	})
}
