package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"

	"parley/app/callui"
	"parley/app/look"
)

// menus is the window's menu bar. Items that make no sense now are grey.
type menus struct {
	main *fyne.MainMenu

	self, hangUp, mute, camera, share, record, figures, full *fyne.MenuItem
	undo, redo, quiet                                        *fyne.MenuItem
	shown                                                    menuState
}

// menuState is what the menus show of a model; they are rebuilt only when it
// changes.
type menuState struct {
	screen                       callui.Screen
	connected, busy              bool
	muted, dark, keeping, figure bool
	sharing                      bool
	edit                         bool // the Edit tab is to be seen
	quiet                        bool // not to be disturbed
}

func newMenus(w *Window) *menus {
	m := &menus{}
	ctrl := func(i *fyne.MenuItem, key fyne.KeyName) *fyne.MenuItem {
		i.Shortcut = &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
		return i
	}
	item := func(text string, f func()) *fyne.MenuItem { return fyne.NewMenuItem(lang.L(text), f) }
	m.self = item("Call myself", w.desk.DialSelf)
	m.hangUp = ctrl(item("Hang up", w.hangUp), fyne.KeyH)
	m.mute = item("Mute", w.desk.ToggleMute)
	m.camera = item("Camera off", w.desk.ToggleCamera)
	m.share = item("Share the screen", w.calls.ToggleShare)
	m.record = item("Record", w.desk.ToggleRecording)
	m.figures = item("Figures", w.desk.ToggleStats)
	m.full = item("Full screen", w.calls.ToggleFullScreen)
	// Fyne gives Ctrl+Z and Ctrl+Y names of their own and hands them to what has
	// the focus: here they are shown, and a text that is typed keeps its undo.
	m.undo = ctrl(item("Undo", w.edit.Undo), fyne.KeyZ)
	m.redo = ctrl(item("Redo", w.edit.Redo), fyne.KeyY)
	m.quiet = item("Do not disturb", w.toggleAvailable)
	quit := ctrl(item("Quit", w.quit), fyne.KeyQ)
	quit.IsQuit = true
	sep := fyne.NewMenuItemSeparator
	m.main = fyne.NewMainMenu(
		fyne.NewMenu("Parley",
			ctrl(item("Settings…", func() { w.Show(SettingsTab) }), fyne.KeyComma),
			m.quiet, item("About Parley", w.about), sep(), quit),
		fyne.NewMenu(lang.L("Call"),
			m.self, m.hangUp, sep(), m.mute, m.camera, m.share, m.record, sep(),
			item("Look for devices again", w.desk.Refresh)),
		fyne.NewMenu(lang.L("Edit"), m.undo, m.redo),
		fyne.NewMenu(lang.L("View"), m.full, m.figures),
	)
	m.apply(menuState{})
	return m
}

// show follows a model, the tab, and whether one is to be disturbed.
func (m *menus) show(c callui.Model, t Tab, quiet bool) {
	now := menuState{
		c.Screen, c.Connected, c.Recording.Busy, c.Muted, c.CameraOff, c.Recording.On, c.ShowStats,
		c.Sharing(), t == EditorTab, quiet,
	}
	if now != m.shown {
		m.apply(now)
		m.main.Refresh()
	}
}

func (m *menus) apply(s menuState) {
	m.shown = s
	m.self.Disabled = s.screen != callui.Ready
	m.hangUp.Disabled = s.screen == callui.Ready
	m.record.Disabled = !s.connected || s.busy
	m.share.Disabled, m.share.Checked = !s.connected, s.sharing
	m.full.Disabled = s.screen != callui.InCall
	m.undo.Disabled, m.redo.Disabled = !s.edit, !s.edit
	m.quiet.Checked = s.quiet
	m.mute.Checked, m.camera.Checked, m.record.Checked, m.figures.Checked = s.muted, s.dark, s.keeping, s.figure
}

func (w *Window) about() {
	d := dialog.NewInformation(lang.L("About Parley"),
		lang.L("Parley {{.Version}}\nCalls one person, keeps what was said, and makes a film of it.",
			map[string]any{"Version": w.s.Version}), w.window)
	look.ShowDialog(d, w.window, nil)
}
