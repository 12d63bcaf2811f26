package rendezvous

import (
	"net/http"

	"github.com/coder/websocket"

	"parley/call"
)

// accept opens a WebSocket. Programs send no origin; a page has to be ours, or
// any page on the web could hold connections in its visitors' names.
func (s *Server) accept(w http.ResponseWriter, r *http.Request) {
	address := s.address(r)
	if reason := s.hub.reserve(address); reason != "" {
		s.figure.refused(reason)
		refuse(w, reason)
		return
	}
	if host := s.forwardedHost(r); host != "" {
		r.Host = host
	}
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{call.FrameProtocol}})
	if err == nil && conn.Subprotocol() != call.FrameProtocol {
		err = call.ErrFrame
		_ = conn.Close(websocket.StatusPolicyViolation, "speak "+call.FrameProtocol) // it is refused
	}
	if err != nil {
		s.hub.abandon(address)
		s.figure.refused(call.BadFrame)
		s.log.Debug("a connection was refused", "from", hide(address), "err", err)
		return
	}
	k := s.newSocket(conn, address)
	s.hub.connect(k.peer)
	joinAtOnce(s.hub, k, r)
	if !s.start(k.run) { // closed meanwhile
		k.cut()
		s.hub.disconnect(k.peer)
	}
}

// joinAtOnce takes a guest's first frame from the address that is asked for
// (/ws?join=SLOT): it saves them a round trip.
func joinAtOnce(h *hub, k *socket, r *http.Request) {
	if slot := r.URL.Query().Get("join"); slot != "" {
		k.spoke = true
		f := call.Frame{Type: call.Join, Slot: slot}
		if !call.IsSlot(slot) || !h.frame(k.peer, f) {
			k.send(call.Frame{Type: call.Failed, Reason: call.BadFrame})
			k.end(call.BadFrame)
		}
	}
}

// refuse answers before a WebSocket is opened.
func refuse(w http.ResponseWriter, reason call.FrameReason) {
	status := http.StatusTooManyRequests
	if reason == call.GoingAway {
		status = http.StatusServiceUnavailable
	}
	w.Header().Set("Retry-After", "1")
	http.Error(w, string(reason), status)
}
