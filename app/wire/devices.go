package wire

import (
	"errors"
	"strings"
	"time"

	"parley/call"
	"parley/call/audio"
	"parley/call/capture"
)

// devices joins cameras and sound devices into what call.Media asks for.
type devices struct{}

// List satisfies call.Devices. What one kind cannot tell does not hide the other.
func (devices) List() ([]call.DeviceInfo, error) {
	cameras, err1 := capture.List()
	sound, err2 := audio.List()
	return append(cameras, sound...), errors.Join(err1, err2)
}

// OpenVideo satisfies call.Devices.
func (devices) OpenVideo(name string, want call.VideoFormat) (call.VideoSource, error) {
	return capture.Open(name, want)
}

// OpenSound satisfies call.Devices.
func (devices) OpenSound(microphone, speaker string) (call.SoundDevice, error) {
	o := audio.Options{Microphone: microphone, Speaker: speaker}
	if microphone == call.DeviceTone {
		o.Signal = call.NewTone(time.Now).Fill
	}
	if path, ok := strings.CutPrefix(microphone, call.DeviceFile); ok {
		var err error
		if o.Signal, err = audio.OpenWAV(path); err != nil {
			return nil, err
		}
	}
	return audio.Open(o)
}

// Devices lists and opens the devices of this machine.
func Devices() call.Devices { return devices{} }
