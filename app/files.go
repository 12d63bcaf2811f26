package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"parley/app/callui"
	"parley/app/hop"
)

// chooseFiles asks for a file to send.
func (w *Window) chooseFiles(then func(paths ...string)) {
	dialog.ShowFileOpen(func(f fyne.URIReadCloser, err error) {
		if err != nil {
			w.desk.Say(callui.Text{Key: err.Error()})
			return
		}
		if f == nil {
			return // nobody chose
		}
		path := f.URI().Path()
		if err := f.Close(); err != nil {
			w.s.Log.Debug("a chosen file", "err", err)
		}
		then(path)
	}, w.window)
}

// launch opens a folder beside the program.
func (w *Window) launch(path string) {
	if w.s.Launch == nil {
		return
	}
	w.background.Go(func() {
		if err := w.s.Launch(path); err != nil {
			hop.Do(func() { w.desk.Say(callui.Text{Key: err.Error()}) })
		}
	})
}

// showBadge draws the eye to the Call tab: a call goes on there, or calls were
// missed.
func (w *Window) showBadge() {
	w.rail[CallTab].SetBadge(w.tab != CallTab && w.last.Screen != callui.Ready || w.last.Missed() > 0)
}
