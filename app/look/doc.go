// Package look is how Parley looks: its themes and languages (data files of
// the assets), its symbols, and the few widgets and layouts that Fyne has not.
// It knows nothing of calls or films and owns no goroutine.
package look
