package rtc_test

import (
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

// looking follows what a desk sees of the other side's screen.
func looking(d *desk) (turns chan bool) {
	turns = make(chan bool, 100)
	d.media.OnRemoteScreen(func(on bool) { turns <- on })
	return turns
}

// turned waits for the other side's screen to come or go.
func turned(t *testing.T, turns chan bool, want bool) (took time.Duration) {
	t.Helper()
	began := time.Now()
	select {
	case on := <-turns:
		if on != want {
			t.Fatalf("their screen is shown: %v", on)
		}
	case <-time.After(10 * time.Second):
		t.Fatalf("no change of their screen to %v in 10 s", want)
	}
	return time.Since(began)
}

func TestAScreenBesideTheCamera(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, done := newLab(t, 20*time.Millisecond, quiet)
		defer done()
		turns := looking(l.bob)
		connect(t, l)
		time.Sleep(2 * time.Second)
		if s := l.bob.media.Stats().Received; s.Screen.Frames != 0 {
			t.Fatalf("nobody shares, but %d pictures of a screen came", s.Screen.Frames)
		}
		for range 3 { // the tracks serve again and again
			if err := l.ann.media.ShareScreen("a screen"); err != nil {
				t.Fatal(err)
			}
			if took := turned(t, turns, true); took > 200*time.Millisecond {
				t.Errorf("shown after %v", took)
			}
			before := l.bob.media.Stats().Received
			time.Sleep(5 * time.Second)
			after := l.bob.media.Stats().Received
			if n := after.Screen.Decoded - before.Screen.Decoded; n < 40 {
				t.Errorf("%d pictures of the screen in 5 s", n)
			}
			if n := after.Decoded - before.Decoded; n < 120 {
				t.Errorf("%d pictures of the camera beside it in 5 s", n)
			}
			if err := l.ann.media.ShareScreen(call.DeviceOff); err != nil {
				t.Fatal(err)
			}
			if took := turned(t, turns, false); took > 200*time.Millisecond {
				t.Errorf("gone after %v", took)
			}
		}
		if s := l.bob.media.Stats().Received; s.Failed != 0 || s.Screen.Failed != 0 || s.Freezes != 0 {
			t.Errorf("Bob: %+v", s)
		}
	})
}

// With every third packet lost the end may not come: then the pause says it.
func TestTheEndOfAScreenHoldsAfterLoss(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, done := newLab(t, 20*time.Millisecond, quiet)
		defer done()
		turns := looking(l.bob)
		connect(t, l)
		l.setLoss(0.3)
		for range 5 {
			if err := l.ann.media.ShareScreen("a screen"); err != nil {
				t.Fatal(err)
			}
			turned(t, turns, true)
			time.Sleep(3 * time.Second)
			if err := l.ann.media.ShareScreen(call.DeviceOff); err != nil {
				t.Fatal(err)
			}
			turned(t, turns, false)
		}
	})
}

// While the path is gone, their screen stands still as their camera does.
func TestAScreenOutlivesACut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, done := newLab(t, 5*time.Millisecond, quiet)
		defer done()
		turns := looking(l.bob)
		connect(t, l)
		if err := l.ann.media.ShareScreen("a screen"); err != nil {
			t.Fatal(err)
		}
		turned(t, turns, true)
		l.setCut(true)
		time.Sleep(5 * time.Second)
		l.setCut(false)
		before := l.bob.media.Stats().Received.Screen.Decoded
		time.Sleep(4 * time.Second)
		if n := l.bob.media.Stats().Received.Screen.Decoded - before; n < 20 {
			t.Errorf("%d pictures of the screen in the 4 s after the cut", n)
		}
		if len(turns) != 0 {
			t.Error("their screen went away for the time of the cut")
		}
	})
}

func TestACallToOneselfShowsTheScreen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, done := newLab(t, time.Millisecond, quiet)
		defer done()
		turns := looking(l.ann)
		if err := l.ann.media.ShareScreen("a screen"); err != nil { // before the call
			t.Fatal(err)
		}
		if err := l.ann.phone.DialSelf(); err != nil {
			t.Fatal(err)
		}
		l.ann.until(t, call.Connected)
		turned(t, turns, true)
		l.ann.phone.HangUp()
		l.ann.until(t, call.Ended)
		turned(t, turns, false)
	})
}
