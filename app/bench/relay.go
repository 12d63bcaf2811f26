package main

import (
	"fmt"
	"io"
	"net"
	"os"
)

// relay carries connections from a host's loopback to the bench's socket,
// which is a file and so reached from every host. It runs until it is ended.
func relay(address, socket string) error {
	ln, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	for {
		from, err := ln.Accept()
		if err != nil {
			return err
		}
		to, err := net.Dial("unix", socket)
		if err != nil {
			fmt.Fprintln(os.Stderr, "bench relay:", err)
			from.Close()
			continue
		}
		go pass(from, to)
		go pass(to, from)
	}
}

// pass ends with either side, and ends the other.
func pass(from, to net.Conn) {
	defer to.Close()
	defer from.Close()
	_, _ = io.Copy(to, from) // that a side has gone is its ordinary end
}
