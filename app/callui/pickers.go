package callui

import (
	"slices"
	"strings"

	"parley/call"
)

// What can be chosen besides hardware, by its name.
var (
	patternOption = Option{Name: call.DevicePattern, Label: say("Test pattern")}
	toneOption    = Option{Name: call.DeviceTone, Label: say("Test tone")}
	offOption     = Option{Name: call.DeviceOff, Label: say("Off")}
)

// Devices takes a fresh list of hardware, and chooses what is to be used: what
// the person chose before if it is still there, else the system's choice, else
// nothing. It returns the choice.
func (p *Presenter) Devices(list []call.DeviceInfo, remembered Choice) (camera, microphone, speaker string) {
	p.devices(list, remembered)
	m := &p.model
	if len(hardware(list, call.Camera)) == 0 && m.Camera.Chosen == call.DeviceOff && remembered.Camera == nil {
		p.missing(len(hardware(list, call.Microphone)) == 0)
	}
	return m.Camera.Chosen, m.Microphone.Chosen, m.Speaker.Chosen
}

// missing says that there is nothing to see with.
func (p *Presenter) missing(microphoneToo bool) {
	text := say("No camera was found; plug one in, or go on with the test pattern.")
	if microphoneToo {
		text = say("No camera and no microphone were found; plug them in, or go on with the test pattern.")
	}
	p.model.Notice = Notice{Text: text, Kind: Warning, Action: UsePattern}
}

func (p *Presenter) devices(list []call.DeviceInfo, r Choice) {
	m := &p.model
	m.Camera = picker(list, call.Camera, r.Camera, append(screens(list), patternOption)...)
	m.Microphone = picker(list, call.Microphone, r.Microphone, toneOption)
	m.Speaker = picker(list, call.Speaker, r.Speaker)
	share := m.Share.Chosen
	m.Share = Picker{Options: shares(list), Chosen: call.DeviceOff, Busy: m.Share.Busy}
	if share != "" {
		m.Share.keep(Picker{Chosen: share, Busy: m.Share.Busy})
	}
	p.mirror()
}

// picker lists the hardware of a kind, then what else there is, then "off".
func picker(list []call.DeviceInfo, kind call.DeviceKind, wanted *string, more ...Option) Picker {
	found := hardware(list, kind)
	var p Picker
	for _, d := range found {
		p.Options = append(p.Options, Option{Name: d.Name})
	}
	p.Options = append(append(p.Options, more...), offOption)
	p.Chosen = call.DeviceOff
	if len(found) > 0 {
		p.Chosen = found[0].Name
	}
	for _, d := range found {
		if d.Default {
			p.Chosen = d.Name
			break
		}
	}
	if wanted == nil {
		return p
	}
	if strings.HasPrefix(*wanted, call.DeviceFile) {
		p.Options = append(p.Options, Option{Name: *wanted})
	}
	if p.has(*wanted) {
		p.Chosen = *wanted
	}
	return p
}

// screens are offered where the camera is chosen: they are shown in its place.
func screens(list []call.DeviceInfo) []Option {
	var found []Option
	for _, d := range hardware(list, call.Screen) {
		found = append(found, Option{Name: d.Name, Label: sayOf("Screen: {{.Name}}", "Name", d.Name), Screen: true})
	}
	return found
}

// showsScreen tells whether the picture is that of a screen.
func (p Picker) showsScreen() bool {
	return slices.ContainsFunc(p.Options, func(o Option) bool { return o.Screen && o.Name == p.Chosen })
}

func (p Picker) has(name string) bool {
	return slices.ContainsFunc(p.Options, func(o Option) bool { return o.Name == name })
}

func hardware(list []call.DeviceInfo, kind call.DeviceKind) []call.DeviceInfo {
	var found []call.DeviceInfo
	for _, d := range list {
		// Two devices of one name cannot be told apart by name.
		same := func(o call.DeviceInfo) bool { return o.Name == d.Name }
		if d.Kind == kind && d.Name != "" && !slices.ContainsFunc(found, same) {
			found = append(found, d)
		}
	}
	return found
}

// Choosing notes that a device is being opened.
func (p *Presenter) Choosing(kind call.DeviceKind, name string) {
	pick := p.picker(kind)
	pick.Busy, pick.Chosen = true, name
	p.model.Notice = Notice{}
}

// Chose notes that a device is in use, or why not; then before stays in use.
func (p *Presenter) Chose(kind call.DeviceKind, name, before string, err error) {
	pick := p.picker(kind)
	pick.Busy = false
	if err == nil {
		pick.Chosen = name
		p.mirror()
		return
	}
	pick.Chosen = before
	p.mirror()
	p.Failed(Text{Key: cannotOpen[kind], With: map[string]any{"Device": name, "Error": err.Error()}})
}

var cannotOpen = map[call.DeviceKind]string{
	call.Camera:     "The camera “{{.Device}}” could not be opened, the one before stays: {{.Error}}",
	call.Microphone: "The microphone “{{.Device}}” could not be opened, the one before stays: {{.Error}}",
	call.Screen:     "The screen “{{.Device}}” could not be shared: {{.Error}}",
	call.Speaker:    "The speaker “{{.Device}}” could not be opened, the one before stays: {{.Error}}",
}

// Trouble notes that a device stopped to work, or what else is told of one: a
// warning, or that it is back.
func (p *Presenter) Trouble(e call.MediaEvent) {
	if e.Err == nil {
		p.model.Notice = Notice{Text: say(e.Sentence), Kind: Info}
		return
	}
	p.model.Notice = Notice{Text: say(e.Sentence), Kind: Failure}
	switch e.Kind {
	case call.Camera:
		p.model.Notice.Action = UsePattern
	case call.Screen:
		p.shareEnded()
	}
}

func (p *Presenter) picker(kind call.DeviceKind) *Picker {
	switch kind {
	case call.Camera:
		return &p.model.Camera
	case call.Microphone:
		return &p.model.Microphone
	case call.Screen:
		return &p.model.Share
	}
	return &p.model.Speaker
}

func (p *Presenter) mirror() {
	name := p.model.Camera.Chosen
	made := p.model.Camera.showsScreen() || name == call.DevicePattern || name == call.DeviceOff || strings.HasPrefix(name, call.DeviceFile)
	p.model.MirrorOwn = !made
}

// Relist takes a fresh list of hardware and leaves what is in use.
func (p *Presenter) Relist(list []call.DeviceInfo) {
	m := &p.model
	camera, microphone, speaker := m.Camera, m.Microphone, m.Speaker
	p.devices(list, Choice{})
	m.Camera.keep(camera)
	m.Microphone.keep(microphone)
	m.Speaker.keep(speaker)
	p.mirror()
}

// keep leaves the choice of a picker as it was before a new list.
func (p *Picker) keep(before Picker) {
	p.Chosen, p.Busy = before.Chosen, before.Busy
	if !p.has(p.Chosen) {
		p.Options = append([]Option{{Name: p.Chosen}}, p.Options...)
	}
}
