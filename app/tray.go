package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"

	"parley/assets"
)

// The icons in the tray, by whether calls ring.
var (
	ringsIcon = fyne.NewStaticResource("parley.png", assets.Icon)
	quietIcon = fyne.NewStaticResource("parley-quiet.png", assets.QuietIcon)
)

// tray is the icon in the desktop's tray: it opens the window, and says whether
// calls ring.
type tray struct {
	app              desktop.App
	menu             *fyne.Menu
	available, quiet *fyne.MenuItem
}

func newTray(a desktop.App, w *Window) *tray {
	t := &tray{
		app:       a,
		available: fyne.NewMenuItem(lang.L("Available"), func() { w.setQuiet(false) }),
		quiet:     fyne.NewMenuItem(lang.L("Do not disturb"), func() { w.setQuiet(true) }),
	}
	quit := fyne.NewMenuItem(lang.L("Quit"), func() { w.toFront(); w.quit() })
	quit.IsQuit = true
	sep := fyne.NewMenuItemSeparator
	t.available.Checked = true
	t.menu = fyne.NewMenu("Parley",
		fyne.NewMenuItem(lang.L("Open Parley"), w.toFront), sep(), t.available, t.quiet, sep(), quit)
	a.SetSystemTrayMenu(t.menu)
	return t
}

func (t *tray) show(quiet bool) {
	if t.quiet.Checked == quiet {
		return
	}
	t.available.Checked, t.quiet.Checked = !quiet, quiet
	t.menu.Refresh()
	icon := ringsIcon
	if quiet {
		icon = quietIcon
	}
	t.app.SetSystemTrayIcon(icon)
}

// inTray tells whether there is an icon that brings the window back.
func (w *Window) inTray() bool { return w.tray != nil && w.s.InTray != nil && w.s.InTray() }

// hidden tells whether the window is not shown at the start.
func (w *Window) hidden() bool { return w.options.Hidden && w.inTray() }

// closed ends the program with its window, or stays in the tray to be called.
func (w *Window) closed() {
	if !w.s.Settings.Get().StayInTray || !w.inTray() {
		w.quit()
		return
	}
	w.desk.Rest()
	w.window.Hide()
}
