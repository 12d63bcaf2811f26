//go:build linux

package rtc_test

import (
	"errors"
	"net"
	"time"

	"golang.org/x/sys/unix"
)

// receivedClass returns what waits for a packet and tells its traffic class.
func receivedClass(conn *net.UDPConn) (func() (int, error), error) {
	raw, err := conn.SyscallConn()
	if err != nil {
		return nil, err
	}
	var failed error
	if err := raw.Control(func(fd uintptr) { failed = unix.SetsockoptInt(int(fd), unix.IPPROTO_IP, unix.IP_RECVTOS, 1) }); err != nil || failed != nil {
		return nil, errors.Join(err, failed)
	}
	return func() (int, error) {
		if err := conn.SetReadDeadline(time.Now().Add(5 * time.Second)); err != nil {
			return 0, err
		}
		data, control := make([]byte, 1500), make([]byte, 128)
		_, n, _, _, err := conn.ReadMsgUDP(data, control)
		if err != nil {
			return 0, err
		}
		messages, err := unix.ParseSocketControlMessage(control[:n])
		if err != nil {
			return 0, err
		}
		for _, m := range messages {
			if m.Header.Level == unix.IPPROTO_IP && m.Header.Type == unix.IP_TOS {
				return int(m.Data[0]), nil
			}
		}
		return 0, errors.New("no class was told")
	}, nil
}
