package wire

import (
	"errors"
	"strings"
	"time"

	"parley/call"
	"parley/call/audio"
	"parley/call/capture"
)

// devices joins what gives pictures and sound devices into what call.Media asks
// for.
type devices struct{ pictures capture.System }

// List satisfies call.Devices. What one kind cannot tell does not hide the other.
func (d devices) List() ([]call.DeviceInfo, error) {
	pictures, err1 := d.pictures.List()
	sound, err2 := audio.List()
	return append(pictures, sound...), errors.Join(err1, err2)
}

// OpenVideo satisfies call.Devices.
func (d devices) OpenVideo(name string, want call.VideoFormat) (call.VideoSource, error) {
	return d.pictures.Open(name, want)
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
func Devices() call.Devices { return devices{capture.System{OpenFile: openFilm}} }
