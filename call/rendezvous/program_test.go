package rendezvous

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"parley/call"
)

// open is a server that everybody may open slots at.
func open(t *testing.T, c Config) (*Server, string) {
	t.Helper()
	c.Open = true
	return serve(t, c)
}

func serve(t *testing.T, c Config) (*Server, string) {
	t.Helper()
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s.Handler())
	t.Cleanup(func() {
		s.Close()
		web.Close()
	})
	return s, web.URL
}

// program is a connection of a host or a guest in a test.
type program struct {
	t    testing.TB
	conn *websocket.Conn
}

func connect(t testing.TB, url string) *program {
	t.Helper()
	p, err := connectErr(t, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func connectErr(t testing.TB, url string, header http.Header) (*program, error) {
	t.Helper()
	conn, _, err := websocket.Dial(context.Background(), "ws"+strings.TrimPrefix(url, "http")+"/ws",
		&websocket.DialOptions{Subprotocols: []string{call.FrameProtocol}, HTTPHeader: header})
	if err != nil {
		return nil, err
	}
	conn.SetReadLimit(call.MaxFrame)
	t.Cleanup(func() { conn.CloseNow() })
	return &program{t, conn}, nil
}

func (p *program) say(f call.Frame) {
	p.t.Helper()
	data, err := f.Encode()
	if err != nil {
		p.t.Fatal(err)
	}
	p.raw(data)
}

func (p *program) raw(data []byte) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := p.conn.Write(ctx, websocket.MessageText, data); err != nil {
		p.t.Fatal(err)
	}
}

// patience is for what must come.
const patience = 20 * time.Second

func (p *program) read() (call.Frame, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_, data, err := p.conn.Read(ctx)
	if err != nil {
		return call.Frame{}, err
	}
	return call.DecodeFrame(data)
}

// hear wants the next frame to be of a type.
func (p *program) hear(want call.FrameType) call.Frame {
	p.t.Helper()
	f, err := p.read()
	if err != nil {
		p.t.Fatalf("waiting for %q: %v", want, err)
	}
	if f.Type != want {
		p.t.Fatalf("heard %+v, want %q", f, want)
	}
	return f
}

// refused wants the next frame to be failed, for a reason.
func (p *program) refused(want call.FrameReason) {
	p.t.Helper()
	if f := p.hear(call.Failed); f.Reason != want {
		p.t.Fatalf("refused with %q, want %q", f.Reason, want)
	}
}

// ended wants the connection to be closed by the server.
func (p *program) ended() websocket.StatusCode {
	p.t.Helper()
	for {
		_, err := p.read()
		switch {
		case errors.Is(err, context.DeadlineExceeded):
			p.t.Fatal("the connection is still open")
		case err != nil:
			return websocket.CloseStatus(err)
		}
	}
}

// room opens the slot of a claim.
func room(t testing.TB, url, claim string) (*program, string) {
	t.Helper()
	host, slot := connect(t, url), call.SlotOf("", claim)
	host.say(call.Frame{Type: call.OpenSlot, Slot: slot, Claim: claim})
	host.hear(call.Opened)
	return host, slot
}

// visitor joins a slot that is open.
func visitor(t testing.TB, url, slot string, host *program) (guest *program, session string) {
	t.Helper()
	guest = connect(t, url)
	guest.say(call.Frame{Type: call.Join, Slot: slot})
	session = guest.hear(call.Joined).Session
	if knock := host.hear(call.Knock); knock.Session != session || knock.Slot != slot {
		t.Fatalf("the host heard %+v of session %s", knock, session)
	}
	return guest, session
}

// relayed sends one frame across.
func relayed(t testing.TB, from, to *program, kind call.MessageType, session, body string) {
	t.Helper()
	from.say(call.Frame{Type: call.FrameType(kind), Session: session, Body: body})
	if f := to.hear(call.FrameType(kind)); f.Session != session || f.Body != body {
		t.Fatalf("%+v came across", f)
	}
}

// setUp makes a call of a session.
func setUp(t testing.TB, host, guest *program, session string) {
	t.Helper()
	relayed(t, guest, host, call.Hello, session, "aA")
	relayed(t, guest, host, call.Offer, session, "bB")
	relayed(t, host, guest, call.Hello, session, "cC")
	relayed(t, host, guest, call.OK, session, "dD")
	relayed(t, host, guest, call.Answer, session, "eE")
	relayed(t, guest, host, call.OK, session, "fF")
}
