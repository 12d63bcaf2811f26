package call

import "strings"

// DeviceKind is what a device does.
type DeviceKind string

// The kinds of device.
const (
	Camera     DeviceKind = "camera"
	Microphone DeviceKind = "microphone"
	Speaker    DeviceKind = "speaker"
	Screen     DeviceKind = "screen"
)

// Names that stand for something other than hardware wherever a device's name
// is asked for.
const (
	DeviceOff     = "off"     // nothing: black or silence is not sent, the track is quiet
	DevicePattern = "pattern" // camera: the moving test pattern (see Pattern)
	DeviceTone    = "tone"    // microphone: the test signal (see Tone)
	DeviceDefault = ""        // the system's choice
	DeviceFile    = "file:"   // prefix: a media file played as a device
)

// isHardware says whether a name stands for a device that can be touched.
func isHardware(name string) bool {
	return name != DeviceOff && name != DevicePattern && name != DeviceTone && !strings.HasPrefix(name, DeviceFile)
}

// DeviceInfo describes one device that can be chosen.
type DeviceInfo struct {
	Kind    DeviceKind `json:"kind"`
	Name    string     `json:"name"` // what a person picks by and --camera, --mic, --speaker take
	ID      string     `json:"id"`   // the driver's own name for it
	Default bool       `json:"default,omitempty"`
}

// Devices lists what there is and opens it.
type Devices interface {
	// List returns the devices of all kinds, freshly asked for.
	List() ([]DeviceInfo, error)
	// OpenVideo opens a camera by its name (or DevicePattern, "file:PATH").
	OpenVideo(name string, want VideoFormat) (VideoSource, error)
	// OpenSound opens a microphone and a speaker by name as one device
	// (or DeviceTone, DeviceOff, "file:PATH").
	OpenSound(microphone, speaker string) (SoundDevice, error)
}

// VideoFormat is what is asked of a source; it may give something near it.
type VideoFormat struct {
	Width, Height int
	FrameRate     float64
}

// VideoSource gives pictures at its own pace: a camera, a screen, a pattern.
type VideoSource interface {
	// Read waits for the next picture and copies it into dst. After Close it
	// returns io.EOF; any other error means that the device is gone.
	Read(dst *Picture) error
	// Close stops the source, ends a Read in progress, and is idempotent.
	Close() error
}

// ScreenSource is a VideoSource that knows whether its pictures are a screen's,
// whose text has to stay sharp.
type ScreenSource interface{ IsScreen() bool }

func isScreen(s VideoSource) bool {
	screen, ok := s.(ScreenSource)
	return ok && screen.IsScreen()
}

// SoundDevice is a microphone and a speaker on one clock.
type SoundDevice interface {
	// Start calls process every 10 ms with BlockSamples samples heard and
	// BlockSamples to be filled with what is to be played, until Close.
	// process may change both, and must not block. Start may be called once.
	Start(process func(heard, play []int16)) error
	// Failed receives at most one error when the device dies by itself.
	Failed() <-chan error
	// Close stops the device, waits for a process call in progress, and is
	// idempotent.
	Close() error
}
