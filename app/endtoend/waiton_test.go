//go:build endtoend

package endtoend

import (
	"context"
	"testing"

	"github.com/pion/webrtc/v4"

	"parley/call"
	"parley/call/signal/rendezvous"
)

// A caller has the right code and is gone before a call comes of it: the code is
// used up, another is made, and the next caller is talked to.
func TestACallerWhoIsNotPutThrough(t *testing.T) {
	_, server := serving(t)
	bob, _ := answering(t, append(silent, "--code", "--server", server)...)
	code, next := bob.telling(aCode, 0)
	carol := offers(t, code[1], offer(t))
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for said := (call.Message{}); said.Type != call.Answer; {
		var err error
		if said, err = carol.Receive(ctx); err != nil {
			t.Fatalf("Bob does not answer: %v", err)
		}
	}
	if err := carol.Send(t.Context(), call.Message{Type: call.Bye, Session: session, Reason: call.HungUp}); err != nil {
		t.Fatal(err)
	}
	if err := carol.Close(); err != nil {
		t.Error(err)
	}
	bob.saying("still waiting for a call")
	again, next := bob.telling(aCode, next)
	dave := offers(t, again[1], "v=0") // of which no call can come
	defer dave.Close()
	bob.saying("used the code and did not call")
	again, _ = bob.telling(aCode, next)
	talksTo(t, again[1], bob)
}

const session = "a-session-of-a-caller"

// offers dials a code and makes an offer.
func offers(t *testing.T, code, sdp string) call.Link {
	t.Helper()
	link, err := rendezvous.Dialer{}.Dial(t.Context(), code)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []call.Message{
		{Type: call.Hello, Version: call.ProtocolVersion, Name: "Carol"},
		{Type: call.Offer, Session: session, SDP: sdp},
	} {
		if err := link.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	return link
}

// offer is what a caller's browser would offer, of whom no more is heard.
func offer(t *testing.T) string {
	t.Helper()
	pc, err := webrtc.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pc.Close() })
	for _, kind := range []webrtc.RTPCodecType{webrtc.RTPCodecTypeAudio, webrtc.RTPCodecTypeVideo} {
		if _, err := pc.AddTransceiverFromKind(kind); err != nil {
			t.Fatal(err)
		}
	}
	d, err := pc.CreateOffer(nil)
	if err != nil {
		t.Fatal(err)
	}
	return d.SDP
}
