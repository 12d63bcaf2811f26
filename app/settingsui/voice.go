package settingsui

import (
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"parley/app/settings"
)

// voiceSwitches switch what is done to the microphone's sound, at once and
// also in a call.
func (v *View) voiceSwitches(now settings.Settings) [3]*widget.Check {
	set := func(name string, off func(*settings.Settings) *bool) *widget.Check {
		c := widget.NewCheck(name, nil)
		c.SetChecked(!*off(&now))
		c.OnChanged = func(on bool) {
			v.change(func(s *settings.Settings) { *off(s) = !on })
			if err := v.effect.Voice(v.store.Get().Voice()); err != nil {
				v.say(err.Error())
			}
		}
		return c
	}
	return [3]*widget.Check{
		set(lang.L("Take out the echo of the speaker"), func(s *settings.Settings) *bool { return &s.EchoOff }),
		set(lang.L("Take out noise, such as fans"), func(s *settings.Settings) *bool { return &s.NoiseOff }),
		set(lang.L("Keep speech at an even loudness"), func(s *settings.Settings) *bool { return &s.GainOff }),
	}
}
