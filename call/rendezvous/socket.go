package rendezvous

import (
	"context"
	"errors"
	"io"
	"syscall"
	"time"

	"github.com/coder/websocket"

	"parley/call"
)

// socket is one WebSocket. Its goroutine reads and ends with it.
type socket struct {
	server *Server
	conn   *websocket.Conn
	out    *outbox
	peer   *peer
	spoke  bool // it has said what it wants
	frames bucket
	bytes  bucket
	ctx    context.Context
	stop   context.CancelFunc
	alive  *time.Timer
}

func (s *Server) newSocket(conn *websocket.Conn, address string) *socket {
	l, now := s.config.Limits, time.Now()
	ctx, stop := context.WithCancel(s.ctx)
	k := &socket{
		server: s, conn: conn, ctx: ctx, stop: stop,
		frames: newBucket(float64(l.Rate), float64(l.Burst), now),
		bytes:  newBucket(float64(l.ByteRate), float64(l.ByteBurst), now),
	}
	k.out = &outbox{limit: l.Queue, all: &s.backlog, write: k.write, cut: k.cut, start: s.start}
	k.peer = newPeer(address, k.send, k.end)
	conn.SetReadLimit(int64(l.Frame))
	return k
}

// run reads until the connection ends, and then tells the hub.
func (k *socket) run() {
	defer k.server.hub.disconnect(k.peer)
	defer k.stop()
	silence := time.AfterFunc(k.server.config.Limits.Silence, k.cut)
	if k.spoke {
		silence.Stop()
	}
	defer silence.Stop()
	k.alive = time.AfterFunc(k.server.config.Limits.Ping, func() { k.server.start(k.ping) })
	defer k.alive.Stop()
	for {
		kind, data, err := k.conn.Read(k.ctx)
		if err != nil {
			k.ended(err)
			return
		}
		silence.Stop()
		if !k.took(kind, data) {
			k.drain()
			return
		}
	}
}

// took hands one frame to the hub; false ends the connection.
func (k *socket) took(kind websocket.MessageType, data []byte) bool {
	now := time.Now()
	if !k.frames.take(1, now) || !k.bytes.take(float64(len(data)), now) {
		return k.refuse(call.TooFast)
	}
	f, err := call.DecodeFrame(data)
	if kind != websocket.MessageText || err != nil {
		return k.refuse(call.BadFrame)
	}
	if !k.server.hub.frame(k.peer, f) {
		k.end(call.BadFrame)
		return false
	}
	return true
}

func (k *socket) refuse(reason call.FrameReason) bool {
	k.server.figure.refused(reason)
	k.send(call.Frame{Type: call.Failed, Reason: reason})
	k.end(reason)
	return false
}

// drain waits for what is still to be written, and takes no more in.
func (k *socket) drain() {
	for {
		if _, _, err := k.conn.Read(k.ctx); err != nil {
			return
		}
	}
}

// ended says whether the other end let go of the connection, or it is merely
// not heard any more: who has a call with it waits for it then.
func (k *socket) ended(err error) {
	if websocket.CloseStatus(err) == -1 && !errors.Is(err, io.EOF) && !errors.Is(err, syscall.ECONNRESET) {
		k.peer.why = call.Silent
	}
	if errors.Is(err, websocket.ErrMessageTooBig) {
		k.server.figure.refused(call.BadFrame)
	}
	_ = k.conn.CloseNow() // it is over, however
}

// send queues a frame; it never waits.
func (k *socket) send(f call.Frame) {
	data, err := f.Encode()
	if err != nil {
		k.server.config.Log.Error("a frame cannot be sent", "type", f.Type, "err", err)
		return
	}
	if !k.out.put(data) {
		k.server.figure.slow()
	}
}

func (k *socket) write(data []byte) error {
	ctx, cancel := context.WithTimeout(k.ctx, k.server.config.Limits.Write)
	defer cancel()
	return k.conn.Write(ctx, websocket.MessageText, data)
}

// end closes the connection once what it is still to be told is written.
func (k *socket) end(reason call.FrameReason) {
	status := websocket.StatusPolicyViolation
	if reason == call.GoingAway {
		status = websocket.StatusGoingAway
	}
	k.out.finish(func() {
		_ = k.conn.Close(status, string(reason)) // one that does not answer is cut off
		k.stop()
	})
}

// cut ends the connection at once.
func (k *socket) cut() {
	k.stop()
	_ = k.conn.CloseNow() // nobody is left to be told
}

// ping asks for a sign of life, and again until there is none.
func (k *socket) ping() {
	ctx, cancel := context.WithTimeout(k.ctx, k.server.config.Limits.Write)
	defer cancel()
	if k.conn.Ping(ctx) != nil {
		k.cut()
		return
	}
	k.alive.Reset(k.server.config.Limits.Ping)
}
