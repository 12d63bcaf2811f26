//go:build !unix

package lan

import (
	"net"
	"strconv"
)

// listen opens the port, which package net shares with others for a group.
func listen(i Interface, f Family) (net.PacketConn, error) {
	group := group4
	if f == IPv6 {
		group = group6
	}
	return net.ListenMulticastUDP("udp"+strconv.Itoa(int(f)), &net.Interface{Index: i.Index, Name: i.Name}, group)
}
