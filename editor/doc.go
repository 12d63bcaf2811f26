// Package editor is the domain of a film: what its sources are (Media), how
// they are ordered and cut (Timeline, a value), what was done and can be
// undone (History), how it is kept (Project), and what has to be run to make
// it (Plan).
//
// It is pure: no toolkit, no cgo, no socket, no process. It declares the
// interfaces that it needs and its child packages satisfy them; a child
// imports editor and never a sibling (editor/render, which drives
// editor/ffmpeg, aside).
package editor
