package rtc

import (
	"log/slog"
	"testing"

	"github.com/pion/webrtc/v4"

	"parley/call"
)

// What a rendezvous tells wrongly keeps no call from being made.
func TestServersThatAreNone(t *testing.T) {
	always := Config{Servers: func() []call.Server { return []call.Server{{URL: "stun:a.example"}} }}
	cfg := always.with([]call.Server{
		{URL: "turn:b.example?transport=tcp", Username: "ann", Credential: "secret"},
		{URL: "turn:c.example"}, {URL: "http://d.example"}, {URL: ""}, {URL: "stun:"}, {URL: "turns:e.example:5349", Username: "ann", Credential: "s"},
	})
	got := iceServers(cfg.Servers(), slog.New(slog.DiscardHandler))
	if len(got) != 3 || got[0].URLs[0] != "stun:a.example" || got[1].Username != "ann" || got[2].URLs[0] != "turns:e.example:5349" {
		t.Fatalf("got %+v", got)
	}
	pc, err := webrtc.NewPeerConnection(webrtc.Configuration{ICEServers: got})
	if err != nil {
		t.Fatal(err)
	}
	if err := pc.Close(); err != nil {
		t.Error(err)
	}
	many := make([]call.Server, 3*maxServers)
	for i := range many {
		many[i].URL = "stun:a.example"
	}
	if got := iceServers(many, slog.New(slog.DiscardHandler)); len(got) != maxServers {
		t.Errorf("%d servers are asked", len(got))
	}
	if n := len(always.with(nil).Servers()); n != 1 {
		t.Errorf("without further ones there are %d", n)
	}
}
