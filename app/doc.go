// Package app is the Fyne shell: one window with the tabs Call, Edit and
// Settings, its menus and its shortcuts. It is handed everything that does
// something in a Services and starts nothing itself but the call screen's
// Desk and the picture clock, which Window.Close ends.
//
// Run is the one importer of fyne/v2/app, the toolkit's real driver; New
// builds the same window with any fyne.App, so tests need no display.
package app
