//go:build !unix

package headless

import "os"

// restartSignals: there are none on this system; a server is ended and started.
var restartSignals = []os.Signal{noSignal{}}

type noSignal struct{}

func (noSignal) String() string { return "none" }
func (noSignal) Signal()        {}
