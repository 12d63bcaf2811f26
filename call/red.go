package call

import "encoding/binary"

// RED (RFC 2198) carries packets of sound that went before once more beside a
// new one, so that what is lost comes with what follows:
//
//	F=1 type offset length  one header of 4 bytes for each packet of before,
//	F=0 type                one of a byte for the new packet, then all payloads
//
// The offset is how much earlier the packet's RTP time is, in 14 bits; the
// length has 10 bits.
const (
	redHeader    = 4
	redMostAgo   = 1<<14 - 1 // 341 ms at 48 kHz
	redMostBytes = 1<<10 - 1
	redMostSize  = 1100 // bytes of a payload: with all headers it fits any path
	redPast      = 8    // packets that a sender keeps
	redBlocks    = 8    // packets in a payload that a receiver reads
)

// REDPacker packs for one sending track. It is used by one goroutine and
// allocates only at first.
type REDPacker struct {
	past [redPast]redPacket
	n    int // packets kept so far
	buf  []byte
}

type redPacket struct {
	at      uint32
	payload []byte
}

// Pack returns a payload of the packets so many before (the farthest first)
// and of the new one, which is of an RTP payload type, and keeps the new one
// for later. Without any before it that fit, all the same it is RED. The result
// is valid until the next call.
func (r *REDPacker) Pack(payload []byte, at uint32, kind uint8, before []int) []byte {
	var chosen [redPast]*redPacket
	n, size := 0, 1+len(payload)
	for _, distance := range before {
		p := r.before(distance)
		if p == nil || !p.fits(at) || size+redHeader+len(p.payload) > redMostSize {
			continue
		}
		chosen[n] = p
		n++
		size += redHeader + len(p.payload)
	}
	r.buf = r.buf[:0]
	for _, p := range chosen[:n] {
		head := uint32(kind&0x7f|0x80)<<24 | (at-p.at)<<10 | uint32(len(p.payload))
		r.buf = binary.BigEndian.AppendUint32(r.buf, head)
	}
	r.buf = append(r.buf, kind&0x7f)
	for _, p := range chosen[:n] {
		r.buf = append(r.buf, p.payload...)
	}
	r.buf = append(r.buf, payload...)
	r.Keep(payload, at)
	return r.buf
}

// Keep notes a packet that is sent as it is, for later ones.
func (r *REDPacker) Keep(payload []byte, at uint32) {
	p := &r.past[r.n%redPast]
	p.at, p.payload = at, append(p.payload[:0], payload...)
	r.n++
}

// before is the packet so many before the next one, or nil.
func (r *REDPacker) before(distance int) *redPacket {
	if distance < 1 || distance > min(redPast, r.n) {
		return nil
	}
	return &r.past[(r.n-distance)%redPast]
}

func (p *redPacket) fits(at uint32) bool {
	ago := at - p.at
	return ago > 0 && ago <= redMostAgo && len(p.payload) > 0 && len(p.payload) <= redMostBytes
}
