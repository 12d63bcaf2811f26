package callui

import (
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

var screen1 = call.DeviceInfo{Kind: call.Screen, Name: "Screen 1"}

// sharer is a desk in a call on a machine with one screen.
func sharer(t *testing.T, f func(r *rig)) {
	t.Helper()
	one := func(c *Config, _ *rig) {
		c.Devices = fakeDevices(func() ([]call.DeviceInfo, error) { return append(slices.Clone(all), screen1), nil })
	}
	onDesk(t, one, func(r *rig) {
		r.Begin()
		r.event(call.Event{State: call.Connected, Them: "Ada", At: time.Now()})
		f(r)
	})
}

func TestSharingAScreen(t *testing.T) {
	sharer(t, func(r *rig) {
		if m := r.Model(); m.Sharing() || len(m.Share.Options) != 2 || m.Share.Options[0].Name != "Screen 1" {
			t.Fatalf("before: %+v", m.Share)
		}
		r.Choose(call.Screen, "Screen 1")
		synctest.Wait()
		if m := r.Model(); !m.Sharing() || m.Camera.Chosen != "Cam" || len(r.kept) != 0 {
			t.Errorf("sharing %v, camera %q, remembered %v", m.Sharing(), m.Camera.Chosen, r.kept)
		}
		r.Refresh()
		synctest.Wait()
		if !r.Model().Sharing() {
			t.Error("a new list of devices ends the sharing")
		}
		r.event(call.Event{State: call.Ended, Reason: call.HungUp})
		synctest.Wait()
		if r.Model().Sharing() || r.media.calls[len(r.media.calls)-1] != "share off" {
			t.Errorf("the screen is shared beyond the call: %q", r.media.calls)
		}
	})
}

func TestAScreenThatCannotBeShared(t *testing.T) {
	sharer(t, func(r *rig) {
		r.media.share = func(string) error { return errInUse }
		r.Choose(call.Screen, "Screen 1")
		synctest.Wait()
		if m := r.Model(); m.Sharing() || m.Notice.Kind != Failure {
			t.Errorf("sharing %v, notice %+v", m.Sharing(), m.Notice)
		}
		r.media.share = nil
		r.Choose(call.Screen, "Screen 1")
		synctest.Wait()
		r.trouble <- call.MediaEvent{Kind: call.Screen, Sentence: "The screen is gone.", Err: errors.New("gone")}
		synctest.Wait()
		if m := r.Model(); m.Sharing() || m.Notice.Kind != Failure || m.Notice.Action != NoAction {
			t.Errorf("a screen that died: sharing %v, notice %+v", m.Sharing(), m.Notice)
		}
	})
}

// A screen that takes its time to open must not be seen in the next call.
func TestAScreenThatOpensAfterTheCall(t *testing.T) {
	sharer(t, func(r *rig) {
		release := make(chan struct{})
		r.media.share = func(name string) error {
			if name != call.DeviceOff {
				<-release
			}
			return nil
		}
		r.Choose(call.Screen, "Screen 1")
		r.event(call.Event{State: call.Ended, Reason: call.HungUp})
		close(release)
		synctest.Wait()
		if r.Model().Sharing() || r.media.calls[len(r.media.calls)-1] != "share off" {
			t.Errorf("sharing %v, %q", r.Model().Sharing(), r.media.calls)
		}
	})
}

func TestTheirScreen(t *testing.T) {
	sharer(t, func(r *rig) {
		r.media.tellScreen(true)
		synctest.Wait()
		if !r.Model().TheirScreen {
			t.Error("their screen is not shown")
		}
		r.event(call.Event{State: call.Ended, Reason: call.HungUp})
		if r.Model().TheirScreen {
			t.Error("their screen outlives the call")
		}
	})
}

func TestTheirScreenIsLargeAndTheirCameraSmall(t *testing.T) {
	v, _, w := viewed(t)
	w.Resize(w.Content().MinSize())
	m := Model{Screen: InCall, Connected: true, Share: Picker{Chosen: call.DeviceOff}}
	v.show(m)
	if v.screen.Visible() || v.remote.Size() != v.stage.content.Size() {
		t.Error("a screen is shown that nobody shares")
	}
	m.TheirScreen = true
	v.show(m)
	stage, camera := v.stage.content.Size(), v.remote
	if !v.screen.Visible() || v.screen.Size() != stage || camera.Size().Width > insetWidth || !camera.Visible() {
		t.Errorf("their screen has %v of %v, their camera %v", v.screen.Size(), stage, camera.Size())
	}
	if bar := v.bar.content; camera.Position().X+camera.Size().Width > bar.Position().X {
		t.Error("their camera lies on the bar")
	}
	m.TheirScreen = false
	v.show(m)
	if v.screen.Visible() || v.remote.Size() != stage {
		t.Error("their camera stays small")
	}
}

func TestTheKeyThatSharesTheScreen(t *testing.T) {
	v, media, _ := viewed(t)
	m := Model{Screen: InCall, Connected: true, Share: Picker{Chosen: call.DeviceOff, Options: []Option{{Name: "Screen 1", Screen: true}, {Name: "Screen 2", Screen: true}, offOption}}}
	v.show(m)
	v.ToggleShare()
	if !v.DevicesOpen() || len(media.calls) != 0 {
		t.Error("with two screens the person is not asked which")
	}
	if got := v.devices.share.list.Options; len(got) != 3 {
		t.Errorf("to choose from: %q", got)
	}
	m.Share.Chosen = "Screen 2"
	v.show(m)
	if v.top.status.Text != "Your screen is shared" || !v.top.status.Visible() {
		t.Error("nothing says that the screen is shared")
	}
}
