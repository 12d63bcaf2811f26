// Package editui is the Edit tab: bringing pictures, clips and recordings in,
// putting them in order, cutting them, and making a film of them.
//
//	drop, dialogs ──> pool (2 workers: import, thumbnails) ─┐
//	saver (1 goroutine) ── errors ──────────────────────────┤  Deps.Hop
//	filmer (1 goroutine while a film is made) ── progress ──┴─> Tab ── Presenter ── Model ──> view
//	                                                             ▲                             │
//	                                                             └──── what the person does ───┘
//
// The Presenter is pure: it turns what happened into a Model that says what is
// to be seen. The Tab owns the presenter, on Fyne's goroutine, and the
// goroutines above; Close cancels them and waits. None of them ever waits for
// the window.
package editui
