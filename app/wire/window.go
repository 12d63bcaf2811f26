package wire

import "time"

// WindowOptions say how the window opens.
type WindowOptions struct {
	Options
	Link                        string  // is called at once; "" calls nobody
	Camera, Microphone, Speaker *string // nil: as in the settings
	Version                     string
	StartedAt                   time.Time // of the process
}
