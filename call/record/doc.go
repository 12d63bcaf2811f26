// Package record keeps a call as a folder: recording.json, one Matroska file
// a track, and beside each a timing file in JSON lines. What is mine is kept
// as captured (a master, with its own encoder), what is theirs as received.
//
//	LocalPicture ─> queue ─> encoder ─┐
//	LocalSound   ─> queue ─> line     ├─> track: clusters <= 500 ms, notes
//	RemoteFrame  ─> queue ───────────┤
//	RemotePacket ─> queue ─> reorder ─┘
//
// A Recording owns one goroutine a track. It alone touches the track's files;
// the calls of call.Recorder copy into a bounded queue and return. Close stops
// all four, waits until their files are whole, and writes the manifest last.
//
// All time stamps count from the recording's start on this machine's monotonic
// clock. Matroska rounds them to its millisecond; a timing file has
// nanoseconds. A file reaches the system a cluster at a time, so a program
// killed at any moment loses what came after the last cluster, and what waits
// in the queues before it: less than a second.
package record
