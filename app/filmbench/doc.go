// Command filmbench compares films that Parley makes with the same films made
// by plain ffmpeg and by melt, one after the other on this machine, and prints
// both and the ratio as a Markdown table. It is started by
//
//	make bench-render          (ROWS=cuts,still for some rows only)
//
// Let nothing else run meanwhile. The material is drawn by ffmpeg once and kept
// in build/filmbench.
//
// The rows:
//
//	cuts   three clips of 10 minutes, 1280x720 H.264, trimmed off their key
//	       frames and joined
//	still  a photograph of 12 megapixels that stands for 60 s at 1920x1080
//	call   two recorded people beside each other in two takes of half a minute,
//	       a cross-fade between the takes and a title on each
//	open   a project of 500 clips, planned
//
// What others would need longer than a minute for is measured over a part of
// the film, and multiplied; the table marks such times with ≈.
package main
