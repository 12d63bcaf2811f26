package playout

import "parley/call"

const (
	maxPackets = 64   // 1.28 s in packets of 20 ms
	maxPayload = 1500 // bytes: no datagram carries more
	history    = 256  // packets remembered to know a duplicate
)

// packet is a received packet waiting for its time.
type packet struct {
	time    int64 // unwrapped RTP time of its first sample
	payload []byte
}

// queue holds packets in the order of their RTP time. All memory is made at
// the beginning.
type queue struct {
	packets []*packet // packets[:n] wait, the rest are free
	n       int

	started  bool
	sequence uint16 // newest
	time     int64  // of the newest, unwrapped
	recent   [history]mark
}

// mark names a packet that came.
type mark struct {
	set      bool
	sequence uint16
	time     uint32
}

func newQueue() queue {
	q := queue{packets: make([]*packet, maxPackets)}
	for i := range q.packets {
		q.packets[i] = &packet{payload: make([]byte, 0, maxPayload)}
	}
	return q
}

// seen notes a packet and says whether it was noted before.
func (q *queue) seen(sequence uint16, time uint32) bool {
	m := mark{true, sequence, time}
	slot := &q.recent[sequence%history]
	if *slot == m {
		return true
	}
	*slot = m
	return false
}

// unwrap gives the RTP time without its wrap at 2^32 (12 hours and a day), and
// whether the packet follows the newest so far. Both counters wrap: what
// counts is the signed distance (RFC 3550 appendix A.1).
func (q *queue) unwrap(sequence uint16, time uint32) (at int64, newer bool) {
	if !q.started {
		q.started, q.sequence, q.time = true, sequence, int64(time)
		return q.time, true
	}
	at = q.time + int64(int32(time-uint32(q.time)))
	newer = int16(sequence-q.sequence) > 0
	if newer {
		q.sequence, q.time = sequence, at
	}
	return at, newer
}

// rebase makes a packet the newest, whatever came before.
func (q *queue) rebase(sequence uint16, at int64) { q.sequence, q.time = sequence, at }

// put copies a packet to its place. When there is no room the oldest goes.
func (q *queue) put(in call.AudioPacket, at int64) {
	if q.n == len(q.packets) {
		q.drop()
	}
	p := q.packets[q.n]
	p.time = at
	p.payload = append(p.payload[:0], in.Payload...)
	i := q.n
	for ; i > 0 && q.packets[i-1].time > at; i-- {
		q.packets[i] = q.packets[i-1]
	}
	q.packets[i] = p
	q.n++
}

func (q *queue) len() int { return q.n }

// head is the packet that is played first, nil when none waits.
func (q *queue) head() *packet {
	if q.n == 0 {
		return nil
	}
	return q.packets[0]
}

// span is the time from the first to the last packet in samples.
func (q *queue) span() int64 {
	if q.n == 0 {
		return 0
	}
	return q.packets[q.n-1].time - q.packets[0].time
}

// drop removes the head.
func (q *queue) drop() {
	p := q.packets[0]
	copy(q.packets, q.packets[1:q.n])
	q.n--
	q.packets[q.n] = p
}

// clear forgets all packets.
func (q *queue) clear() { q.n = 0 }
