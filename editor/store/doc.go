// Package store keeps projects on disk and brings files and recordings into
// them. It is the part of the editor that touches the file system; it starts
// no goroutine and no process.
package store
