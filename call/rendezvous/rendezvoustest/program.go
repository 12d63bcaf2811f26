// Package rendezvoustest speaks to a rendezvous as programs do, for tests. It
// knows the wire and no server, so any may be asked.
package rendezvoustest

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"parley/call"
)

// patience is for what must come.
const patience = 20 * time.Second

// Program is one connection, of a host or a guest.
type Program struct {
	t    testing.TB
	Conn *websocket.Conn
}

// Connect opens one to a server's URL.
func Connect(t testing.TB, url string) *Program {
	t.Helper()
	p, err := Dial(t, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Dial opens one that may be refused.
func Dial(t testing.TB, url string, header http.Header) (*Program, error) {
	t.Helper()
	return DialWith(t, url+"/ws", &websocket.DialOptions{Subprotocols: []string{call.FrameProtocol}, HTTPHeader: header})
}

// DialWith opens one by the whole URL.
func DialWith(t testing.TB, url string, o *websocket.DialOptions) (*Program, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, "ws"+strings.TrimPrefix(url, "http"), o)
	if err != nil {
		return nil, err
	}
	conn.SetReadLimit(call.MaxFrame)
	t.Cleanup(func() { conn.CloseNow() })
	return &Program{t, conn}, nil
}

// Say sends one frame.
func (p *Program) Say(f call.Frame) {
	p.t.Helper()
	data, err := f.Encode()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := p.Raw(data); err != nil {
		p.t.Fatal(err)
	}
}

// Raw sends what may be no frame.
func (p *Program) Raw(data []byte) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return p.Conn.Write(ctx, websocket.MessageText, data)
}

// Read returns the next frame.
func (p *Program) Read() (call.Frame, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_, data, err := p.Conn.Read(ctx)
	if err != nil {
		return call.Frame{}, err
	}
	return call.DecodeFrame(data)
}

// HearAny wants a frame.
func (p *Program) HearAny() call.Frame {
	p.t.Helper()
	f, err := p.Read()
	if err != nil {
		p.t.Fatalf("waiting for anything: %v", err)
	}
	return f
}

// Hear wants the next frame to be of a type.
func (p *Program) Hear(want call.FrameType) call.Frame {
	p.t.Helper()
	f, err := p.Read()
	if err != nil {
		p.t.Fatalf("waiting for %q: %v", want, err)
	}
	if f.Type != want {
		p.t.Fatalf("heard %+v, want %q", f, want)
	}
	return f
}

// Refused wants the next frame to be failed, for a reason.
func (p *Program) Refused(want call.FrameReason) {
	p.t.Helper()
	if f := p.Hear(call.Failed); f.Reason != want {
		p.t.Fatalf("refused with %q, want %q", f.Reason, want)
	}
}

// Ended wants the server to close the connection, whatever it says before.
func (p *Program) Ended() websocket.StatusCode {
	p.t.Helper()
	for {
		_, err := p.Read()
		switch {
		case errors.Is(err, context.DeadlineExceeded):
			p.t.Fatal("the connection is still open")
		case err != nil:
			return websocket.CloseStatus(err)
		}
	}
}
