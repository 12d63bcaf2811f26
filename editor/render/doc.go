// Package render makes the film: it runs an editor.Plan with ffmpeg, checks
// what was written, and only then gives it the name that was asked for.
//
//	sources ─ prepare ─ plan ─┬─ pictures (2 side by side) ─┬─ mux ─ check ─ rename
//	                          └─ sounds ─ one AAC ──────────┘
//
// Segments are kept in a cache under a hash of all that they are made of, so
// that a second render, or one that was interrupted, makes only what changed.
// Every goroutine belongs to the Render that started it and ends before it
// returns.
package render
