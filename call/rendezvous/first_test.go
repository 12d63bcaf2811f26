package rendezvous

import (
	"strings"
	"testing"

	"github.com/coder/websocket"

	"parley/call"
	"parley/call/rendezvous/rendezvoustest"
)

// enter joins a slot with the request for the connection, names the session and
// says something at once.
func enter(t testing.TB, url, slot, session string, frames ...call.Frame) *program {
	t.Helper()
	protocols := []string{call.FrameProtocol}
	if first := call.EncodeFirstFrames(frames); first != "" {
		protocols = append(protocols, first)
	}
	p, err := rendezvoustest.DialWith(t, url+"/ws?join="+slot+"&session="+session, &websocket.DialOptions{Subprotocols: protocols})
	if err != nil {
		t.Fatal(err)
	}
	if p.Conn.Subprotocol() != call.FrameProtocol {
		t.Fatalf("speaks %q", p.Conn.Subprotocol())
	}
	return p
}

// mustHearFirst wants what enter said.
func mustHearFirst(t testing.TB, host *program, session string) {
	t.Helper()
	if f := host.Hear(call.Knock); f.Session != session {
		t.Fatalf("knocked as %q", f.Session)
	}
	for _, want := range sayings {
		if f := host.Hear(want.Type); f.Session != session || f.Body != want.Body {
			t.Fatalf("heard %+v", f)
		}
	}
}

var (
	sayings = []call.Frame{{Type: call.FrameType(call.Hello), Body: "aA"}, {Type: call.FrameType(call.Offer), Body: "bB-_"}}
	named   = strings.Repeat("N", call.LeastSessionLength)
)

// What a guest says with the request reaches the host behind the knock.
func TestGuestSaysAtOnce(t *testing.T) {
	_, url := open(t, Config{})
	host, slot := room(t, url, "mine")
	guest := enter(t, url, slot, named, sayings...)
	if f := guest.Hear(call.Joined); f.Session != named {
		t.Fatalf("joined %+v", f)
	}
	mustHearFirst(t, host, named)
	relayed(t, host, guest, call.Answer, named, "eE")
	relayed(t, guest, host, call.OK, named, "fF")
}

// While the host is not there it is kept, and nobody else hears it.
func TestWhatIsSaidFirstWaitsForTheHost(t *testing.T) {
	_, url := open(t, Config{})
	guest := enter(t, url, call.SlotOf("", "mine"), named, sayings...)
	guest.Hear(call.Waiting)
	host, _ := room(t, url, "mine")
	mustHearFirst(t, host, named)
	guest.Hear(call.Joined)
}

// It does so where the host is at another server.
func TestWhatIsSaidFirstCrossesServers(t *testing.T) {
	bus := new(slowMemory)
	_, here := open(t, Config{Bus: bus})
	_, there := open(t, Config{Bus: bus})
	host, slot := room(t, here, "mine")
	guest := enter(t, there, slot, named, sayings...)
	mustHearFirst(t, host, named)
	guest.Hear(call.Joined)
	thief := enter(t, here, slot, named, sayings...) // the name of another server's guest
	thief.Refused(call.BadFrame)
	_, elsewhere := open(t, Config{Bus: bus})
	other := enter(t, elsewhere, slot, named, sayings...)
	for f := other.HearAny(); ; f = other.HearAny() {
		if f.Type == call.Failed && f.Reason == call.NoSession {
			break
		}
		if f.Type != call.Waiting {
			t.Fatalf("heard %+v", f)
		}
	}
	relayed(t, host, guest, call.Answer, named, "eE") // the call goes on
}

// A session's name is one guest's, and nobody guesses it.
func TestSessionsAreNamedOnce(t *testing.T) {
	_, url := open(t, Config{})
	host, slot := room(t, url, "mine")
	guest := enter(t, url, slot, named)
	guest.Hear(call.Joined)
	host.Hear(call.Knock)
	for _, session := range []string{named, named[1:], "a", strings.Repeat("x", 200)} {
		thief := enter(t, url, slot, session, sayings...)
		thief.Refused(call.BadFrame)
	}
	relayed(t, host, guest, call.Answer, named, "eE")
	guest.Conn.CloseNow()
	host.Hear(call.Left)
	again := enter(t, url, slot, named) // it is nobody's now
	again.Hear(call.Joined)
}

func TestWhatIsNoFirstFrameIsRefused(t *testing.T) {
	_, url := open(t, Config{})
	_, slot := room(t, url, "mine")
	for _, word := range []string{"dance.aA", "hello", "join.aA", "hello.aA.offer"} {
		p, err := rendezvoustest.DialWith(t, url+"/ws?join="+slot+"&session="+named,
			&websocket.DialOptions{Subprotocols: []string{call.FrameProtocol, call.FirstFramesProtocol + word}})
		if err != nil {
			t.Fatal(err)
		}
		p.Refused(call.BadFrame)
		p.Ended()
	}
}
