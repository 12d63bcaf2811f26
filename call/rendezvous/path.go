package rendezvous

import (
	"slices"
	"strings"

	"parley/call"
)

// servers are told to a side of a session, for its media's path: no relay where
// the space has used up what it may have relayed today.
func (t *turn) servers(space Space, session string) []call.Server {
	all := t.config.Servers(space.Name, session)
	if quota := space.Quota.RelayBytes; quota == 0 || t.config.Relayed(space.Name) < quota {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), isRelay)
}

func isRelay(s call.Server) bool {
	scheme, _, _ := strings.Cut(s.URL, ":")
	return scheme == "turn" || scheme == "turns"
}

// spaceNamed is a space as this server has it; one that it does not know has no
// quota here.
func (t *turn) spaceNamed(name string) Space {
	if name == "" {
		return t.config.Own
	}
	if space, ok := t.config.Spaces.ByName(name); ok {
		return space
	}
	return Space{Name: name}
}
