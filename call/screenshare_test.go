package call

import (
	"errors"
	"math"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// notingCodec keeps what its encoders are asked for.
type notingCodec struct {
	greyCodec
	mu   sync.Mutex
	made []VideoConfig
	told []float64 // frame rates
	took time.Duration
}

func (c *notingCodec) NewEncoder(cfg VideoConfig) (VideoEncoder, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.made = append(c.made, cfg)
	return &notingEncoder{greyEncoder: greyEncoder{key: true}, codec: c}, nil
}

func (c *notingCodec) last() VideoConfig {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.made[len(c.made)-1]
}

type notingEncoder struct {
	greyEncoder
	codec *notingCodec
}

func (e *notingEncoder) Encode(pic *Picture, buf []byte) ([]byte, bool, error) {
	e.codec.mu.Lock()
	took := e.codec.took
	e.codec.mu.Unlock()
	time.Sleep(took)
	return e.greyEncoder.Encode(pic, buf)
}

func (e *notingEncoder) SetFrameRate(fps float64) {
	e.codec.mu.Lock()
	defer e.codec.mu.Unlock()
	e.codec.told = append(e.codec.told, fps)
}

// noting is a studio whose codec takes notes.
func noting(t *testing.T, f func(t *testing.T, s *studio, codec *notingCodec)) {
	synctest.Test(t, func(t *testing.T) {
		s, codec := newStudio(), &notingCodec{}
		cfg := s.media.cfg
		must(t, s.media.Close())
		cfg.Video = []VideoCodec{codec}
		s.media = NewMedia(cfg)
		f(t, s, codec)
		must(t, s.media.Close())
	})
}

func TestSharingAScreenBesideTheCamera(t *testing.T) {
	noting(t, func(t *testing.T, s *studio, codec *notingCodec) {
		must(t, s.media.UseCamera("a"))
		camera, screen := &track{}, &track{}
		s.media.SendVideo(camera)
		s.media.SendScreen(screen)
		s.media.TargetRate(1_000_000)
		s.seen()
		if codec.last().Screen || screen.count() != 0 {
			t.Fatalf("before sharing: %+v, %d pictures of a screen", codec.last(), screen.count())
		}
		must(t, s.media.ShareScreen("s"))
		s.seen()
		if c := codec.last(); !c.Screen || c.BitRate != 700_000 || s.media.Sharing() != "s" {
			t.Errorf("the screen's encoder: %+v, sharing %q", c, s.media.Sharing())
		}
		if screen.last().Unit[0] != 's' || camera.last().Unit[0] != 'a' {
			t.Error("screen and camera are not both sent")
		}
		s.opens["x"] = errors.New("no such screen")
		if err := s.media.ShareScreen("x"); err == nil || s.media.Sharing() != "s" {
			t.Errorf("%v: the screen before is gone", err)
		}
		must(t, s.media.ShareScreen(DeviceOff))
		synctest.Wait()
		n := screen.count()
		time.Sleep(time.Second)
		if screen.last().Unit[0] != black || screen.count() != n || s.media.Sharing() != "" {
			t.Error("the end is not sent, or more than that")
		}
	})
}

func TestASharedScreenThatDies(t *testing.T) {
	inStudio(t, func(t *testing.T, s *studio) {
		must(t, s.media.ShareScreen("s"))
		s.cameras["s"].fail <- errors.New("unplugged")
		s.seen()
		if len(s.notices) != 1 || s.notices[0].Kind != Screen || s.media.Sharing() != "" {
			t.Errorf("sharing %q, notices %+v", s.media.Sharing(), s.notices)
		}
	})
}

// screenCamera is a camera that shows a screen.
type screenCamera struct{ fakeCamera }

func (*screenCamera) IsScreen() bool { return true }

type screenDevices struct{ *studio }

func (d screenDevices) OpenVideo(name string, f VideoFormat) (VideoSource, error) {
	if name == "screen" {
		return &screenCamera{fakeCamera{grey: 's', fail: make(chan error, 1), stop: make(chan struct{})}}, nil
	}
	return d.studio.OpenVideo(name, f)
}

func TestAScreenInTheCamerasPlace(t *testing.T) {
	noting(t, func(t *testing.T, s *studio, codec *notingCodec) {
		s.media.cfg.Devices = screenDevices{s}
		must(t, s.media.UseCamera("screen"))
		s.media.SendVideo(&track{})
		s.seen()
		if c := codec.last(); !c.Screen {
			t.Errorf("a screen's encoder: %+v", c)
		}
		must(t, s.media.UseCamera("a"))
		s.seen()
		if c := codec.last(); c.Screen {
			t.Errorf("a camera's encoder: %+v", c)
		}
	})
}

func TestTheEncoderIsToldOfFewerPictures(t *testing.T) {
	noting(t, func(t *testing.T, s *studio, codec *notingCodec) {
		must(t, s.media.UseCamera("a"))
		out := &track{}
		s.media.SendVideo(out)
		s.media.TargetRate(65_000)
		s.seen()
		before := out.count()
		time.Sleep(4 * time.Second)
		synctest.Wait()
		codec.mu.Lock()
		defer codec.mu.Unlock()
		if n := out.count() - before; n < 55 || n > 65 {
			t.Errorf("%d pictures in 4 s at 65 kbit/s, want 15 a second", n)
		}
		if len(codec.told) == 0 || math.Abs(codec.told[len(codec.told)-1]-15) > 0.01 {
			t.Errorf("the encoder was told %v", codec.told)
		}
		if s := s.media.Stats().Sent; s.Limit != ByNetwork || s.Codec != "GREY" {
			t.Errorf("limited by %q, codec %q", s.Limit, s.Codec)
		}
	})
}

func TestASlowMachineLimits(t *testing.T) {
	noting(t, func(t *testing.T, s *studio, codec *notingCodec) {
		codec.took = 40 * time.Millisecond // longer than a picture lasts
		must(t, s.media.ShareScreen("s"))
		out := &track{}
		s.media.SendScreen(out)
		s.media.TargetRate(3_000_000)
		s.seen()
		if got := s.media.Stats().Sent.Screen.Limit; got != NoLimit {
			t.Errorf("15 a second fit, but are limited by %q", got)
		}
		codec.mu.Lock()
		codec.took = 80 * time.Millisecond
		codec.mu.Unlock()
		time.Sleep(5 * time.Second)
		if got := s.media.Stats().Sent.Screen.Limit; got != ByCPU {
			t.Errorf("limited by %q", got)
		}
	})
}
