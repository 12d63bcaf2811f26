// Package codectest is what every codec of a call must hold: Video and Audio
// run it against one codec, Fuzz* feed it what strangers send, and Bench*
// measure it on a picture that is hard to compress. Motion and Speech make that
// material, the same in every run.
package codectest
