package wire

import (
	"context"
	"errors"
	"os"
	"sync"

	"parley/app/settings"
	"parley/call"
	"parley/call/signal/direct"
	"parley/call/signal/lan"
)

// nearbyOff tells whether people on the same network are left alone: by the
// settings, or by PARLEY_NEARBY=off where a whole machine is to be quiet.
func nearbyOff(s settings.Settings) bool { return s.NearbyOff || os.Getenv("PARLEY_NEARBY") == "off" }

// openNeighbours looks for people, and is found where calls are taken. A
// program that only calls looks when it has a name to call.
func (s *System) openNeighbours() (*lan.Neighbours, error) {
	return lan.Open(lan.Config{
		Name: s.name, Port: s.Port, Dialer: direct.Dialer{},
		Off: !s.options.Listen || nearbyOff(s.Settings.Get()), Log: s.log,
	})
}

// Nearby opens what looks for people, for those who only look.
func Nearby(o Options) (*lan.Neighbours, error) {
	if nearbyOff(settings.Settings{}) {
		return nil, errors.New("people nearby are not looked for, since PARLEY_NEARBY is off")
	}
	return lan.Open(lan.Config{Name: func() string { return "" }, Dialer: direct.Dialer{}, Log: o.Log})
}

// tellNeighbours keeps the neighbours told of whether this person can be
// called, and switches them off and on with the settings, until stop.
func (s *System) tellNeighbours() (stop func()) {
	var mu sync.Mutex
	state, quiet := s.Phone.Last().State, s.Settings.Get().DoNotDisturb
	tell := func() { s.Neighbours.SetAvailability(availability(state, quiet)) } // mu is held
	tell()
	unwatchPhone := s.Phone.Watch(func(e call.Event) {
		mu.Lock()
		defer mu.Unlock()
		state = e.State
		tell()
	})
	unwatchSettings := s.Settings.Watch(func(now settings.Settings) {
		mu.Lock()
		defer mu.Unlock()
		quiet = now.DoNotDisturb
		tell()
		if s.options.Listen {
			s.Neighbours.SetOff(nearbyOff(now))
		}
	})
	return func() { unwatchPhone(); unwatchSettings() }
}

func availability(s call.State, quiet bool) lan.Availability {
	if quiet || s != call.Idle && s != call.Ended {
		return lan.Busy
	}
	return lan.Available
}

// nearby dials people on the same network.
func (s *System) nearby() call.Dialer {
	return dialFunc(func(ctx context.Context, address string) (call.Link, error) {
		if !s.options.Listen && lan.Understands(address) { // a program that only calls looks now
			s.Neighbours.SetOff(nearbyOff(s.Settings.Get()))
		}
		return s.Neighbours.Dial(ctx, address)
	})
}

// dialFunc is a function that dials.
type dialFunc func(context.Context, string) (call.Link, error)

// Dial satisfies call.Dialer.
func (f dialFunc) Dial(ctx context.Context, address string) (call.Link, error) {
	return f(ctx, address)
}
