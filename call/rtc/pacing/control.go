package pacing

import "time"

// Controller decides how fast to send. Its methods are called from several
// goroutines, and return quickly.
type Controller interface {
	// Sent tells of a packet that leaves now: its transport-wide sequence
	// number, its bytes on the wire, and the ID of its cluster or 0.
	Sent(seq uint16, size, cluster int, now time.Time)
	// Feedback takes one RTCP packet that may be transport-wide feedback.
	Feedback(packet []byte, now time.Time)
	// Orders is asked every 25 ms or so, and after each feedback.
	Orders(now time.Time) Orders
}

// Orders are what to do until the next ones.
type Orders struct {
	Rate      int           // bit/s on the wire at which pictures leave
	Hold      bool          // no picture leaves; repairs do
	Copies    int           // of each picture's packet, sent unasked
	CopyAfter time.Duration // later, and one after the other
	Cluster   Cluster
}

// Cluster is a burst to send now, in a given order once; ID 0 is none.
type Cluster struct {
	ID, Rate, Bytes, Packets int // bit/s, and at least so much
}

// Drops counts packets that were given up because they waited too long.
type Drops struct {
	Video, Repair int
}
