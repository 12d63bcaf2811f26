package settingsui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"parley/app/settings"
	"parley/call"
)

// Login has the program started when its user logs in; *autostart.Entry is one.
type Login interface {
	On() bool
	Set(on bool) error
}

// reachSwitches say how this person can be reached.
func (v *View) reachSwitches(now settings.Settings) *fyne.Container {
	column := container.NewVBox()
	add := func(text string, on bool, set func(bool)) {
		c := widget.NewCheck(text, nil)
		c.SetChecked(on)
		c.OnChanged = set
		column.Add(row("", c))
	}
	keep := func(f func(*settings.Settings, bool)) func(bool) {
		return func(on bool) { v.change(func(s *settings.Settings) { f(s, on) }) }
	}
	add(lang.L("People on the same network see me, and I them"), !now.NearbyOff,
		keep(func(s *settings.Settings, on bool) { s.NearbyOff = !on }))
	add(lang.L("Do not disturb: calls do not ring"), now.DoNotDisturb,
		keep(func(s *settings.Settings, on bool) { s.DoNotDisturb = on }))
	if v.effect.Tray {
		add(lang.L("Stay in the tray when the window is closed"), now.StayInTray,
			keep(func(s *settings.Settings, on bool) { s.StayInTray = on }))
	}
	if login := v.effect.Login; login != nil {
		add(lang.L("Start in the tray when I log in"), login.On(), func(on bool) {
			if err := login.Set(on); err != nil {
				v.say(err.Error())
			}
		})
	}
	return column
}

// meetingLines name the rendezvous, and the key of a space there.
func (v *View) meetingLines(now settings.Settings) [2]*widget.Entry {
	server, key := widget.NewEntry(), widget.NewEntry()
	server.SetPlaceHolder("https://parley.example.org")
	server.SetText(now.Rendezvous)
	server.OnChanged = v.setRendezvous
	key.SetPlaceHolder(lang.L("Only where you were given one"))
	key.SetText(now.RendezvousKey)
	key.OnChanged = func(text string) {
		v.change(func(s *settings.Settings) { s.RendezvousKey = strings.TrimSpace(text) })
	}
	return [2]*widget.Entry{server, key}
}

// setRendezvous keeps an address that can be one, and says so of any other.
func (v *View) setRendezvous(text string) {
	v.status.Hide()
	text = strings.TrimSpace(text)
	if text != "" {
		origin, err := call.ParseOrigin(text)
		if err != nil {
			v.say(err.Error())
			return
		}
		text = origin
	}
	v.change(func(s *settings.Settings) { s.Rendezvous = text })
}
