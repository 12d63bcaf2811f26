package congestion

import "time"

// Target is what to send, and why.
type Target struct {
	Rate   int  // bit/s of everything on the wire
	Audio  int  // bit/s for the sound's encoder, redundancy included
	Video  int  // bit/s for the picture's encoder; 0: sound only
	Pacing int  // bit/s at which pictures may leave
	Hold   bool // no picture is to leave, nor to be made, until feedback comes

	Copies    int           // of each packet of a picture, to be sent without being asked for
	CopyAfter time.Duration // between them

	QueueDelay time.Duration // of the path's queue, as last seen
	RoundTrip  time.Duration // 0: not known yet
	Loss       float64       // share of the packets of the last second or so, 0 to 1
	Burst      float64       // packets lost in a row, on average; 1 where none was
	Received   int           // bit/s that arrived
	LimitedBy  Limit
}

// Limit says what keeps the rate where it is.
type Limit int

// What may limit the rate.
const (
	ByNothing     Limit = iota // the rate is at its maximum
	ByStart                    // nothing is known of the path yet
	ByApplication              // less is sent than allowed
	ByDelay                    // a queue built at a higher rate
	ByLoss                     // packets were lost at a higher rate
	ByFeedback                 // the other side fell silent
)

func (l Limit) String() string {
	switch l {
	case ByNothing:
		return "nothing"
	case ByStart:
		return "start"
	case ByApplication:
		return "application"
	case ByDelay:
		return "delay"
	case ByLoss:
		return "loss"
	default:
		return "no feedback"
	}
}

// Cluster is a burst of packets to send at once, to see how the path takes it.
type Cluster struct {
	ID      int // of the packets that are part of it; 0 is no cluster
	Rate    int // bit/s to send at
	Bytes   int // on the wire, at least
	Packets int // at least
}
