package wire

import "time"

// WindowOptions say how the window opens.
type WindowOptions struct {
	Options
	Link                        string  // is called at once; "" calls nobody
	AskFirst                    bool    // whether to call it: it may come from a web page
	Hidden                      bool    // in the tray, where there is one
	Hand                        bool    // the link to the program that runs already, if one does
	Camera, Microphone, Speaker *string // nil: as in the settings
	Version                     string
	StartedAt                   time.Time // of the process
}
