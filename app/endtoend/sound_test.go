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

	mouth, ear := listen(server.Record(audiotest.Mouth)), listen(server.Record(audiotest.Ear))
	speak := voice(t, server.Play(audiotest.Mouth))
	var late []time.Duration
	for range 6 {
		await(t, "silence on both sides", patience, func() bool { return !mouth.loud.Load() && !ear.loud.Load() })
		begin := time.Now()
		speak(true)
		spoken := mouth.after(t, begin, "the tone at Ann's microphone")
		late = append(late, ear.after(t, spoken, "the tone from Bob's speaker").Sub(spoken))
		speak(false)
	}
	late = late[1:] // a steady sound in its first seconds is noise to the noise suppression
	slices.Sort(late)
	t.Logf("mouth to ear: %.0f ms (%.0f to %.0f)", ms(late[2]), ms(late[0]), ms(late[4]))
	if late[0] > 600*time.Millisecond {
		t.Errorf("mouth to ear took %v at best, want up to 600 ms even on a busy machine", late[0])
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

// voice keeps a sink quiet, or plays a tone into it, as speak says.
func voice(t *testing.T, sink *audiotest.Stream) (speak func(bool)) {
	var on atomic.Bool
	var done sync.WaitGroup
	done.Go(func() { // ends when the stream is closed
		pcm := make([]int16, block)
		for phase := 0.0; ; {
			clear(pcm)
			if on.Load() {
				phase = audiotest.Tone(pcm, voiceHz, 0.5, phase)
			}
			if sink.WriteSamples(pcm) != nil {
				return
			}
		}
	})
	t.Cleanup(func() { sink.Close(); done.Wait() })
	return on.Store
}

// listener hears the tone in a recording.
type listener struct {
	onsets chan time.Time
	loud   atomic.Bool
}

// listen tells when the tone begins and whether it is there: what stays so for
// 50 ms.
func listen(recording *audiotest.Stream) *listener {
	l := &listener{onsets: make(chan time.Time, 64)}
	go func() { // ends when the recording is closed
		defer close(l.onsets)
		pcm := make([]int16, block)
		since, run := time.Time{}, 0
		for recording.ReadSamples(pcm) == nil {
			loud := l.loud.Load()
			if audiotest.Strength(pcm, voiceHz) > 0.1 == loud {
				run = 0
				continue
			}
			if run++; run == 1 {
				since = time.Now()
			}
			if run < 10 {
				continue
			}
			run = 0
			l.loud.Store(!loud)
			if !loud {
				l.onsets <- since
			}
		}
	}()
	return l
}

// after waits for the tone to begin after a time. What began before is of a
// sound that was torn in two on a busy machine.
func (l *listener) after(t *testing.T, begin time.Time, what string) time.Time {
	t.Helper()
	for deadline := time.After(patience); ; {
		select {
		case at, ok := <-l.onsets:
			if !ok {
				t.Fatalf("%s: the recording ended", what)
			}
			if at.After(begin) {
				return at
			}
		case <-deadline:
			t.Fatalf("%s: not heard in %v", what, patience)
		}
	}
}
