package call

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestCameraComesBack(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		must(t, s.media.UseCamera("usb"))
		s.plug("usb", errGone)
		s.cameras["usb"].fail <- errors.New("unplugged")
		time.Sleep(time.Minute)
		synctest.Wait()
		if s.seen() != black || len(s.notices) != 1 {
			t.Errorf("said %+v", s.notices)
		}
		s.plug("usb", nil)
		time.Sleep(mendCameraEvery)
		if s.seen() != 'u' || s.media.Camera() != "usb" {
			t.Error("it did not come back")
		}
		s.told(t, 2, "The camera is back")
	})
}

// A camera that a person has replaced or turned off stays away.
func TestCameraThatIsNotWantedAnyMore(t *testing.T) {
	for name, decide := range map[string]func(*Media) error{
		"replaced":   func(m *Media) error { return m.UseCamera("other") },
		"turned off": func(m *Media) error { return m.SetCameraOff(true) },
	} {
		t.Run(name, func(t *testing.T) {
			inStudio(t, func(t *testing.T, s *studio) {
				must(t, s.media.UseCamera("usb"))
				s.plug("usb", errGone)
				s.cameras["usb"].fail <- errGone
				time.Sleep(time.Second)
				must(t, decide(s.media))
				s.plug("usb", nil)
				time.Sleep(time.Minute)
				synctest.Wait()
				if s.seen() == 'u' || len(s.notices) != 1 {
					t.Errorf("it came back, said %+v", s.notices)
				}
				must(t, s.media.SetCameraOff(false))
			})
		})
	}
}
