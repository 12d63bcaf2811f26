package app

import (
	fyneapp "fyne.io/fyne/v2/app"

	"parley/app/hop"
)

// AppID names the program to the desktop.
const AppID = "app.parley.Parley"

// Run opens the window and returns when it was closed. It must be called from
// the main goroutine. The services stay open; whoever built them closes them.
func Run(s Services, o Options) error {
	hop.Hold()
	a := fyneapp.NewWithID(AppID)
	w, err := New(a, s, o)
	if err != nil {
		return err
	}
	a.Lifecycle().SetOnStarted(w.started)
	if !w.hidden() {
		w.window.Show()
	}
	a.Lifecycle().SetOnStopped(hop.Close)
	a.Run()
	hop.Close()
	return w.Close()
}
