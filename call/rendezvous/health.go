package rendezvous

import "net/http"

// health is for whoever watches the server: 200 while it takes connections.
func (s *Server) health(w http.ResponseWriter, _ *http.Request) {
	if s.hub.isAway() {
		w.WriteHeader(http.StatusServiceUnavailable)
		s.json(w, map[string]string{"status": "going away", "version": s.config.Version})
		return
	}
	s.json(w, map[string]string{"status": "ok", "version": s.config.Version})
}
