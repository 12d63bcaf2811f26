package call

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestSubstitutes(t *testing.T) {
	for name, test := range map[string]struct {
		pair soundPair
		want []soundPair
	}{
		"the system's choice": {soundPair{"", ""}, []soundPair{{"", ""}, {"", "off"}, {"off", ""}, {"off", "off"}}},
		"a test tone stays":   {soundPair{"tone", "usb"}, []soundPair{{"tone", "usb"}, {"tone", ""}, {"tone", "off"}, {"off", "off"}}},
		"off stays off":       {soundPair{"off", ""}, []soundPair{{"off", ""}, {"off", "off"}}},
		"a headset": {soundPair{"usb", "usb"}, []soundPair{
			{"usb", "usb"}, {"usb", ""}, {"", "usb"}, {"usb", "off"}, {"", ""}, {"off", "usb"}, {"", "off"}, {"off", ""}, {"off", "off"},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := test.pair.substitutes(); !slices.Equal(got, test.want) {
				t.Errorf("got  %v\nwant %v", got, test.want)
			}
		})
	}
}

var errGone = errors.New("unplugged")

// unplug takes a microphone away.
func (s *studio) unplug(name string) {
	s.opens[name] = errGone
	s.sound().failed <- errGone
	synctest.Wait()
}

// told checks that one thing more was said, and what.
func (s *studio) told(t *testing.T, n int, part string) {
	t.Helper()
	if len(s.notices) != n || !strings.Contains(s.notices[n-1].Sentence, part) {
		t.Errorf("said %+v, want %d and %q last", s.notices, n, part)
	}
}

func TestUnpluggedMicrophoneFallsBackAndComesBack(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		must(t, s.media.UseSound("usb", "speaker"))
		time.Sleep(time.Minute)
		s.unplug("usb")
		if s.sound().name != DeviceDefault {
			t.Fatalf("%q took its place", s.sound().name)
		}
		s.told(t, 1, "The microphone stopped; the system's default")
		substitute := s.sound()
		time.Sleep(time.Hour)
		if s.sound() != substitute {
			t.Error("the substitute was replaced")
		}
		delete(s.opens, "usb")
		time.Sleep(mendEvery + time.Millisecond)
		synctest.Wait()
		if s.sound().name != "usb" || !substitute.closed {
			t.Fatalf("%q is in use after the return", s.sound().name)
		}
		s.told(t, 2, "is back")
		s.blocks(2, 1)
		last := s.sound()
		time.Sleep(time.Hour)
		if s.sound() != last {
			t.Error("it was opened again, though all is well")
		}
	})
}

// The sound server restarts: for a while nothing can be opened.
func TestSoundServerRestarts(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		must(t, s.media.UseSound(DeviceDefault, "speaker"))
		time.Sleep(time.Minute)
		s.unplug(DeviceDefault)
		if s.sound().name != DeviceOff {
			t.Fatalf("%q took its place", s.sound().name)
		}
		s.told(t, 1, "plug it in again")
		delete(s.opens, DeviceDefault)
		time.Sleep(mendEvery + time.Millisecond)
		synctest.Wait()
		if s.sound().name != DeviceDefault {
			t.Errorf("%q is in use after the restart", s.sound().name)
		}
		s.told(t, 2, "is back")
	})
}

// A device that dies and opens again at once is in use again; one that does so
// over and over is not opened over and over.
func TestDeviceThatDiesOverAndOver(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		must(t, s.media.UseSound("usb", "speaker"))
		time.Sleep(time.Minute)
		s.sound().failed <- errGone
		synctest.Wait()
		if s.sound().name != "usb" {
			t.Errorf("%q is in use, though it opens again", s.sound().name)
		}
		s.told(t, 1, "works again")
		s.sound().failed <- errGone
		synctest.Wait()
		if s.sound().name != DeviceOff || len(s.sounds) != 3 {
			t.Errorf("%d devices were opened, %q is in use", len(s.sounds), s.sound().name)
		}
		s.told(t, 2, "nothing else works")
		time.Sleep(mendEvery + time.Millisecond)
		synctest.Wait()
		if s.sound().name != "usb" {
			t.Errorf("%q is in use a second later", s.sound().name)
		}
	})
}

// A person's new choice ends the attempts for the old one.
func TestChoiceEndsMending(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		must(t, s.media.UseSound("usb", "speaker"))
		time.Sleep(time.Minute)
		s.unplug("usb")
		must(t, s.media.UseSound("other", "speaker"))
		delete(s.opens, "usb")
		time.Sleep(time.Hour)
		if s.sound().name != "other" || len(s.notices) != 1 {
			t.Errorf("%q is in use, said %+v", s.sound().name, s.notices)
		}
	})
}
