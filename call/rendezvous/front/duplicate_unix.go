//go:build unix

package front

import (
	"errors"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// duplicate is a copy of a socket for another process. net's own File would
// have the socket, which both processes share, block when it is passed on: then
// an Accept of this one could not be ended, and would take away a connection.
func duplicate(conn syscall.RawConn, name string) (*os.File, error) {
	var fd int
	var err error
	if outer := conn.Control(func(from uintptr) { fd, err = unix.FcntlInt(from, unix.F_DUPFD_CLOEXEC, 0) }); outer != nil || err != nil {
		return nil, errors.Join(outer, err)
	}
	return os.NewFile(uintptr(fd), name), nil
}
