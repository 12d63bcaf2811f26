// Package rendezvous reaches people who know no address of each other: over a
// server at which one keeps slots open (Room) and the other joins one of them
// (Dialer), by a link or by a spoken code. What they say to each other there is
// sealed; see package seal, and call.Frame for what the server understands.
//
//	Dialer ── join ──> server <── open, over one WebSocket ── Room ──> Accept
//	  └── link: sealed messages, passed on by the server ── link ──┘
//
// A Room owns one goroutine that keeps it connected, and for each connection
// one that reads and one that writes. A connection that the server is about to
// end lives on for the calls that are talked over on it.
package rendezvous
