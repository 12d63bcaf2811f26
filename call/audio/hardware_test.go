package audio

import (
	"errors"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"parley/call"
	"parley/call/audio/audiotest"
)

const limit = 20 * time.Second // on a busy machine

func open(t *testing.T, o Options) call.SoundDevice {
	t.Helper()
	device, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := device.Close(); err != nil {
			t.Error(err)
		}
	})
	return device
}

func start(t *testing.T, device call.SoundDevice, process func(heard, play []int16)) {
	t.Helper()
	if err := device.Start(process); err != nil {
		t.Fatal(err)
	}
}

// feed plays a tone into a sink until the test ends.
func feed(t *testing.T, server *audiotest.Server, sink string, hz float64) {
	stream := server.Play(sink)
	done := make(chan struct{})
	go func() { // ends when the stream is closed
		defer close(done)
		pcm := make([]int16, call.BlockSamples)
		for phase := 0.0; ; {
			phase = audiotest.Tone(pcm, hz, 0.5, phase)
			if stream.WriteSamples(pcm) != nil {
				return
			}
		}
	}()
	t.Cleanup(func() { stream.Close(); <-done })
}

// hears waits for a second of what a sink plays to be the tone, but for the
// gaps of a busy machine, which no sound server on air can help.
func hears(t *testing.T, server *audiotest.Server, sink string, hz float64) {
	t.Helper()
	stream := server.Record(sink)
	pcm := make([]int16, call.BlockSamples)
	for blocks, good := 0, 0; good < 75; blocks++ {
		if blocks%100 == 0 {
			good = 0
		}
		if err := stream.ReadSamples(pcm); err != nil {
			t.Fatal(err)
		}
		if strength := audiotest.Strength(pcm, hz); strength > 0.4 && strength < 0.6 {
			good++
		}
		if blocks > int(limit/blockTime) {
			t.Fatalf("no second of %v Hz in %v; %d good blocks in the last", hz, limit, good)
		}
	}
}

func TestListNamesWhatThereIs(t *testing.T) {
	server := audiotest.Start(t)
	server.AddSink("spare")
	server.Setenv()
	devices, err := List()
	if err != nil {
		t.Fatal(err)
	}
	want := []call.DeviceInfo{
		{Kind: call.Microphone, Name: "Monitor of mouth", ID: audiotest.Mouth + audiotest.Monitor, Default: true},
		{Kind: call.Microphone, Name: "Monitor of ear", ID: audiotest.Ear + audiotest.Monitor},
		{Kind: call.Microphone, Name: "Monitor of spare", ID: "spare" + audiotest.Monitor},
		{Kind: call.Speaker, Name: "ear", ID: audiotest.Ear, Default: true},
		{Kind: call.Speaker, Name: "mouth", ID: audiotest.Mouth},
		{Kind: call.Speaker, Name: "spare", ID: "spare"},
	}
	if !slices.Equal(devices, want) {
		t.Errorf("got  %+v\nwant %+v", devices, want)
	}
}

func TestMouthToEar(t *testing.T) {
	server := audiotest.Start(t)
	server.Setenv()
	device := open(t, Options{Microphone: "mouth.monitor", Speaker: "ear"})
	start(t, device, func(heard, play []int16) { copy(play, heard) })
	feed(t, server, audiotest.Mouth, 440)
	hears(t, server, audiotest.Ear, 440)
}

func TestDefaultDevices(t *testing.T) {
	server := audiotest.Start(t)
	server.Setenv()
	device := open(t, Options{})
	start(t, device, func(heard, play []int16) { copy(play, heard) })
	feed(t, server, audiotest.Mouth, 500)
	hears(t, server, audiotest.Ear, 500)
}

func TestSpeakerWithoutMicrophone(t *testing.T) {
	server := audiotest.Start(t)
	server.Setenv()
	phase := 0.0
	device := open(t, Options{Microphone: call.DeviceTone, Speaker: "ear", Signal: func(block []int16) {
		phase = audiotest.Tone(block, 700, 0.5, phase)
	}})
	start(t, device, func(heard, play []int16) { copy(play, heard) })
	hears(t, server, audiotest.Ear, 700)
}

func TestMicrophoneWithoutSpeaker(t *testing.T) {
	server := audiotest.Start(t)
	server.Setenv()
	device := open(t, Options{Microphone: "mouth.monitor", Speaker: call.DeviceOff})
	heardIt := make(chan struct{}, 1)
	start(t, device, func(heard, _ []int16) {
		if len(heard) == call.BlockSamples && audiotest.Strength(heard, 300) > 0.4 {
			select {
			case heardIt <- struct{}{}:
			default:
			}
		}
	})
	feed(t, server, audiotest.Mouth, 300)
	select {
	case <-heardIt:
	case <-time.After(limit):
		t.Error("the tone was not heard")
	}
}

// Every pip that the mouth sink plays comes out of the ear sink soon after;
// two recorders that read alike see the difference.
func TestMouthToEarLatency(t *testing.T) {
	server := audiotest.Start(t)
	server.Setenv()
	device := open(t, Options{Microphone: "mouth.monitor", Speaker: "ear"})
	start(t, device, func(heard, play []int16) { copy(play, heard) })
	said := pipTimes(t, server, audiotest.Mouth)
	got := pipTimes(t, server, audiotest.Ear)
	playPips(t, server)

	const pips = 15
	var delays []time.Duration
	deadline := time.After(2 * limit)
	for last := time.Now(); len(delays) < pips; {
		select {
		case last = <-said:
		case back := <-got:
			if delay := back.Sub(last); delay > 0 && delay < pipEvery/2 {
				delays = append(delays, delay)
			}
		case <-deadline:
			t.Fatalf("%d of %d pips were heard in time", len(delays), pips)
		}
	}
	slices.Sort(delays)
	t.Logf("mouth to ear through the sound server: median %v, from %v to %v", delays[pips/2], delays[0], delays[pips-1])
	// The others may be a busy machine's; a fault of the device would be in all.
	if delays[0] > 100*time.Millisecond {
		t.Errorf("the quickest took %v, want at most 100 ms", delays[0])
	}
}

const pipEvery = 400 * time.Millisecond

// playPips plays 20 ms of tone every pipEvery until the test ends.
func playPips(t *testing.T, server *audiotest.Server) {
	stream := server.Play(audiotest.Mouth)
	done := make(chan struct{})
	go func() { // ends when the stream is closed
		defer close(done)
		pcm := make([]int16, pipEvery/blockTime*call.BlockSamples)
		audiotest.Tone(pcm[:2*call.BlockSamples], 1000, 0.8, 0)
		for stream.WriteSamples(pcm) == nil {
		}
	}()
	t.Cleanup(func() { stream.Close(); <-done })
}

// pipTimes tells when pips begin in what a sink plays.
func pipTimes(t *testing.T, server *audiotest.Server, sink string) <-chan time.Time {
	stream := server.Record(sink)
	times := make(chan time.Time, 100)
	done := make(chan struct{})
	go func() { // ends when the stream is closed
		defer close(done)
		pcm := make([]int16, call.SampleRate/1000)
		for quiet := 0; ; quiet++ {
			if stream.ReadSamples(pcm) != nil {
				return
			}
			if slices.Max(pcm) > 3000 {
				if quiet > 200 {
					times <- time.Now()
				}
				quiet = 0
			}
		}
	}()
	t.Cleanup(func() { stream.Close(); <-done })
	return times
}

// dies waits for a running device to report its death after a blow.
func dies(t *testing.T, device call.SoundDevice, blow func()) {
	t.Helper()
	running := make(chan struct{})
	var blocks atomic.Int64
	start(t, device, func(_, _ []int16) {
		if blocks.Add(1) == 10 {
			close(running)
		}
	})
	select {
	case <-running:
	case <-time.After(limit):
		t.Fatal("it never ran")
	}
	blow()
	select {
	case err := <-device.Failed():
		t.Log(err)
	case <-time.After(limit):
		t.Error("the death went unnoticed")
	}
}

func TestServerThatDiesFailsTheDevice(t *testing.T) {
	for name, o := range map[string]Options{
		"microphone": {Speaker: call.DeviceOff},
		"speaker":    {Microphone: call.DeviceOff},
	} {
		t.Run(name, func(t *testing.T) {
			server := audiotest.Start(t)
			server.Setenv()
			dies(t, open(t, o), server.Kill)
		})
	}
}

func TestUnpluggedDeviceFails(t *testing.T) {
	server := audiotest.Start(t)
	server.Setenv()
	for name, o := range map[string]Options{
		"microphone": {Microphone: "usb.monitor"},
		"speaker":    {Microphone: call.DeviceOff, Speaker: "usb"},
	} {
		t.Run(name, func(t *testing.T) {
			unplug := server.AddSink("usb")
			dies(t, open(t, o), unplug)
		})
	}
}

func TestClosedDeviceHasNotFailed(t *testing.T) {
	server := audiotest.Start(t)
	server.Setenv()
	device := open(t, Options{})
	start(t, device, func(_, _ []int16) {})
	if err := device.Start(func(_, _ []int16) {}); !errors.Is(err, ErrStarted) {
		t.Errorf("second Start: %v", err)
	}
	if err := device.Close(); err != nil {
		t.Error(err)
	}
	if err := device.Close(); err != nil {
		t.Error("second Close:", err)
	}
	select {
	case err := <-device.Failed():
		t.Error("failed:", err)
	default:
	}
}

func TestUnknownDevice(t *testing.T) {
	server := audiotest.Start(t)
	server.Setenv()
	for _, o := range []Options{{Microphone: "nobody"}, {Speaker: "nobody"}} {
		if _, err := Open(o); !errors.Is(err, ErrNoDevice) {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

func TestMachineWithoutSound(t *testing.T) {
	if cards, err := filepath.Glob("/dev/snd/pcm*"); err != nil || len(cards) > 0 {
		t.Skip("this machine has a sound card")
	}
	t.Setenv("PULSE_SERVER", "unix:"+filepath.Join(t.TempDir(), "none"))
	if devices, err := List(); err != nil || len(devices) != 0 {
		t.Errorf("%v, %v", devices, err)
	}
	_, err := Open(Options{})
	if !errors.Is(err, ErrNoDevice) {
		t.Error(err)
	}
	t.Log(err)
}
