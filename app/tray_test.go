package app

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// fakeTray is a desktop's tray.
type fakeTray struct {
	desktop.App
	icons []string
}

func (f *fakeTray) SetSystemTrayMenu(*fyne.Menu)       {}
func (f *fakeTray) SetSystemTrayIcon(of fyne.Resource) { f.icons = append(f.icons, of.Name()) }

// The icon tells whether calls ring, where a menu has to be opened to see it.
func TestTheTrayShowsDoNotDisturb(t *testing.T) {
	test.NewTempApp(t)
	f := &fakeTray{}
	tray := newTray(f, &Window{})
	for _, quiet := range []bool{false, true, true, false} {
		tray.show(quiet)
		if tray.quiet.Checked != quiet || tray.available.Checked == quiet {
			t.Errorf("quiet %v: the menu says %v", quiet, tray.quiet.Checked)
		}
	}
	if len(f.icons) != 2 || f.icons[0] != "parley-quiet.png" || f.icons[1] != "parley.png" {
		t.Errorf("icons: %v", f.icons)
	}
}
