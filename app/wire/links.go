package wire

import (
	"parley/app/invites"
	"parley/call"
	"parley/call/signal/direct"
	"parley/call/signal/rendezvous"
)

// dialer is every way of reaching people. A new one is a line here.
func (s *System) dialer() call.Dialer {
	return call.Methods{
		rendezvous.Dialer{Origin: func() string { origin, _ := s.Server(); return origin }},
		s.nearby(),
		direct.Dialer{},
	}
}

// Server is the rendezvous that links and codes are for, and the invitation key
// there; "" is none.
func (s *System) Server() (origin, key string) {
	now := s.Settings.Get()
	text, key := now.Rendezvous, now.RendezvousKey
	if s.options.Server != "" {
		text = s.options.Server
	}
	if text == "" {
		return "", ""
	}
	origin, err := call.ParseOrigin(text)
	if err != nil {
		s.log.Warn("the rendezvous is not used", "err", err)
		return "", ""
	}
	if saved, err := call.ParseOrigin(now.Rendezvous); err != nil || saved != origin {
		key = "" // it is another server's
	}
	return origin, key
}

// LinksFile is where a person's links are kept.
func (s *System) LinksFile() string { return invites.Path(s.Folders.Data) }

// keepLinks has all links lead here from now on.
func (s *System) keepLinks() *invites.Keeper {
	return invites.Keep(invites.KeeperConfig{
		Store: invites.At(s.LinksFile()), Server: s.Server, Log: s.log,
		NewRoom: func(origin, key string, notify func(call.DoorChange)) invites.Room {
			room := rendezvous.NewRoom(rendezvous.RoomConfig{Origin: origin, Key: key, Log: s.log, Notify: notify})
			s.Phone.Listen(room)
			return room
		},
	})
}
