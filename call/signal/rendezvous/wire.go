package rendezvous

import (
	"context"
	"errors"
	"net"

	"parley/call"
)

// wire carries frames to a server and back: a WebSocket. Read and Write may be
// used by one goroutine each at the same time. Either ends the wire when its
// context does.
type wire interface {
	Read(ctx context.Context) (call.Frame, error)
	Write(ctx context.Context, f call.Frame) error
	// Ping asks for a sign of life while another goroutine reads.
	Ping(ctx context.Context) error
	Close() error
}

// connect opens a wire to a server, and says what the request says.
type connect func(ctx context.Context, origin string, r request) (wire, error)

// request is what is asked for with the same breath as the wire, which saves a
// round trip.
type request struct {
	join    string // a slot, as a guest; "": none
	session string // by what name; "": by the server's
	first   string // frames of that session; see call.EncodeFirstFrames
	// may is waited for when the server is reached and nothing is asked yet;
	// nil: nothing. An error of it gives the wire up.
	may func(ctx context.Context) error
}

// allowed closes a connection that may not be used.
func (r request) allowed(ctx context.Context, conn net.Conn) (net.Conn, error) {
	if r.may == nil {
		return conn, nil
	}
	if err := r.may(ctx); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}
