package lan

import (
	"errors"
	"fmt"
	"net"
	"os"

	"golang.org/x/sys/unix"
)

// listen opens the port beside others that have it. The socket is bound to the
// group, which package net does not do: else it would take packets that are for
// the machine's own resolver alone.
func listen(i Interface, f Family) (net.PacketConn, error) {
	family, to := unix.AF_INET, unix.Sockaddr(&unix.SockaddrInet4{Port: port, Addr: [4]byte(group4.IP.To4())})
	if f == IPv6 {
		family, to = unix.AF_INET6, &unix.SockaddrInet6{Port: port, Addr: [16]byte(group6.IP), ZoneId: uint32(i.Index)}
	}
	fd, err := unix.Socket(family, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, unix.IPPROTO_UDP)
	if err != nil {
		return nil, fmt.Errorf("a socket for multicast DNS: %w", err)
	}
	file := os.NewFile(uintptr(fd), "mdns")
	defer file.Close() // the connection has a copy
	err = errors.Join(unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEADDR, 1), unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEPORT, 1))
	if f == IPv6 {
		err = errors.Join(err, unix.SetsockoptInt(fd, unix.IPPROTO_IPV6, unix.IPV6_V6ONLY, 1))
	}
	if err == nil {
		err = unix.Bind(fd, to)
	}
	if err != nil {
		return nil, fmt.Errorf("UDP port %d cannot be shared with others: %w", port, err)
	}
	return net.FilePacketConn(file)
}
