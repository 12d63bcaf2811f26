package audio

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/gen2brain/malgo"

	"parley/call"
)

// backends are the sound systems to try, the first that runs is used. Not
// among them is miniaudio's null device, which would pass for hardware. ALSA
// is left out on a Linux machine without a sound card: its library complains
// on standard error about each device it cannot find.
func backends() []malgo.Backend {
	all := []malgo.Backend{
		malgo.BackendWasapi, malgo.BackendCoreaudio, malgo.BackendPulseaudio, malgo.BackendAlsa,
		malgo.BackendSndio, malgo.BackendAudio4, malgo.BackendOss, malgo.BackendJack,
	}
	if runtime.GOOS != "linux" {
		return all
	}
	cards, err := filepath.Glob("/dev/snd/pcm*")
	if err == nil && len(cards) > 0 {
		return []malgo.Backend{malgo.BackendPulseaudio, malgo.BackendAlsa}
	}
	return []malgo.Backend{malgo.BackendPulseaudio}
}

func newContext() (*malgo.AllocatedContext, error) {
	context, err := malgo.InitContext(backends(), malgo.ContextConfig{}, nil)
	if err != nil {
		return nil, fmt.Errorf("no sound system runs on this machine (%v); start PulseAudio or PipeWire, or plug a sound card in: %w", err, ErrNoDevice)
	}
	return context, nil
}

// List returns the microphones and speakers, the system's choice first in
// each kind. Where no sound system runs there are none, which is no error.
func List() ([]call.DeviceInfo, error) {
	context, err := newContext()
	if errors.Is(err, ErrNoDevice) {
		return nil, nil
	}
	defer context.Free()
	var all []call.DeviceInfo
	for _, kind := range []malgo.DeviceType{malgo.Capture, malgo.Playback} {
		some, err := list(context, kind)
		if err != nil {
			return nil, errors.Join(err, context.Uninit())
		}
		all = append(all, some...)
	}
	return all, context.Uninit()
}

func list(context *malgo.AllocatedContext, kind malgo.DeviceType) ([]call.DeviceInfo, error) {
	raw, err := context.Devices(kind)
	if err != nil {
		return nil, fmt.Errorf("listing each %s: %w", kindOf(kind), err)
	}
	infos := describe(kind, raw)
	slices.SortStableFunc(infos, func(a, b call.DeviceInfo) int { return rank(a) - rank(b) })
	return infos, nil
}

// describe gives the devices names that tell them apart.
func describe(kind malgo.DeviceType, raw []malgo.DeviceInfo) []call.DeviceInfo {
	infos := make([]call.DeviceInfo, 0, len(raw))
	times := map[string]int{}
	for i := range raw {
		name := raw[i].Name()
		if times[name]++; times[name] > 1 {
			name = fmt.Sprintf("%s (%d)", name, times[name])
		}
		infos = append(infos, call.DeviceInfo{
			Kind: kindOf(kind), Name: name, ID: driverName(raw[i].ID), Default: raw[i].IsDefault != 0,
		})
	}
	return infos
}

// rank puts the default first, and what only listens to a speaker last.
func rank(d call.DeviceInfo) int {
	switch {
	case d.Default:
		return 0
	case strings.HasSuffix(d.ID, ".monitor"):
		return 2
	}
	return 1
}

func kindOf(kind malgo.DeviceType) call.DeviceKind {
	if kind == malgo.Capture {
		return call.Microphone
	}
	return call.Speaker
}

// driverName is the name that the sound system itself uses: its text where it
// is one, else its bytes in hexadecimal.
func driverName(id malgo.DeviceID) string {
	text, _, _ := bytes.Cut(id[:], []byte{0})
	for _, b := range text {
		if b < ' ' || b > '~' {
			return id.String()
		}
	}
	return string(text)
}

// find gives the ID of a device by its name or by the driver's; nil stands
// for the default.
func find(context *malgo.AllocatedContext, kind malgo.DeviceType, name string) (*malgo.DeviceID, error) {
	raw, err := context.Devices(kind)
	if err != nil {
		return nil, fmt.Errorf("looking for the %s: %w", kindOf(kind), err)
	}
	if len(raw) == 0 {
		return nil, fmt.Errorf("there is no %s; plug one in: %w", kindOf(kind), ErrNoDevice)
	}
	if name == call.DeviceDefault {
		return nil, nil
	}
	for i, info := range describe(kind, raw) {
		if strings.EqualFold(info.Name, name) || info.ID == name {
			return &raw[i].ID, nil
		}
	}
	return nil, fmt.Errorf("there is no %s called %q; choose one that `parley devices` lists: %w", kindOf(kind), name, ErrNoDevice)
}
