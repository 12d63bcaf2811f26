package capture

import (
	"strings"

	"parley/call"
)

// System is what gives pictures on this machine. The zero value plays no files
// but Y4M.
type System struct {
	OpenFile OpenFile // decodes all other files; nil for none
}

// cameraNodes is the one collection of cameras there is, because mediadevices
// registers them globally.
var cameraNodes = &collection{find: discover, stamp: nodes}

// List returns the cameras of this machine, the system's first choice first,
// then its screens. It is cheap enough to be called every second, and does not
// disturb what is open. A machine without any has an empty list.
func (s System) List() ([]call.DeviceInfo, error) {
	return append(cameraNodes.list(), listScreens()...), nil
}

// Open opens a source of pictures:
//
//	call.DeviceDefault       the first camera that opens
//	call.DevicePattern       the test pattern
//	call.DeviceFile + path   a film, for ever, at its own rate
//	"screen:1", its name     a screen, in its own size, 5 to 30 times a second
//	all else                 a camera by name, ID or node (video0, /dev/video0)
//
// The pictures may differ from what is wanted, see call.VideoSource. An error
// wraps ErrNoCamera, ErrNoScreen, ErrBusy, ErrPermission, ErrGone, ErrFormat or
// ErrFile where one of these is the reason.
func (s System) Open(name string, want call.VideoFormat) (call.VideoSource, error) {
	want = withDefaults(want)
	if name == call.DevicePattern {
		return call.NewPattern(want.Width, want.Height, want.FrameRate), nil
	}
	if path, ok := strings.CutPrefix(name, call.DeviceFile); ok {
		return source(openFilm(path, want, s.OpenFile))
	}
	if number, ok := screenNumber(name); ok {
		return source(openScreen(number, want))
	}
	return cameraNodes.open(name, want)
}

// List is System.List.
func List() ([]call.DeviceInfo, error) { return System{}.List() }

// Open is System.Open without a decoder for files.
func Open(name string, want call.VideoFormat) (call.VideoSource, error) {
	return System{}.Open(name, want)
}

// source keeps the nil pointer of a source that did not open out of the
// interface.
func source[S call.VideoSource](s S, err error) (call.VideoSource, error) {
	if err != nil {
		return nil, err
	}
	return s, nil
}
