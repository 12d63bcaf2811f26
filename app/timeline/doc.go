// Package timeline is the editor's strip: the clips of a film from left to
// right on one clock, with the pictures and the sound that are in them, what
// leads from one to the next, what is written on them, and the music under
// them. It is drawn as one picture: hundreds of widgets would slow the whole
// window down.
//
//	Model ──> Strip.Set ──> geometry (where everything is) ──> painter ──> one raster
//	                            ▲
//	pointer, keys ──> drag ─────┴──> Actions (what the person wants)
//
// The strip owns no goroutine and no film: it shows what it was given, and
// tells by Actions what the person wants. All of it is used on Fyne's
// goroutine.
package timeline
