package record

import "time"

// unitQueue is how many access units may wait for the disk, maxUnit how many
// bytes one may have.
const (
	unitQueue = 128
	maxUnit   = 4 << 20
)

// themVideo writes the other side's picture as it was received. Where the
// codec changes in mid call, a new track goes on.
type themVideo struct {
	host   *host
	id     string // of the first track
	clock  *remoteClock
	in     *queue[packet]
	pkt    packet
	out    *videoTrack
	tracks int    // begun, the present one included
	idle   *track // gathers the notes that come before the first frame
}

func newThemVideo(h *host, clock *remoteClock, id string) *themVideo {
	return &themVideo{host: h, id: id, clock: clock, in: newQueue[packet](unitQueue), idle: newTrack(h, id, Them, Video, "")}
}

func (v *themVideo) wake() <-chan struct{} { return v.in.wake }

func (v *themVideo) drain() {
	for {
		dropped, ok := v.in.take(&v.pkt)
		if !ok {
			return
		}
		if !v.pkt.report {
			v.fit(v.pkt.codec)
			v.pkt.at = v.clock.place(true, v.pkt.when)
		}
		if dropped > 0 {
			v.missed(dropped, v.pkt.arrived)
		}
		v.pkt.notes(v.track())
		if !v.pkt.report && v.pkt.at >= 0 {
			v.out.unit(v.pkt.at, v.pkt.data)
		}
	}
}

// missed notes units left out, after which nothing can be shown until the next
// key frame.
func (v *themVideo) missed(n int, at time.Duration) {
	v.track().note(noteDropped{"dropped", n, droppedBusy, at})
	if v.out != nil {
		v.out.waiting = true
	}
}

// fit makes the track for a codec. Another codec in mid call gets a track of
// its own; notes that no track has taken yet go along.
func (v *themVideo) fit(codec string) {
	if v.out != nil && v.out.track.entry.Codec == codec {
		return
	}
	var notes []byte
	if !v.track().begun() {
		notes = v.track().timing.pending
	}
	if v.tracks == 0 || v.out.track.begun() {
		v.tracks++
	}
	v.track().end()
	v.out = newVideoTrack(v.host, numbered(v.id, v.tracks), Them, codec)
	v.out.track.timing.pending = notes
}

// track is where notes go.
func (v *themVideo) track() *track {
	if v.out == nil {
		return v.idle
	}
	return v.out.track
}

func (v *themVideo) tick() { v.track().tick() }

func (v *themVideo) end() { v.track().end() }
