//go:build endtoend

package endtoend

import (
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/call/audio/audiotest"
)

const (
	voiceHz = 1000
	block   = audiotest.Rate / 200 // 5 ms
)

// A tone that is played into what Ann's microphone hears comes out of Bob's
// speaker, by way of a sound server and a call.
func TestSoundThroughASoundServer(t *testing.T) {
	server := audiotest.Start(t) // with a mouth for Ann and an ear for Bob
	server.AddSink("annear")
	server.AddSink("bobmouth")
	mustList(t, server, "speaker ear", "speaker annear", "microphone mouth.monitor", "microphone bobmouth.monitor")
	bob := person(t, server, "Bob", "bobmouth", audiotest.Ear, "answer")
	port := bob.saying(`port (\d+)$`)[1]
	file := t.TempDir() + "/stats.json"
	ann := person(t, server, "Ann", audiotest.Mouth, "annear", "call", "127.0.0.1:"+port, "--stats", file)
	await(t, "the call's first second", patience, func() bool { return len(written(t, file)) > 0 })

	mouth, ear := server.Record(audiotest.Mouth), server.Record(audiotest.Ear)
	speak := voice(t, server.Play(audiotest.Mouth))
	atMouth, atEar := onset(mouth), onset(ear)
	speak()
	spoken := within(t, atMouth, "the tone at Ann's microphone")
	heard := within(t, atEar, "the tone from Bob's speaker")
	late := heard.Sub(spoken)
	t.Logf("mouth to ear: %.0f ms", ms(late))
	if late <= 0 || late > time.Second {
		t.Errorf("mouth to ear took %v, want up to a second even on a busy machine", late)
	}
	ann.interrupt()
	ann.mustEnd(0)
	bob.mustEnd(0)
}

// mustList checks that the sound server's devices can be chosen.
func mustList(t *testing.T, server *audiotest.Server, devices ...string) {
	t.Helper()
	p := start(t, "devices", environment(t, server.Env()...), program, "devices", "--json")
	p.mustEnd(0)
	var list []struct{ Kind, ID string }
	parse(t, p, &list)
	for _, want := range devices {
		if !slices.ContainsFunc(list, func(d struct{ Kind, ID string }) bool { return d.Kind+" "+d.ID == want }) {
			t.Errorf("%s is not listed: %s", want, p.output())
		}
	}
}

// person starts a Parley that hears one sink and plays into another.
func person(t *testing.T, server *audiotest.Server, name, mouth, ear string, verb ...string) *process {
	t.Helper()
	env := environment(t, server.Env()...)
	return start(t, name, env, program, append(verb, "--no-window", "--profile", t.TempDir(), "--camera", "pattern",
		"--mic", mouth+audiotest.Monitor, "--speaker", ear)...)
}

// voice keeps a sink quiet until speak is called, and then plays a tone.
func voice(t *testing.T, sink *audiotest.Stream) (speak func()) {
	var on atomic.Bool
	var done sync.WaitGroup
	done.Go(func() { // ends when the stream is closed
		pcm := make([]int16, block)
		for phase := 0.0; ; {
			if on.Load() {
				phase = audiotest.Tone(pcm, voiceHz, 0.5, phase)
			}
			if sink.WriteSamples(pcm) != nil {
				return
			}
		}
	})
	t.Cleanup(func() { sink.Close(); done.Wait() })
	return func() { on.Store(true) }
}

// onset tells when a tone is heard that was not there before, and stays.
func onset(recording *audiotest.Stream) <-chan time.Time {
	heard := make(chan time.Time, 1)
	go func() { // ends when the recording is closed
		defer close(heard)
		pcm := make([]int16, block)
		var began time.Time
		for run := 0; run < 20; {
			if recording.ReadSamples(pcm) != nil {
				return
			}
			if audiotest.Strength(pcm, voiceHz) < 0.1 {
				run = 0
				continue
			}
			if run == 0 {
				began = time.Now()
			}
			run++
		}
		heard <- began
		for recording.ReadSamples(pcm) == nil { // so that its writer is never held up
		}
	}()
	return heard
}

func within(t *testing.T, heard <-chan time.Time, what string) time.Time {
	t.Helper()
	select {
	case at, ok := <-heard:
		if !ok {
			t.Fatalf("%s: the recording ended", what)
		}
		return at
	case <-time.After(patience):
		t.Fatalf("%s: not heard in %v", what, patience)
	}
	return time.Time{}
}
