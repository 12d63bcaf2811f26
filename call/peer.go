package call

import "context"

// Peer is one peer connection: the transport of a call's media (JSEP, RFC
// 8829). Its methods are called by the session's goroutine alone.
type Peer interface {
	// Offer makes the description of this side, to be sent to the other.
	Offer(ctx context.Context) (sdp string, err error)
	// Draft makes the same before it is known which servers help this call: no
	// address is in it, and none is looked for until Gather. The addresses
	// that are found then are told one by one.
	Draft(ctx context.Context) (sdp string, err error)
	Gather(servers []Server) error
	// Take looks at the other side's offer, so that its candidates can be
	// added, and sends nothing yet: a call that rings gives nothing away.
	Take(offer string) error
	// Answer makes the answer to the offer taken; media may flow from then on.
	Answer(ctx context.Context) (sdp string, err error)
	// Accept takes the other side's answer to this side's offer.
	Accept(answer string) error
	// Restart makes an offer of new addresses for the same media (ICE restart,
	// RFC 8445 section 9). The path so far is given up with it. The other side
	// takes and answers it as it did the first.
	Restart(ctx context.Context) (sdp string, err error)
	AddCandidate(Candidate) error
	// Close ends the connection, waits for its goroutines, and is idempotent.
	Close() error
}

// PeerEvent is something that a Peer tells the session.
type PeerEvent struct {
	Kind      PeerEventKind
	Candidate Candidate // of PeerCandidate
}

// PeerEventKind says what happened.
type PeerEventKind int

// What a Peer tells.
const (
	PeerCandidate    PeerEventKind = iota // a local address was found
	PeerConnected                         // media flows, at first or again
	PeerDisconnected                      // nothing came for a while
	PeerMoved                             // the address that the path begins at is no longer this machine's
	PeerFailed                            // given up, or closed by the other side
)

// NewPeer makes a peer connection whose tracks are handed to media. servers
// help this one call to find its path, beside those that are always asked.
// notify is called from any goroutine and does not block.
type NewPeer func(media PeerMedia, servers []Server, notify func(PeerEvent)) (Peer, error)
