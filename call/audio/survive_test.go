package audio

import (
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/call"
	"parley/call/audio/audiotest"
)

// gaps notes the longest pause between two blocks of a call's sound.
type gaps struct {
	mu      sync.Mutex
	last    time.Time
	longest time.Duration
	blocks  chan struct{}
}

func (g *gaps) Heard([]int16)                    {}
func (g *gaps) Configure(call.VoiceConfig) error { return nil }
func (g *gaps) Close() error                     { return nil }
func (g *gaps) Played([]int16) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	if !g.last.IsZero() {
		g.longest = max(g.longest, now.Sub(g.last))
	}
	g.last = now
	select {
	case g.blocks <- struct{}{}:
	default:
	}
}

// during runs f and a while after it, and gives the longest pause.
func (g *gaps) during(t *testing.T, f func()) time.Duration {
	t.Helper()
	g.await(t, 20)
	g.mu.Lock()
	g.longest = 0
	g.mu.Unlock()
	f()
	g.await(t, 50)
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.longest
}

func (g *gaps) await(t *testing.T, blocks int) {
	t.Helper()
	deadline := time.After(limit)
	for range blocks {
		select {
		case <-g.blocks:
		case <-deadline:
			t.Fatal("the clock of the call stands still")
		}
	}
}

// dumb is a sound codec that says nothing.
type dumb struct{}

func (dumb) Name() string                               { return "opus" }
func (dumb) NewEncoder(int) (call.AudioEncoder, error)  { return dumb{}, nil }
func (dumb) NewDecoder() (call.AudioDecoder, error)     { return dumb{}, nil }
func (dumb) Encode(_ []int16, b []byte) ([]byte, error) { return b[:0], nil }
func (dumb) SetBitRate(int)                             {}
func (dumb) SetLoss(float64)                            {}
func (dumb) Decode([]byte, []int16) (int, error)        { return 0, nil }
func (dumb) DecodeFEC([]byte, []int16) error            { return nil }
func (dumb) Conceal([]int16) error                      { return nil }
func (dumb) Close() error                               { return nil }

// machine is what a call has of this machine.
type machine struct{}

func (machine) List() ([]call.DeviceInfo, error) { return List() }
func (machine) OpenVideo(string, call.VideoFormat) (call.VideoSource, error) {
	return nil, ErrNoDevice
}
func (machine) OpenSound(microphone, speaker string) (call.SoundDevice, error) {
	return Open(Options{Microphone: microphone, Speaker: speaker})
}

// inCall is the media of a call on a sound server, and what it says.
func inCall(t *testing.T) (*call.Media, *gaps, <-chan call.MediaEvent) {
	g, notices := &gaps{blocks: make(chan struct{}, 1)}, make(chan call.MediaEvent, 100)
	media := call.NewMedia(call.MediaConfig{
		Devices: machine{}, Audio: dumb{}, Voice: g, Log: slog.New(slog.DiscardHandler),
		Notify: func(e call.MediaEvent) { notices <- e },
	})
	t.Cleanup(func() {
		if err := media.Close(); err != nil {
			t.Error(err)
		}
	})
	return media, g, notices
}

// says waits for a sentence.
func says(t *testing.T, notices <-chan call.MediaEvent, part string) {
	t.Helper()
	for deadline := time.After(limit); ; {
		select {
		case e := <-notices:
			t.Log(e.Sentence)
			if strings.Contains(e.Sentence, part) {
				return
			}
		case <-deadline:
			t.Fatalf("nobody said %q", part)
		}
	}
}

const longestGap = 500 * time.Millisecond

func TestDevicesChangeInACall(t *testing.T) {
	server := audiotest.Start(t)
	server.Setenv()
	unplug := server.AddSink("usb")
	media, g, notices := inCall(t)
	use := func(microphone, speaker string) {
		t.Helper()
		if err := media.UseSound(microphone, speaker); err != nil {
			t.Fatal(err)
		}
	}
	use("mouth.monitor", "ear")
	// The shortest of three, for a busy machine makes pauses of its own.
	pause := limit
	for range 3 {
		pause = min(pause, g.during(t, func() { use("usb.monitor", "usb") }), g.during(t, func() { use("mouth.monitor", "ear") }))
	}
	t.Logf("changing both devices: a pause of %v", pause)
	if pause > longestGap {
		t.Errorf("a pause of %v", pause)
	}
	use("usb.monitor", "usb")
	pause = g.during(t, func() {
		unplug()
		says(t, notices, "default is used")
	})
	t.Logf("unplugged: a pause of %v", pause)
	server.AddSink("usb")
	pause = g.during(t, func() { says(t, notices, "back") })
	t.Logf("plugged in again: a pause of %v", pause)
}

func TestSoundServerRestartsInACall(t *testing.T) {
	server := audiotest.Start(t)
	server.Setenv()
	media, g, notices := inCall(t)
	if err := media.UseSound(call.DeviceDefault, call.DeviceDefault); err != nil {
		t.Fatal(err)
	}
	pause := g.during(t, func() {
		server.Kill()
		says(t, notices, "nothing else works")
	})
	t.Logf("the server died: a pause of %v", pause)
	server.Restart()
	began := time.Now()
	says(t, notices, "back")
	t.Logf("back %v after the server", time.Since(began))
	g.await(t, 20)
}
