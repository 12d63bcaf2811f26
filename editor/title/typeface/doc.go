// Package typeface measures text with the fonts that are installed, as libass
// will draw it. A film's letters are drawn by libass inside ffmpeg, which tells
// nobody how wide they are; but boxes that fit their text, and lines that are
// broken before they leave the frame, need to know it first. So the same fonts
// are opened here, the text is shaped by the same rules (HarfBuzz's), and each
// run is handed on with the very font that it was measured with, so that
// libass need not choose.
package typeface
