package record

import "time"

// packet is what waits for a worker of the other side's tracks: an access
// unit, a packet of sound, or a sender report. Its data circulates with it.
type packet struct {
	report  bool
	data    []byte
	codec   string
	when    instant       // of data
	at      time.Duration // when it was captured, on the recording's clock
	arrived time.Duration
	rtp     uint32
	ntp     uint64 // of a report
	seq     uint16 // of a packet of sound
	lost    int    // packets missing before an access unit
	origin  bool   // the track's line of time begins with it
}

// notes writes down what a packet says beside its data.
func (p *packet) notes(t *track) {
	switch {
	case p.report:
		t.note(noteReport{"sr", p.ntp, p.rtp, p.arrived})
		return
	case p.origin:
		t.note(noteOrigin{"origin", p.rtp, p.at})
	}
	if p.lost > 0 {
		t.note(noteLoss{"loss", p.lost, p.at})
	}
}
