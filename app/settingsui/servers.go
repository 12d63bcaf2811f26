package settingsui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"parley/app/settings"
)

// serverLines takes the servers that help to find a way through routers. They
// are put to use with the next call; a line that names none is said at once.
func (v *View) serverLines(now settings.Settings) *widget.Entry {
	e := widget.NewMultiLineEntry()
	e.SetMinRowsVisible(2)
	e.SetPlaceHolder(lang.L("Only for calls through routers that forward nothing, one a line: stun:HOST, or turn:HOST NAME PASSWORD"))
	e.Wrapping = fyne.TextWrapWord
	e.SetText(now.Servers)
	e.OnChanged = func(text string) {
		v.status.Hide()
		v.change(func(s *settings.Settings) { s.Servers = text })
		if _, err := settings.ParseServers(text); err != nil {
			v.say(err.Error())
		}
	}
	return e
}
