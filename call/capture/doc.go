// Package capture gives the pictures of this machine as call.VideoSource: its
// cameras, through the drivers of github.com/pion/mediadevices; its screens,
// from the X server; a film that plays for a camera; and the test pattern. List
// says what there is, Open opens one.
//
// The camera drivers are used directly. An open camera owns one goroutine, which
// reads the driver as fast as it gives and keeps the newest picture; Read
// takes that, Close ends it and waits for it.
//
//	driver ──image.Image──> convert ──> call.Slot ──Read──> caller
//
// A screen and a film have no clock of their own: Read waits until the next
// picture is due (pace) and makes it in the caller's goroutine.
//
//	X server ──shared memory──> pointer drawn ──> convertPixels ──> caller
//	Y4M file, or decoder ──planes──> caller
package capture
