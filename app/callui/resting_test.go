package callui

import (
	"testing"
	"testing/synctest"

	"parley/call"
)

func TestCameraAndMicrophoneRestWhileNobodyLooks(t *testing.T) {
	onDesk(t, nil, func(r *rig) {
		r.Rest()
		r.Begin()
		synctest.Wait()
		if want := []string{"camera off", "sound off/"}; !equal(r.media.calls[:1], want[:1]) || len(r.media.calls) < 2 {
			t.Errorf("at a hidden start: %v", r.media.calls)
		}
		for _, used := range r.media.calls {
			if used == "camera Cam" || used == "sound Headset/Loud" {
				t.Errorf("a device is used while nobody looks: %v", r.media.calls)
			}
		}
		r.media.calls = nil
		r.Wake()
		r.Wake()
		synctest.Wait()
		if want := []string{"camera Cam", "sound Headset/Loud"}; !equal(r.media.calls, want) {
			t.Errorf("woken: %v, want %v", r.media.calls, want)
		}
		r.media.calls = nil
		r.event(call.Event{State: call.Connected, Session: "s"})
		r.Rest()
		synctest.Wait()
		if len(r.media.calls) != 0 {
			t.Errorf("in a call: %v", r.media.calls)
		}
	})
}
