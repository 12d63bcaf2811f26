package call

import "io"

// FileStore is where files are read from and kept; a child package has the
// disk's.
type FileStore interface {
	// Open reads a file that is to be sent.
	Open(path string) (FileSource, error)
	// Create begins to keep a file of this name in a folder, or goes on with
	// what was kept of it: key tells it from others of its name. The name is
	// the other side's word.
	Create(folder, name, key string, size int64) (FilePart, error)
}

// FileSource is a file that is sent.
type FileSource interface {
	io.ReadSeekCloser
	Name() string // without a folder
	Size() int64
}

// FilePart is a file that is received, under a name of its own until it is
// whole.
type FilePart interface {
	io.WriteCloser // Close keeps what there is, to go on later
	Have() int64   // bytes so far
	Sum() string   // their SHA-256, in hexadecimal digits
	// Finish gives it its name, or one like it that is free, and returns its path.
	Finish() (path string, err error)
	Discard() error
}
