// Package ffmpeg is the only starter of ffmpeg and ffprobe. It finds them
// (Find), asks what is in a file (Probe), runs a command with progress and a
// clean end (Run), takes a picture out of a file (Thumbnail) and tells
// failures apart in sentences (Error).
//
// Every file is opened as "file:" and an absolute path, with the protocols
// limited to local files and without the containers that only point at other
// files, so that neither a file's name nor a playlist inside it can make
// ffmpeg open something else.
//
// No goroutine and no process outlives the call that started it: a cancelled
// context ends the process, politely and then not, and the call returns only
// after it is gone.
package ffmpeg
