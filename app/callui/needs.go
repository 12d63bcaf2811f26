package callui

import "parley/call"

// Phone makes and takes calls; *call.Phone is one.
type Phone interface {
	Dial(address string) error
	DialSelf() error
	Accept()
	Decline()
	HangUp()
	Watch(f func(call.Event)) (stop func()) // with the call first that there is
}

// Media is this side's picture and sound; *call.Media is one.
type Media interface {
	Preview() *call.Slot
	Remote() *call.Slot
	Shown(*call.Picture)
	UseCamera(name string) error
	UseSound(microphone, speaker string) error
	ShareScreen(name string) error // beside the camera; call.DeviceOff ends it
	RemoteScreen() *call.Slot
	OnRemoteScreen(func(shown bool))
	SetMuted(bool)
	SetCameraOff(bool) error
	Level() float64 // of the microphone, 0 to 1
	Stats() call.MediaStats
	ResetStats(measure bool) // before a new call
}

// Devices lists what there is to see and hear with.
type Devices interface {
	List() ([]call.DeviceInfo, error)
}

// Recorder keeps the call.
type Recorder interface {
	Start() error
	// Stop returns the recording's folder, "" where none was running.
	Stop() (dir string, err error)
}

// Choice remembers what the person chose; nil fields mean: nothing yet.
type Choice struct {
	Camera, Microphone, Speaker *string
	Address                     string // dialled last
	Stats                       bool   // whether the statistics are shown
}

// under is the choice with the devices that over names in the place of its own.
func (c Choice) under(over Choice) Choice {
	for _, pair := range []struct{ from, to **string }{
		{&over.Camera, &c.Camera}, {&over.Microphone, &c.Microphone}, {&over.Speaker, &c.Speaker},
	} {
		if *pair.from != nil {
			*pair.to = *pair.from
		}
	}
	return c
}
