package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
)

// tray is the icon in the desktop's tray: it opens the window, and says whether
// calls ring.
type tray struct {
	menu             *fyne.Menu
	available, quiet *fyne.MenuItem
}

func newTray(a desktop.App, w *Window) *tray {
	t := &tray{
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
}
