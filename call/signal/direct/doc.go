// Package direct reaches another Parley by its address alone: the callee
// serves a WebSocket itself, and no third machine takes part. TCP carries the
// signalling and UDP of the same number the media, so that one forwarded port
// is enough; where UDP is blocked, TCP carries both.
package direct

// DefaultPort is the port of signalling (TCP) and media (UDP): the letters
// ARLEY on a telephone's keys.
const DefaultPort = 27539

// path and protocol name the service, so that a call to something else that
// happens to speak HTTP is refused at once.
const (
	path     = "/parley"
	protocol = "parley.v1"
)

// firstHeader carries the caller's first messages with the request for the
// WebSocket; see call.First.
const firstHeader = "Parley-First"
