package capture

import (
	"testing"

	"github.com/pion/mediadevices/pkg/frame"
	"github.com/pion/mediadevices/pkg/prop"

	"parley/call"
)

// webcam is what a usual camera on USB 2 offers.
var webcam = []prop.Media{
	offer(frame.FormatYUYV, 1920, 1080, 5), offer(frame.FormatYUYV, 1280, 720, 10),
	offer(frame.FormatYUYV, 640, 480, 30), offer(frame.FormatYUYV, 640, 480, 15),
	offer(frame.FormatYUYV, 320, 240, 30), offer(frame.FormatYUYV, 640, 360, 30),
	offer(frame.FormatMJPEG, 1920, 1080, 30), offer(frame.FormatMJPEG, 1280, 720, 29.97),
	offer(frame.FormatMJPEG, 1280, 720, 60), offer(frame.FormatMJPEG, 640, 480, 30),
	offer(frame.FormatZ16, 1280, 720, 30),
}

func TestChooseFormat(t *testing.T) {
	for _, test := range []struct {
		name   string
		offers []prop.Media
		want   call.VideoFormat
		choice prop.Media
	}{
		{"the rate before raw pictures", webcam, call.VideoFormat{Width: 1280, Height: 720, FrameRate: 30}, offer(frame.FormatMJPEG, 1280, 720, 29.97)},
		{"raw where it holds the rate", webcam, call.VideoFormat{Width: 640, Height: 480, FrameRate: 30}, offer(frame.FormatYUYV, 640, 480, 30)},
		{"the shape", webcam, call.VideoFormat{Width: 640, Height: 360, FrameRate: 30}, offer(frame.FormatYUYV, 640, 360, 30)},
		{"no higher rate than wanted", webcam, call.VideoFormat{Width: 640, Height: 480, FrameRate: 15}, offer(frame.FormatYUYV, 640, 480, 15)},
		{"the nearest size", webcam, call.VideoFormat{Width: 3840, Height: 2160, FrameRate: 30}, offer(frame.FormatMJPEG, 1920, 1080, 30)},
		{"an unknown rate", []prop.Media{offer(frame.FormatNV12, 640, 480, 0)}, call.VideoFormat{Width: 1280, Height: 720, FrameRate: 30}, offer(frame.FormatNV12, 640, 480, 0)},
	} {
		if got, ok := chooseFormat(test.offers, test.want); !ok || got != test.choice {
			t.Errorf("%s: chose %+v, want %+v", test.name, got.Video, test.choice.Video)
		}
	}
	for _, offers := range [][]prop.Media{nil, {offer(frame.FormatZ16, 640, 480, 30)}, {offer(frame.FormatYUYV, 0, 0, 30)}} {
		if got, ok := chooseFormat(offers, defaultFormat); ok {
			t.Errorf("chose %+v, of which nothing can be used", got.Video)
		}
	}
}
