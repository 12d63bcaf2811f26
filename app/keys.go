package app

import (
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"parley/app/callui"
)

// keys binds the shortcuts that work anywhere in the window, and the plain
// keys that work on the call screen while nothing else wants them.
func (w *Window) keys() {
	c := w.window.Canvas()
	bind := func(key fyne.KeyName, mod fyne.KeyModifier, f func()) {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: mod}, func(fyne.Shortcut) { f() })
	}
	const ctrl = fyne.KeyModifierShortcutDefault
	bind(fyne.Key1, ctrl, func() { w.Show(CallTab) })
	bind(fyne.Key2, ctrl, func() { w.Show(EditorTab) })
	bind(fyne.Key3, ctrl, func() { w.Show(SettingsTab) })
	// A call is taken with two keys at once: whoever types when it rings must
	// not show themself by it.
	bind(fyne.KeyReturn, ctrl, w.accept)
	bind(fyne.KeyEnter, ctrl, w.accept)
	c.SetOnTypedKey(w.typedKey)
	c.SetOnTypedRune(w.typedRune)
}

func (w *Window) accept() {
	if w.last.Screen == callui.Incoming {
		w.desk.Accept()
	}
}

// hangUp also declines; what it does depends on how far the call is.
func (w *Window) hangUp() {
	switch w.last.Screen {
	case callui.Incoming:
		w.desk.Decline()
	case callui.Calling, callui.InCall:
		w.desk.HangUp()
	}
}

func (w *Window) typedKey(e *fyne.KeyEvent) {
	switch {
	case w.question != nil && (e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter):
		w.question.Confirm()
	case w.question != nil && e.Name == fyne.KeyEscape:
		w.question.Dismiss()
	case e.Name == fyne.KeyF11:
		w.calls.ToggleFullScreen()
	case e.Name == fyne.KeyEscape && w.tab == CallTab && w.calls.DevicesOpen():
		w.calls.SetDevices(false)
	case e.Name == fyne.KeyEscape && w.tab == CallTab && w.last.Invite.Shown:
		w.desk.EndInvite()
	case e.Name == fyne.KeyEscape && w.tab == CallTab && w.last.Chat.Open:
		w.calls.ToggleChat()
	case e.Name == fyne.KeyEscape && w.calls.FullScreen():
		w.calls.SetFullScreen(false)
	case e.Name == fyne.KeyEscape && w.tab == CallTab:
		w.desk.Dismiss()
	}
}

func (w *Window) typedRune(char rune) {
	if w.tab != CallTab || !w.last.Connected {
		return
	}
	switch unicode.ToLower(char) {
	case 'm':
		w.desk.ToggleMute()
	case 'v':
		w.desk.ToggleCamera()
	case 's':
		w.calls.ToggleShare()
	case 'c':
		w.calls.ToggleChat()
	case 'w':
		w.desk.ToggleWords()
	case 'd':
		w.calls.ToggleDevices()
	case 'r':
		w.desk.ToggleRecording()
	case 'i':
		w.desk.ToggleStats()
	case 'f':
		w.calls.ToggleFullScreen()
	}
}
