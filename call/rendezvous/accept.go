package rendezvous

import (
	"net/http"
	"strings"

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
	asked := r.URL.Query()
	slot, session := asked.Get("join"), asked.Get("session")
	if slot == "" {
		return
	}
	k.spoke = true
	first, err := call.DecodeFirstFrames(protocolsOf(r), session)
	f := call.Frame{Type: call.Join, Slot: slot, Session: session}
	if err != nil || !call.IsSlot(slot) || !h.joinSaying(k.peer, f, first) {
		k.send(call.Frame{Type: call.Failed, Reason: call.BadFrame})
		k.end(call.BadFrame)
	}
}

// protocolsOf are those that a request for a WebSocket names.
func protocolsOf(r *http.Request) (all []string) {
	for _, line := range r.Header.Values("Sec-WebSocket-Protocol") {
		for name := range strings.SplitSeq(line, ",") {
			all = append(all, strings.TrimSpace(name))
		}
	}
	return all
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
