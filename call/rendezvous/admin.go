package rendezvous

import (
	"net/http"
	"strings"
)

// spaceFigures are what an administrator may read of their own space.
type spaceFigures struct {
	Space       string `json:"space"`
	Slots       int    `json:"slots"`
	Connections int    `json:"connections"`
	Sessions    int    `json:"sessions"`
	RelayBytes  int64  `json:"relayBytesToday"`
	Quota       Quota  `json:"quota"`
}

// admin tells the figures of a space, on this server, to whoever has its
// administrator key.
func (s *Server) admin(w http.ResponseWriter, r *http.Request) {
	if !s.hub.mayTry(s.address(r)) {
		http.Error(w, "too many tries; wait a minute", http.StatusTooManyRequests)
		return
	}
	key, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	space, known := s.config.Spaces.ByAdmin(key)
	if !ok || !known {
		w.Header().Set("WWW-Authenticate", "Bearer")
		http.Error(w, "this takes the administrator key of a space: Authorization: Bearer KEY", http.StatusUnauthorized)
		return
	}
	s.json(w, s.hub.figuresOf(space))
}
