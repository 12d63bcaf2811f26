package rtc

import (
	"fmt"
	"sync"

	"github.com/pion/ice/v4"
	"github.com/pion/logging"
)

// sharedPort is the one UDP port of all peers, open while there is a peer: it
// is bound on the addresses that the machine has when a call begins.
type sharedPort struct {
	port int
	log  logging.LeveledLogger

	mu    sync.Mutex
	mux   *ice.MultiUDPMuxDefault
	users int
}

func (s *sharedPort) acquire() (ice.UDPMux, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mux == nil {
		mux, err := ice.NewMultiUDPMuxFromPort(s.port, ice.UDPMuxFromPortWithLoopback(), ice.UDPMuxFromPortWithLogger(s.log),
			ice.UDPMuxFromPortWithReadBufferSize(socketBuffer), ice.UDPMuxFromPortWithWriteBufferSize(socketBuffer))
		if err != nil {
			return nil, fmt.Errorf("UDP port %d cannot be opened (%w); end the program that uses it, or choose another port in the settings", s.port, err)
		}
		s.mux = mux
	}
	s.users++
	return s.mux, nil
}

// socketBuffer holds a burst of a key frame while this process is not running.
const socketBuffer = 1 << 20

func (s *sharedPort) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users--; s.users > 0 {
		return
	}
	s.mux.Close() // the sockets are gone whatever it says
	s.mux = nil
}
