package call

import "slices"

// soundPair is a microphone and a speaker by name.
type soundPair struct{ microphone, speaker string }

var silentPair = soundPair{DeviceOff, DeviceOff}

// substitutes are what may run in place of a pair, best first: the pair, then
// with the system's choice for one or both, then with nothing. What is made up
// or off is kept: nobody wants a test tone replaced by a real microphone.
func (p soundPair) substitutes() []soundPair {
	var all []soundPair
	microphones, speakers := stepsDown(p.microphone), stepsDown(p.speaker)
	for worse := range len(microphones) + len(speakers) - 1 {
		for i, microphone := range microphones {
			if j := worse - i; j >= 0 && j < len(speakers) {
				all = append(all, soundPair{microphone, speakers[j]})
			}
		}
	}
	if !slices.Contains(all, silentPair) {
		all = append(all, silentPair)
	}
	return all
}

func stepsDown(name string) []string {
	switch {
	case !isHardware(name):
		return []string{name}
	case name == DeviceDefault:
		return []string{name, DeviceOff}
	}
	return []string{name, DeviceDefault, DeviceOff}
}

// fallenBack tells a person what runs in place of what was chosen, and which
// kind of device it is about.
func (p soundPair) fallenBack(now soundPair) (DeviceKind, string) {
	kind, what := Microphone, "sound device"
	switch {
	case p == now:
		return kind, "The sound device stopped for a moment and works again."
	case p.speaker == now.speaker:
		what = "microphone"
	case p.microphone == now.microphone:
		kind, what = Speaker, "speaker"
	}
	if now.microphone == DeviceOff && p.microphone != DeviceOff || now.speaker == DeviceOff && p.speaker != DeviceOff {
		return kind, "The " + what + " stopped and nothing else works in its place; plug it in again or choose another."
	}
	return kind, "The " + what + " stopped; the system's default is used until it is back."
}

// back tells a person that what was chosen runs again.
func (p soundPair) back(before soundPair) (DeviceKind, string) {
	switch {
	case p.speaker == before.speaker:
		return Microphone, "The microphone is back and in use again."
	case p.microphone == before.microphone:
		return Speaker, "The speaker is back and in use again."
	}
	return Microphone, "The sound device is back and in use again."
}
