package audio

import (
	"errors"
	"fmt"
	"strings"

	"parley/call"
)

// ErrNoDevice says that the microphone or speaker asked for does not exist,
// so that a caller can fall back on call.DeviceTone or call.DeviceOff.
var ErrNoDevice = errors.New("no such sound device")

// ErrStarted is returned by a second Start.
var ErrStarted = errors.New("the sound device was started before")

// Options says what to open.
type Options struct {
	// Microphone is a name from List, call.DeviceDefault, call.DeviceOff, or a
	// made-up one (call.DeviceTone, call.DeviceFile and a path) that Signal fills.
	Microphone string
	// Speaker is a name from List, call.DeviceDefault or call.DeviceOff.
	Speaker string
	// Signal fills each block of a made-up microphone, in the device's callback.
	Signal func(block []int16)
}

// Open opens a microphone and a speaker as one device. It returns an error
// wrapping ErrNoDevice where one of them does not exist.
func Open(o Options) (call.SoundDevice, error) {
	if madeUp(o.Microphone) && o.Signal == nil {
		return nil, fmt.Errorf("opening the microphone %q: there is no signal to play as it", o.Microphone)
	}
	e := &engine{}
	if madeUp(o.Microphone) {
		e.signal = o.Signal
	}
	microphone, speaker := isHardware(o.Microphone), isHardware(o.Speaker)
	if !microphone && !speaker {
		return newSynthetic(e), nil
	}
	return openHardware(o, e)
}

// madeUp says whether a microphone's sound comes from a signal.
func madeUp(name string) bool {
	return name == call.DeviceTone || strings.HasPrefix(name, call.DeviceFile)
}

func isHardware(name string) bool { return name != call.DeviceOff && !madeUp(name) }
