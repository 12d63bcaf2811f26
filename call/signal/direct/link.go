package direct

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"github.com/coder/websocket"

	"parley/call"
)

// link is one WebSocket. Messages are text frames of JSON.
type link struct {
	conn   *websocket.Conn
	tcp    net.Conn // below conn
	remote netip.AddrPort
	from   string
	once   sync.Once
	done   chan struct{} // closed by Close

	first     []call.Message // that came with the request and are not received yet; used by who receives
	saidFirst bool           // with this side's request
}

func newLink(conn *websocket.Conn, tcp net.Conn, remote netip.AddrPort, from string) *link {
	conn.SetReadLimit(call.MaxMessage)
	return &link{conn: conn, tcp: tcp, remote: remote, from: from, done: make(chan struct{})}
}

func (l *link) Send(ctx context.Context, m call.Message) error {
	data, err := m.Encode()
	if err != nil {
		return err
	}
	return l.explain(l.conn.Write(ctx, websocket.MessageText, data))
}

func (l *link) Receive(ctx context.Context) (call.Message, error) {
	if len(l.first) > 0 && !l.isClosed() && ctx.Err() == nil {
		m := l.first[0]
		l.first = l.first[1:]
		return m, nil
	}
	kind, data, err := l.conn.Read(ctx)
	if err != nil {
		return call.Message{}, l.explain(err)
	}
	if kind != websocket.MessageText {
		return call.Message{}, fmt.Errorf("%w: a binary frame", call.ErrMessage)
	}
	return call.DecodeMessage(data)
}

// explain gives the errors of call.Link to those of the WebSocket.
func (l *link) explain(err error) error {
	switch {
	case err == nil:
		return nil
	case l.isClosed(), errors.Is(err, net.ErrClosed), errors.Is(err, io.EOF),
		websocket.CloseStatus(err) == websocket.StatusNormalClosure,
		websocket.CloseStatus(err) == websocket.StatusGoingAway:
		return call.ErrLinkClosed
	case errors.Is(err, websocket.ErrMessageTooBig):
		return fmt.Errorf("%w: more than %d bytes", call.ErrMessage, call.MaxMessage)
	}
	return fmt.Errorf("the signalling connection was lost: %w", err)
}

func (l *link) isClosed() bool {
	select {
	case <-l.done:
		return true
	default:
		return false
	}
}

// SaidFirst satisfies call.FirstSayer.
func (l *link) SaidFirst() bool { return l.saidFirst }

func (l *link) Remote() netip.AddrPort { return l.remote }
func (l *link) From() string           { return l.from }

// Back satisfies call.Link: the machine at the other end, whatever port it
// called from.
func (l *link) Back(port int) string { return net.JoinHostPort(l.from, strconv.Itoa(port)) }

// Servers satisfies call.Link: nobody is in the middle.
func (l *link) Servers() []call.Server { return nil }

// closePatience is how long the other side may take to answer a close; the
// bye message has said everything before.
const closePatience = 100 * time.Millisecond

// Close says good-bye and closes. How a connection ends that is given up
// matters to nobody, so there is no error to tell.
func (l *link) Close() error {
	l.once.Do(func() {
		close(l.done)
		polite := make(chan struct{})
		go func() {
			defer close(polite)
			_ = l.conn.Close(websocket.StatusNormalClosure, "")
		}()
		timer := time.NewTimer(closePatience)
		defer timer.Stop()
		select {
		case <-polite:
		case <-timer.C:
			_ = l.tcp.Close() // ends the wait for the other side
			<-polite
		}
	})
	return nil
}
