package app

import (
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"

	"parley/app/hop"
)

// quit ends the program, and asks before it gives up a film that is being made
// or edits that cannot be saved.
func (w *Window) quit() {
	if w.asking {
		return
	}
	if !w.edit.Busy() {
		w.edit.AfterSaving(w.leave)
		return
	}
	w.asking = true
	ask := dialog.NewConfirm(lang.L("A film is being made"),
		lang.L("If you quit now it is given up, and the file that it was to become stays as it is."),
		func(yes bool) {
			w.asking, w.question = false, nil
			if yes {
				w.edit.AfterSaving(w.leave)
			}
		}, w.window)
	ask.SetConfirmText(lang.L("Quit"))
	ask.SetDismissText(lang.L("Go on"))
	w.question = ask
	ask.Show()
}

// leave ends the program: what carries work onto Fyne's goroutine stops first.
func (w *Window) leave() {
	size := w.window.Canvas().Size()
	if err := rememberSize(w.s.Settings, size, w.calls.FullScreen()); err != nil {
		w.s.Log.Warn("settings", "err", err)
	}
	hop.Close()
	w.app.Quit()
}
