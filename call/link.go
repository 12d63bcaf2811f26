package call

import (
	"context"
	"errors"
	"net/netip"
)

// ErrLinkClosed is returned by a Link after Close, by either side.
var ErrLinkClosed = errors.New("the signalling connection is closed")

// ErrBadAddress is what an address that cannot be dialled is answered with.
var ErrBadAddress = errors.New("not an address that can be called")

// ErrNobody is wrapped by a Dialer where the machine answers and says that no
// Parley takes calls there.
var ErrNobody = errors.New("nobody takes calls there")

// Link carries signalling messages between two sides, in order. Send and
// Receive may be used by one goroutine each at the same time.
type Link interface {
	Send(ctx context.Context, m Message) error
	// Receive waits for the next message. ErrMessage (wrapped) means that the
	// other side broke the protocol; ErrLinkClosed that the link is over; any
	// other error that it was lost.
	Receive(ctx context.Context) (Message, error)
	// Remote is the address that this side dialled, to be tried for media too;
	// invalid on the side that was called or where there is no such address.
	Remote() netip.AddrPort
	// From describes who is at the other end for a person ("192.168.1.7").
	From() string
	// Back is the address, for the Dialer of the same method, at which the
	// other side can be dialled when it takes calls on a port; "" where it
	// cannot. Over a rendezvous it is a place for this call alone, on the side
	// that dialled.
	Back(port int) string
	// Servers are those that the rendezvous of this link offers for the
	// media's path; nil where there is no rendezvous.
	Servers() []Server
	Close() error
}

// Dialer opens links to other sides.
type Dialer interface {
	// Dial connects to an address in the form that this method of reaching
	// people understands; ErrBadAddress (wrapped) where it does not.
	Dial(ctx context.Context, address string) (Link, error)
}

// Manner is how an address wants to be dialled. Without one, a dialling that
// takes long is begun again beside the first, and the offer is made meanwhile.
type Manner struct {
	Late   bool // the addresses of this side wait for the link, which tells servers
	Draft  bool // the offer waits for nothing: the dialler can say it first
	Steady bool // the dialler repeats by itself what was lost: one attempt at a time
	Once   bool // an attempt counts at the other end: there is one
}

// Mannered is a Dialer that has something to say about its addresses.
type Mannered interface {
	Dialer
	// Manner tells how an address is dialled, and whether it is for this
	// dialler at all. One that is, though damaged, is nobody else's.
	Manner(address string) (m Manner, mine bool)
}

// Listener waits for links from other sides.
type Listener interface {
	// Accept returns the next link; ErrLinkClosed after Close.
	Accept(ctx context.Context) (Link, error)
	Close() error
}
