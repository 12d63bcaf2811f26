package record

import (
	"fmt"
	"time"
)

// videoTrack writes access units of one codec as a track: from the first key
// frame on, with its changes of size noted.
type videoTrack struct {
	track         *track
	stream        stream
	width, height int
	buf           []byte
	waiting       bool // for a key frame, after a unit was left out
}

// newVideoTrack reports a codec that cannot be kept as the track's failure.
func newVideoTrack(h *host, id, who, codec string) *videoTrack {
	v := &videoTrack{track: newTrack(h, id, who, Video, codec), waiting: true}
	var err error
	v.stream, err = newStream(codec)
	v.track.fail(err)
	return v
}

// unit writes an access unit captured at the elapsed time at.
func (v *videoTrack) unit(at time.Duration, unit []byte) {
	if v.track.failed {
		return
	}
	block, key := v.stream.block(unit, v.buf)
	v.buf = block
	if len(block) == 0 || v.waiting && !key {
		return
	}
	v.waiting = false
	if key {
		v.keyFrame(at)
	}
	v.track.write(at, key, block)
}

func (v *videoTrack) keyFrame(at time.Duration) {
	if !v.track.begun() {
		v.track.begin(at, v.stream.header())
	}
	w, h, _ := v.stream.size()
	if w != v.width || h != v.height {
		v.width, v.height = w, h
		v.track.note(noteSize{"size", w, h, at})
	}
}

// numbered is id, with a number behind it from the second of its kind on.
func numbered(id string, n int) string {
	if n < 2 {
		return id
	}
	return fmt.Sprintf("%s-%d", id, n)
}
