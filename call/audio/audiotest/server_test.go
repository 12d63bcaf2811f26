package audiotest

import (
	"math"
	"testing"
)

// What is played into a sink is what is recorded from it.
func TestPlayAndRecord(t *testing.T) {
	server := Start(t)
	server.AddSink("other")
	recording := server.Record("other")
	playing := server.Play("other")
	done := make(chan struct{})
	go func() { // ends when the stream is closed
		defer close(done)
		pcm := make([]int16, Rate/10)
		for phase := 0.0; ; {
			phase = Tone(pcm, 600, 0.5, phase)
			if playing.WriteSamples(pcm) != nil {
				return
			}
		}
	}()
	t.Cleanup(func() { playing.Close(); <-done })
	pcm := make([]int16, Rate/50)
	for range 1000 { // 20 s
		if err := recording.ReadSamples(pcm); err != nil {
			t.Fatal(err)
		}
		if math.Abs(Strength(pcm, 600)-0.5) < 0.05 && Strength(pcm, 900) < 0.05 {
			return
		}
	}
	t.Error("the tone did not come back in 20 s")
}

func TestStrength(t *testing.T) {
	pcm := make([]int16, Rate/10)
	Tone(pcm, 440, 0.25, 0)
	if got := Strength(pcm, 440); math.Abs(got-0.25) > 0.001 {
		t.Errorf("%.3f, want 0.25", got)
	}
	if got := Strength(pcm, 1000); got > 0.01 {
		t.Errorf("%.3f of a tone that is not there", got)
	}
}
