package rendezvous

import (
	"context"

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

// connect opens a wire to a server, and joins a slot with the same breath where
// one is named.
type connect func(ctx context.Context, origin, join string) (wire, error)
