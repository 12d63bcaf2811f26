package rtc

import (
	"log/slog"
	"slices"

	"github.com/pion/stun/v4"
	"github.com/pion/webrtc/v4"

	"parley/call"
)

// maxServers bounds the servers of a call: each is asked for every address of
// this machine.
const maxServers = 8

// with is the same with further servers, those of one call.
func (c Config) with(more []call.Server) Config {
	if len(more) == 0 {
		return c
	}
	always := c.Servers
	c.Servers = func() (all []call.Server) {
		if always != nil {
			all = always()
		}
		return slices.Concat(all, more)
	}
	return c
}

// iceServers leaves out what is no server: a rendezvous may say anything, and
// a call may find its path without.
func iceServers(servers []call.Server, log *slog.Logger) (all []webrtc.ICEServer) {
	for _, s := range servers {
		one := webrtc.ICEServer{URLs: []string{s.URL}, Username: s.Username, Credential: s.Credential}
		switch {
		case len(all) == maxServers:
			log.Warn("there are more servers than are asked", "most", maxServers)
			return all
		case !usable(one):
			log.Warn("a server is left out that cannot be asked", "url", s.URL)
		default:
			all = append(all, one)
		}
	}
	return all
}

// usable says whether pion takes a server; it refuses all for one that it does
// not.
func usable(s webrtc.ICEServer) bool {
	url, err := stun.ParseURI(s.URLs[0])
	if err != nil {
		return false
	}
	relays := url.Scheme == stun.SchemeTypeTURN || url.Scheme == stun.SchemeTypeTURNS
	return !relays || s.Username != "" && s.Credential != ""
}
