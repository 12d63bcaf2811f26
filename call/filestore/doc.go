// Package filestore keeps files that come in a call on the disk: it satisfies
// call.FileStore. What the other side calls a file is never a path here, and
// nothing that comes replaces or runs anything. The package owns no goroutine.
package filestore
