package rtc

import (
	"errors"
	"fmt"
	"net"
	"sync"
	"syscall"

	"github.com/pion/ice/v4"
	"github.com/pion/logging"
)

// sharedPort is the one UDP port of all peers, open while there is a peer. It
// satisfies ice.UDPMux. The machine's addresses may change in a call: whenever
// a peer gathers candidates, the port is opened on those that are new.
type sharedPort struct {
	port int
	net  systemNet
	log  logging.LeveledLogger

	mu    sync.Mutex
	users int
	open  []opened
}

// opened is the port on addresses that came at one time.
type opened struct {
	*ice.MultiUDPMuxDefault
	addrs []net.Addr
}

// socketBuffer holds a burst of a key frame while this process is not running.
const socketBuffer = 1 << 20

func (s *sharedPort) acquire() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users == 0 {
		if err := s.extend(); err != nil {
			s.closeAll()
			return fmt.Errorf("UDP port %d cannot be opened (%w); end the program that uses it, or choose another port in the settings", s.port, err)
		}
	}
	s.users++
	return nil
}

// extend opens the port on addresses that it is not open on yet. One that is
// being set up still (IPv6 looks first whether another machine has it) is left
// for the next time. s.mu is held.
func (s *sharedPort) extend() error {
	now, err := addresses(s.net)
	if err != nil {
		return err
	}
	for _, o := range s.open {
		for _, a := range o.addrs {
			delete(now, ipOf(a))
		}
	}
	for ip := range now {
		switch err := s.openOn(ip); {
		case errors.Is(err, syscall.EADDRNOTAVAIL):
			s.log.Debugf("the port is not opened on %s yet: %v", ip, err)
		case err != nil:
			return err
		}
	}
	return nil
}

func (s *sharedPort) openOn(ip string) error {
	mux, err := ice.NewMultiUDPMuxFromPort(s.port,
		ice.UDPMuxFromPortWithNet(s.net), ice.UDPMuxFromPortWithLoopback(), ice.UDPMuxFromPortWithLogger(s.log),
		ice.UDPMuxFromPortWithIPFilter(func(have net.IP) bool { return have.String() == ip }),
		ice.UDPMuxFromPortWithReadBufferSize(socketBuffer), ice.UDPMuxFromPortWithWriteBufferSize(socketBuffer))
	if err != nil {
		return err
	}
	s.open = append(s.open, opened{mux, mux.GetListenAddresses()})
	return nil
}

func ipOf(a net.Addr) string { return a.(*net.UDPAddr).IP.String() }

// GetListenAddresses satisfies ice.UDPMux, which is asked whenever candidates
// are gathered: those that the machine has now.
func (s *sharedPort) GetListenAddresses() []net.Addr {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.extend(); err != nil {
		s.log.Warnf("the port is not opened on new addresses: %v", err)
	}
	now, err := addresses(s.net)
	if err != nil {
		s.log.Warnf("this machine's addresses are not known: %v", err)
		return nil
	}
	var all []net.Addr
	for _, o := range s.open {
		for _, a := range o.addrs {
			if now[ipOf(a)] {
				all = append(all, a)
			}
		}
	}
	return all
}

// GetConn satisfies ice.UDPMux.
func (s *sharedPort) GetConn(ufrag string, addr net.Addr) (net.PacketConn, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range s.open {
		for _, a := range o.addrs {
			if a.String() == addr.String() {
				return o.MultiUDPMuxDefault.GetConn(ufrag, addr)
			}
		}
	}
	return nil, fmt.Errorf("the port is not open on %s", addr)
}

// RemoveConnByUfrag satisfies ice.UDPMux.
func (s *sharedPort) RemoveConnByUfrag(ufrag string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range s.open {
		o.MultiUDPMuxDefault.RemoveConnByUfrag(ufrag)
	}
}

// Close satisfies ice.UDPMux; release closes.
func (s *sharedPort) Close() error { return nil }

func (s *sharedPort) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users--; s.users == 0 {
		s.closeAll()
	}
}

// closeAll closes every socket. s.mu is held.
func (s *sharedPort) closeAll() {
	for _, o := range s.open {
		_ = o.MultiUDPMuxDefault.Close() // the sockets are gone whatever it says
	}
	s.open = nil
}
