package audio

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

func TestSyntheticDeviceKeepsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		device, err := Open(Options{Microphone: call.DeviceOff, Speaker: call.DeviceOff})
		if err != nil {
			t.Fatal(err)
		}
		blocks := 0
		if err := device.Start(func(heard, play []int16) {
			blocks++
			if len(heard) != call.BlockSamples || len(play) != call.BlockSamples {
				t.Errorf("blocks of %d and %d samples", len(heard), len(play))
			}
		}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour) // of the bubble
		synctest.Wait()
		if want := 360001; blocks != want {
			t.Errorf("%d blocks in an hour, want %d", blocks, want)
		}
		if err := device.Close(); err != nil {
			t.Error(err)
		}
		time.Sleep(time.Second)
		if blocks != 360001 {
			t.Error("called after Close")
		}
	})
}

// A process that is slow now and then does not make the device lose time; one
// that slept for minutes does not get minutes of blocks at once.
func TestSyntheticDeviceCatchesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		device := newSynthetic(&engine{})
		var blocks atomic.Int64
		if err := device.Start(func(_, _ []int16) {
			switch blocks.Add(1) {
			case 10:
				time.Sleep(200 * time.Millisecond)
			case 1001:
				time.Sleep(10 * time.Minute)
			}
		}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(9 * time.Second)
		synctest.Wait()
		if n := blocks.Load(); n != 901 {
			t.Errorf("%d blocks in 9 s, want 901", n)
		}
		time.Sleep(10*time.Minute + 2*time.Second)
		synctest.Wait()
		if n := blocks.Load(); n < 1090 || n > 1110 {
			t.Errorf("%d blocks in 11 s awake, want about 1100", n)
		}
		if err := device.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestSignalIsHeard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		next := int16(0)
		device, err := Open(Options{Microphone: call.DeviceTone, Speaker: call.DeviceOff, Signal: func(block []int16) {
			for i := range block {
				block[i] = next
			}
			next++
		}})
		if err != nil {
			t.Fatal(err)
		}
		want := int16(0)
		if err := device.Start(func(heard, play []int16) {
			if heard[0] != want || play[7] != 0 {
				t.Errorf("heard %d, want %d; to play %d, want silence", heard[0], want, play[7])
			}
			want++
			play[7] = 1
		}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		if err := device.Close(); err != nil {
			t.Error(err)
		}
		if want < 100 {
			t.Errorf("%d blocks heard", want)
		}
	})
}

func TestMicrophoneThatIsOffIsSilent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		device, err := Open(Options{Microphone: call.DeviceOff, Speaker: call.DeviceOff, Signal: func(block []int16) { block[0] = 1 }})
		if err != nil {
			t.Fatal(err)
		}
		if err := device.Start(func(heard, _ []int16) {
			if heard[0] != 0 {
				t.Error("heard the signal")
			}
			heard[0] = 5 // whatever is scribbled here is gone in the next block
		}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(100 * time.Millisecond)
		device.Close()
	})
}

func TestSyntheticDeviceClosesFromAnywhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		device := newSynthetic(&engine{})
		if err := device.Start(func(_, _ []int16) {}); err != nil {
			t.Fatal(err)
		}
		if err := device.Start(func(_, _ []int16) {}); !errors.Is(err, ErrStarted) {
			t.Errorf("second Start: %v", err)
		}
		var wait sync.WaitGroup
		for range 5 {
			wait.Go(func() { device.Close() })
		}
		wait.Wait()
		never := newSynthetic(&engine{})
		never.Close()
		if err := never.Start(func(_, _ []int16) {}); err == nil {
			t.Error("started after Close")
		}
	})
}

func TestMadeUpMicrophoneNeedsASignal(t *testing.T) {
	if _, err := Open(Options{Microphone: call.DeviceTone, Speaker: call.DeviceOff}); err == nil {
		t.Error("no error")
	}
}

func TestEngineCutsAnySizesIntoBlocks(t *testing.T) {
	var heard []int16
	e := &engine{process: func(h, play []int16) {
		heard = append(heard, h...)
		copy(play, h)
	}}
	var sent, played []int16
	for i, size := range []int{1, 479, 481, 1000, 7, 480, 960, 2000} {
		chunk := make([]int16, size)
		for j := range chunk {
			chunk[j] = int16(i*1000 + j)
		}
		sent = append(sent, chunk...)
		e.hear(chunk, func(block []int16) { played = append(played, block...) })
	}
	if whole := len(sent) / call.BlockSamples * call.BlockSamples; len(heard) != whole || len(played) != whole {
		t.Fatalf("%d sent, %d heard, %d played", len(sent), len(heard), len(played))
	}
	for i := range heard {
		if heard[i] != sent[i] || played[i] != sent[i] {
			t.Fatalf("sample %d: sent %d, heard %d, played %d", i, sent[i], heard[i], played[i])
		}
	}
}
