package capture

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"syscall"
)

// What can be wrong with a camera, or what stands for one. The errors returned wrap one of these and
// say which camera it is and what to do.
var (
	ErrNoCamera   = errors.New("no camera found")
	ErrBusy       = errors.New("camera in use")
	ErrPermission = errors.New("no permission for the camera")
	ErrGone       = errors.New("camera gone")
	ErrFormat     = errors.New("no usable picture format")
	ErrFile       = errors.New("file not playable")
)

// explained is an error whose sentence already says everything: it wraps its
// kind and cause without repeating them.
type explained struct {
	sentence    string
	kind, cause error
}

func (e *explained) Error() string { return e.sentence }

// Unwrap leaves io.EOF out, which call.VideoSource keeps for a source that was
// closed: a driver also ends its stream with it.
func (e *explained) Unwrap() []error {
	if errors.Is(e.cause, io.EOF) {
		return []error{e.kind}
	}
	return []error{e.kind, e.cause}
}

// openError says why the camera of that name could not be opened.
func openError(name string, cause error) error {
	switch {
	case errors.Is(cause, fs.ErrPermission):
		return &explained{fmt.Sprintf("this user may not use the camera %q: run sudo usermod -aG video $USER, then log in again", name), ErrPermission, cause}
	case isBusy(cause):
		return &explained{fmt.Sprintf("the camera %q is in use by another program: close that, then choose the camera again", name), ErrBusy, cause}
	case isGone(cause):
		return goneError(name, cause)
	}
	return fmt.Errorf("the camera %q does not open, choose another or plug it in again: %w", name, cause)
}

func goneError(name string, cause error) error {
	return &explained{fmt.Sprintf("the camera %q gives no more pictures (%v): plug it in again, or choose another", name, cause), ErrGone, cause}
}

func formatError(name string) error {
	return &explained{fmt.Sprintf("the camera %q offers no picture format that can be used: choose another", name), ErrFormat, nil}
}

// isBusy also looks at the words, because the V4L2 library passes on what the
// kernel said as text alone once a stream is to start.
func isBusy(err error) bool {
	return errors.Is(err, syscall.EBUSY) || strings.Contains(err.Error(), syscall.EBUSY.Error())
}

func isGone(err error) bool {
	return errors.Is(err, syscall.ENODEV) || errors.Is(err, syscall.ENOENT) || errors.Is(err, syscall.ENXIO)
}

// isFatal says whether a camera that answered a read with err will not come
// back: the kernel said so, or the driver ended the stream. All else, such as
// a broken JPEG picture or a moment without signal, may pass.
func isFatal(err error) bool { return isGone(err) || errors.Is(err, io.EOF) }
