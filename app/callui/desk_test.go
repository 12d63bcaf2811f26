package callui

import (
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

func TestBeginOpensTheDevices(t *testing.T) {
	onDesk(t, nil, func(r *rig) {
		if len(r.media.calls) != 0 {
			t.Fatal("devices were opened before Begin")
		}
		r.Begin()
		synctest.Wait()
		if want := []string{"camera Cam", "sound Headset/Loud"}; !slices.Equal(r.media.calls, want) {
			t.Errorf("opened %q, want %q", r.media.calls, want)
		}
		m := r.Model()
		if len(m.Mine) != 1 || m.Camera.Chosen != "Cam" {
			t.Errorf("model %+v", m)
		}
		if len(r.kept) != 0 {
			t.Error("what the person did not choose was remembered")
		}
	})
}

func TestNoDevicesThenThePattern(t *testing.T) {
	none := func(c *Config, _ *rig) {
		c.Devices = fakeDevices(func() ([]call.DeviceInfo, error) { return nil, errors.New("no sound server") })
	}
	onDesk(t, none, func(r *rig) {
		r.Begin()
		synctest.Wait()
		if n := r.Model().Notice; n.Action != UsePattern {
			t.Fatalf("notice %+v", n)
		}
		r.UsePattern()
		synctest.Wait()
		m := r.Model()
		if m.Camera.Chosen != call.DevicePattern || m.Microphone.Chosen != call.DeviceTone || !m.Notice.Text.IsZero() {
			t.Errorf("camera %q, microphone %q, notice %+v", m.Camera.Chosen, m.Microphone.Chosen, m.Notice)
		}
	})
}

func TestChoosingADevice(t *testing.T) {
	fail := func(_ *Config, r *rig) {
		r.media.useCamera = func(name string) error {
			if name == "Other cam" {
				return errInUse
			}
			return nil
		}
	}
	onDesk(t, fail, func(r *rig) {
		r.Begin()
		synctest.Wait()
		r.Choose(call.Camera, "Other cam")
		synctest.Wait()
		if m := r.Model(); m.Camera.Chosen != "Cam" || m.Notice.Kind != Failure || len(r.kept) != 0 {
			t.Errorf("a broken camera: chosen %q, notice %+v, kept %v", m.Camera.Chosen, m.Notice, r.kept)
		}
		r.Choose(call.Camera, call.DevicePattern)
		synctest.Wait()
		if m := r.Model(); m.Camera.Chosen != call.DevicePattern || m.MirrorOwn {
			t.Errorf("camera %q, mirrored %v", m.Camera.Chosen, m.MirrorOwn)
		}
		if len(r.kept) != 1 || *r.kept[0].Camera != call.DevicePattern {
			t.Errorf("remembered %v", r.kept)
		}
		r.Choose(call.Microphone, "Mic")
		synctest.Wait()
		if last := r.media.calls[len(r.media.calls)-1]; last != "sound Mic/Loud" {
			t.Errorf("opened %q", last)
		}
	})
}

// A camera that takes its time must not keep a call from ringing.
func TestACallRingsWhileACameraIsStuck(t *testing.T) {
	release := make(chan struct{})
	stuck := func(_ *Config, r *rig) {
		release = make(chan struct{})
		r.media.useCamera = func(string) error { <-release; return nil }
	}
	onDesk(t, stuck, func(r *rig) {
		r.Begin()
		synctest.Wait()
		r.event(incoming(call.Ringing))
		if m := r.Model(); m.Screen != Incoming {
			t.Errorf("screen %v, want Incoming", m.Screen)
		}
		r.Decline()
		synctest.Wait()
		if !slices.Contains(r.phone.calls, "decline") {
			t.Error("it cannot be declined")
		}
		close(release)
	})
}

func TestDialling(t *testing.T) {
	onDesk(t, nil, func(r *rig) {
		r.Dial("  ")
		synctest.Wait()
		if len(r.phone.calls) != 0 || r.Model().Notice.Kind != Failure {
			t.Errorf("no address: called %v, notice %+v", r.phone.calls, r.Model().Notice)
		}
		r.Dial(" 192.168.1.7 ")
		synctest.Wait()
		if !slices.Equal(r.phone.calls, []string{"dial 192.168.1.7"}) {
			t.Errorf("called %q", r.phone.calls)
		}
		if len(r.kept) != 1 || r.kept[0].Address != "192.168.1.7" {
			t.Errorf("remembered %+v", r.kept)
		}
		r.phone.dial = func(string) error { return call.ErrBusy }
		r.Dial("x")
		synctest.Wait()
		if key := r.Model().Notice.Text.Key; key != "There is a call already; hang up first." {
			t.Errorf("notice %q", key)
		}
	})
}

func TestACallThatCameBeforeTheWindow(t *testing.T) {
	ringing := func(_ *Config, r *rig) { r.phone.last = incoming(call.Ringing) }
	onDesk(t, ringing, func(r *rig) {
		if m := r.Model(); m.Screen != Incoming || m.Who != "Ada" {
			t.Errorf("screen %v, who %q", m.Screen, m.Who)
		}
	})
}

func TestMutingAndTheCamera(t *testing.T) {
	onDesk(t, nil, func(r *rig) {
		r.ToggleMute()
		synctest.Wait()
		if !r.media.muted || !r.Model().Muted {
			t.Error("not muted")
		}
		r.media.cameraOff = func(bool) error { return errInUse }
		r.ToggleCamera()
		synctest.Wait()
		if m := r.Model(); m.CameraOff || m.Notice.Kind != Failure {
			t.Errorf("camera off %v, notice %+v", m.CameraOff, m.Notice)
		}
	})
}

func TestARecordingEndsWithTheCall(t *testing.T) {
	onDesk(t, nil, func(r *rig) {
		r.ToggleRecording()
		synctest.Wait()
		if r.Model().Recording.On {
			t.Fatal("recording without a call")
		}
		r.event(ada(call.Connected))
		r.ToggleRecording()
		synctest.Wait()
		if !r.Model().Recording.On {
			t.Fatal("not recording")
		}
		e := ada(call.Ended)
		e.Reason = call.Lost
		r.event(e)
		m := r.Model()
		if m.Recording.On || m.Kept != "/kept" || m.Notice.Action != OpenRecording {
			t.Errorf("recording %+v, kept %q, notice %+v", m.Recording, m.Kept, m.Notice)
		}
	})
}

func TestARecordingThatStartsTooLateIsFinished(t *testing.T) {
	stopped, release := 0, make(chan struct{})
	slow := func(_ *Config, r *rig) {
		release = make(chan struct{})
		r.recorder.start = func() error { <-release; return nil }
		r.recorder.stop = func() (string, error) { stopped++; return "", nil }
	}
	onDesk(t, slow, func(r *rig) {
		r.event(ada(call.Connected))
		r.ToggleRecording()
		synctest.Wait()
		r.event(ada(call.Ended))
		close(release)
		synctest.Wait()
		if stopped != 1 || r.Model().Recording.On {
			t.Errorf("stopped %d times, recording %+v", stopped, r.Model().Recording)
		}
	})
}

func TestCloseFinishesARecording(t *testing.T) {
	stopped := 0
	count := func(_ *Config, r *rig) { r.recorder.stop = func() (string, error) { stopped++; return "/kept", nil } }
	onDesk(t, count, func(r *rig) {
		r.event(ada(call.Connected))
		r.ToggleRecording()
		synctest.Wait()
		for range 2 {
			if err := r.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	if stopped != 1 {
		t.Errorf("stopped %d times, want once", stopped)
	}
}

func TestSecondsAreCountedInACallOnly(t *testing.T) {
	onDesk(t, nil, func(r *rig) {
		var changes atomic.Int64
		r.OnChange(func() { changes.Add(1) })
		synctest.Wait()
		changes.Store(0)
		time.Sleep(5 * time.Second)
		synctest.Wait()
		if n := changes.Load(); n != 0 {
			t.Errorf("%d changes in five idle seconds", n)
		}
		e := ada(call.Connected)
		e.At = time.Now()
		r.event(e)
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if got := r.Model().Elapsed; got < 2*time.Second || got > 3*time.Second {
			t.Errorf("elapsed %v after three seconds", got)
		}
	})
}

func TestADeviceThatFails(t *testing.T) {
	onDesk(t, nil, func(r *rig) {
		r.trouble <- call.MediaEvent{Kind: call.Camera, Sentence: "The camera stopped.", Err: errInUse}
		synctest.Wait()
		if n := r.Model().Notice; n.Text.Key != "The camera stopped." || n.Action != UsePattern {
			t.Errorf("notice %+v", n)
		}
		r.Dismiss()
		synctest.Wait()
		if n := r.Model().Notice; !n.Text.IsZero() {
			t.Errorf("notice %+v after it was dismissed", n)
		}
	})
}

func TestDevicesOfThisStartAreNotKept(t *testing.T) {
	before, now := "Cam", call.DevicePattern
	set := func(c *Config, _ *rig) {
		c.Remembered.Camera = &before
		c.ThisTime.Camera = &now
	}
	onDesk(t, set, func(r *rig) {
		r.Begin()
		synctest.Wait()
		if got := r.Model().Camera.Chosen; got != now {
			t.Errorf("the camera is %q", got)
		}
		r.Dial("192.168.1.9") // which is remembered
		synctest.Wait()
		if last := r.kept[len(r.kept)-1]; *last.Camera != before {
			t.Errorf("kept the camera %q", *last.Camera)
		}
		r.Choose(call.Camera, "Other cam") // the person's own choice
		synctest.Wait()
		if last := r.kept[len(r.kept)-1]; *last.Camera != "Other cam" {
			t.Errorf("kept the camera %q", *last.Camera)
		}
	})
}

func TestFiguresBeginWithEachCall(t *testing.T) {
	onDesk(t, nil, func(r *rig) {
		count := func() (n int) {
			r.media.mu.Lock()
			defer r.media.mu.Unlock()
			for _, c := range r.media.calls {
				if c == "count anew" {
					n++
				}
			}
			return n
		}
		r.Dial("192.168.1.9")
		synctest.Wait()
		r.event(call.Event{State: call.Connected})
		r.Dial("192.168.1.10") // there is a call
		synctest.Wait()
		if n := count(); n != 1 {
			t.Errorf("counted anew %d times with a call that was dialled", n)
		}
		r.event(call.Event{State: call.Ended, Reason: call.HungUp})
		r.event(call.Event{State: call.Ringing, Incoming: true})
		r.event(call.Event{State: call.Connected, Incoming: true})
		if n := count(); n != 2 {
			t.Errorf("counted anew %d times with a call that came", n)
		}
	})
}

func TestAScreenIsNotRemembered(t *testing.T) {
	screen := call.DeviceInfo{Kind: call.Screen, Name: "eDP-1"}
	set := func(c *Config, _ *rig) {
		c.Devices = fakeDevices(func() ([]call.DeviceInfo, error) { return append([]call.DeviceInfo{screen}, all...), nil })
	}
	onDesk(t, set, func(r *rig) {
		r.Begin()
		synctest.Wait()
		r.Choose(call.Camera, "eDP-1")
		synctest.Wait()
		if got := r.Model().Camera.Chosen; got != "eDP-1" || len(r.kept) != 0 {
			t.Errorf("the camera is %q, kept %d times", got, len(r.kept))
		}
	})
}
