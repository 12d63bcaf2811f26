// Package rendezvous is the server at which two sides meet that know no address
// of each other: hosts keep slots open over a WebSocket, guests join them, and
// what either sends (sealed: the server cannot read it) is passed to the other.
// It also serves the guest page. See call.Frame for what is said on the wire.
//
//	socket ── frame ──> hub ── note ──> bus ── note ──> hub ── frame ──> socket
//	(reads, limits)     (slots, visits)  (memory, NATS)  (maybe another server's)
//
// A socket's goroutine reads; what it is sent waits in a bounded outbox that a
// second goroutine empties while there is something in it. The hub's state is
// guarded by one lock, under which nothing waits. Server.Close ends all of them
// and waits.
package rendezvous
