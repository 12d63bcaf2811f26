// Package video shows live pictures: a Tile is the place of one, a Clock keeps
// up to two tiles at one pace.
//
//	call.Slot ──put──> Clock goroutine: take, convert into the tile's free
//	                   buffer ── hop.Signal ──> Fyne's goroutine: swap, refresh
//	                        ^                            │
//	                        └── painted (Shown) <── the painter's call
//
// There is never a queue: while a picture is on its way to the screen the slot
// keeps only the newest of those that follow. Each tile has one canvas.Image
// for life, and nothing is allocated for a frame. Two buffers a tile are
// enough, for the clock converts only after the swap before was done, so the
// one that Fyne does not hold is free.
//
// The Clock owns the one goroutine.
package video
