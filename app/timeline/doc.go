// Package timeline is the editor's strip of clips, from left to right in the
// order of the film and as wide as they are long. It is drawn as one picture:
// hundreds of widgets would slow the whole window down.
//
// The strip owns no goroutine and no film: it shows the clips it was given, and
// tells by Actions what the person wants. All of it is used on Fyne's
// goroutine.
package timeline
