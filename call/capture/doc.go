// Package capture gives the pictures of this machine's cameras, through the
// drivers of github.com/pion/mediadevices, as call.VideoSource: List says what
// there is, Open opens one, or the test pattern.
//
// The drivers are used directly. An open camera owns one goroutine, which
// reads the driver as fast as it gives and keeps the newest picture; Read
// takes that, Close ends it and waits for it.
//
//	driver ──image.Image──> convert ──> call.Slot ──Read──> caller
package capture
