package front

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

// socketsVariable tells a new process which sockets it was started with:
// NETWORK/ADDRESS=FD, comma-separated. A port of 0 is the same port as before.
const socketsVariable = "PARLEY_SOCKETS"

// Sockets are those that a process listens on. They are opened by the address
// that they were asked for, or taken over from the process before.
type Sockets struct {
	follows   bool
	mu        sync.Mutex
	inherited map[string]*os.File
	open      map[string]syscall.Conn
}

// Inherit takes over what this process was started with; that may be nothing.
func Inherit() (*Sockets, error) {
	s := &Sockets{inherited: map[string]*os.File{}, open: map[string]syscall.Conn{}}
	list := os.Getenv(socketsVariable)
	s.follows = list != ""
	if err := os.Unsetenv(socketsVariable); err != nil {
		return nil, err
	}
	for item := range strings.SplitSeq(list, ",") {
		if item == "" {
			continue
		}
		name, number, _ := strings.Cut(item, "=")
		fd, err := strconv.Atoi(number)
		if err != nil || fd < 3 {
			return nil, fmt.Errorf("%s says %q, which is no socket; start the server without it", socketsVariable, item)
		}
		s.inherited[name] = os.NewFile(uintptr(fd), name)
	}
	return s, nil
}

// Follow tells whether this process takes over from another one, which may live
// on for a while.
func (s *Sockets) Follow() bool { return s.follows }

// Listen opens a TCP socket. Its owner closes it.
func (s *Sockets) Listen(address string) (net.Listener, error) {
	name := "tcp/" + address
	l, err := take(s, name, net.FileListener, func() (net.Listener, error) { return net.Listen("tcp", address) })
	if err != nil {
		return nil, fmt.Errorf("%s cannot be listened on; choose another address or end what is there: %w", address, err)
	}
	s.keep(name, l)
	return l, nil
}

// ListenPacket opens a UDP socket. Its owner closes it.
func (s *Sockets) ListenPacket(address string) (net.PacketConn, error) {
	name := "udp/" + address
	l, err := take(s, name, net.FilePacketConn, func() (net.PacketConn, error) { return net.ListenPacket("udp", address) })
	if err != nil {
		return nil, fmt.Errorf("%s cannot be listened on by UDP; choose another address or end what is there: %w", address, err)
	}
	s.keep(name, l)
	return l, nil
}

func take[T any](s *Sockets, name string, from func(*os.File) (T, error), open func() (T, error)) (T, error) {
	s.mu.Lock()
	file := s.inherited[name]
	delete(s.inherited, name)
	s.mu.Unlock()
	if file == nil {
		return open()
	}
	l, err := from(file) // which has a copy of it
	return l, errors.Join(err, file.Close())
}

func (s *Sockets) keep(name string, l any) {
	if c, ok := l.(syscall.Conn); ok {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.open[name] = c
	}
}

// Drop closes what was handed over and is not listened on any more.
func (s *Sockets) Drop() (err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, file := range s.inherited {
		err = errors.Join(err, file.Close())
		delete(s.inherited, name)
	}
	return err
}

// files are copies of the open sockets and what the next process is told of
// them; the first of them will be its file first.
func (s *Sockets) files(first int) (files []*os.File, variable string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var items []string
	for name, l := range s.open {
		raw, err := l.SyscallConn()
		var file *os.File
		if err == nil {
			file, err = duplicate(raw, name)
		}
		if errors.Is(err, net.ErrClosed) {
			continue
		}
		if err != nil {
			return files, "", fmt.Errorf("the socket %s cannot be handed over: %w", name, err)
		}
		items = append(items, fmt.Sprintf("%s=%d", name, first+len(files)))
		files = append(files, file)
	}
	return files, strings.Join(items, ","), nil
}
