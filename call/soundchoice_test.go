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
	s.plug(name, errGone)
	s.sound().failed <- errGone
	synctest.Wait()
}

// told checks that one thing more was said, and what.
func (s *studio) told(t *testing.T, n int, part string) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.notices) != n || !strings.Contains(s.notices[n-1].Sentence, part) {
		t.Errorf("said %+v, want %d and %q last", s.notices, n, part)
	}
}

func TestUnpluggedMicrophoneFallsBackAndComesBack(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		must(t, s.media.UseSound("usb", "speaker"))
		time.Sleep(time.Minute)
		synctest.Wait()
		s.unplug("usb")
		if s.sound().name != DeviceDefault {
			t.Fatalf("%q took its place", s.sound().name)
		}
		s.told(t, 1, "The microphone stopped; the system's default")
		substitute := s.sound()
		time.Sleep(time.Hour)
		synctest.Wait()
		if s.sound() != substitute {
			t.Error("the substitute was replaced")
		}
		s.plug("usb", nil)
		time.Sleep(mendEvery + time.Millisecond)
		synctest.Wait()
		if s.sound().name != "usb" || substitute.closed {
			t.Fatalf("%q is in use after the return", s.sound().name)
		}
		s.blocks(1, 1)
		if !substitute.closed {
			t.Error("the substitute is open still")
		}
		s.told(t, 2, "is back")
		s.blocks(2, 1)
		last := s.sound()
		time.Sleep(time.Hour)
		synctest.Wait()
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
		synctest.Wait()
		s.unplug(DeviceDefault)
		if s.sound().name != DeviceOff {
			t.Fatalf("%q took its place", s.sound().name)
		}
		s.told(t, 1, "plug it in again")
		s.plug(DeviceDefault, nil)
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
		synctest.Wait()
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
		synctest.Wait()
		s.unplug("usb")
		must(t, s.media.UseSound("other", "speaker"))
		s.plug("usb", nil)
		time.Sleep(time.Hour)
		synctest.Wait()
		if s.sound().name != "other" || len(s.notices) != 1 {
			t.Errorf("%q is in use, said %+v", s.sound().name, s.notices)
		}
	})
}

// The device before goes on until the new one gives sound, and is silent then.
func TestChangingDevicesLeavesNoGap(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		must(t, s.media.UseSound("one", "speaker"))
		out := &track{}
		s.media.SendAudio(out)
		s.blocks(2, 1)
		one := s.sound()
		must(t, s.media.UseSound("two", "speaker"))
		heard, play := slices.Repeat([]int16{7}, BlockSamples), make([]int16, BlockSamples)
		one.process(heard, play)
		one.process(heard, play)
		synctest.Wait()
		if len(out.packet) != 2 || out.packet[1][0] != 7 || one.closed {
			t.Fatalf("%d packets while the new device starts, the old one closed: %v", len(out.packet), one.closed)
		}
		s.blocks(2, 2)
		play[0] = 5
		one.process(heard, play)
		if len(out.packet) != 3 || out.packet[2][0] != 2 || play[0] != 0 || !one.closed {
			t.Errorf("%d packets, the old device plays %d, is closed: %v", len(out.packet), play[0], one.closed)
		}
	})
}

// A device that never gives a sound does not keep the one before open.
func TestDeviceThatGivesNothing(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		must(t, s.media.UseSound("one", "speaker"))
		s.blocks(2, 1)
		one := s.sound()
		must(t, s.media.UseSound("two", "speaker"))
		time.Sleep(patience)
		synctest.Wait()
		if !one.closed {
			t.Error("it is open still")
		}
	})
}
