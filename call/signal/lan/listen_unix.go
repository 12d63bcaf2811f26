//go:build unix && !linux

package lan

import (
	"context"
	"errors"
	"net"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// listen opens the port beside others that have it.
func listen(_ Interface, f Family) (net.PacketConn, error) {
	l := net.ListenConfig{Control: func(_, _ string, c syscall.RawConn) (err error) {
		failed := c.Control(func(fd uintptr) {
			err = errors.Join(
				unix.SetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_REUSEADDR, 1),
				unix.SetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_REUSEPORT, 1))
		})
		return errors.Join(failed, err)
	}}
	return l.ListenPacket(context.Background(), "udp"+strconv.Itoa(int(f)), ":"+strconv.Itoa(port))
}
