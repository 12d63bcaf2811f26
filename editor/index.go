package editor

import (
	"errors"
	"fmt"
	"slices"
)

// ErrIndex is what a list of packets that nothing can be copied by is refused
// with.
var ErrIndex = errors.New("the packets cannot be copied")

// MaxPackets bounds an Index: nine hours of 60 pictures a second.
const MaxPackets = 1 << 21

// Packet is one compressed picture of a stream.
type Packet struct {
	At     int64 // when it is shown, in ticks on the file's clock
	Size   int32 // bytes, as ffmpeg hands it over
	Entry  bool  // an IDR picture: decoding can begin here, and nothing after it leans on anything before
	Hidden bool  // is decoded and not shown: it stands before an edit list begins
}

// Index is the packets of a video stream in the order of decoding. It is
// immutable and may be shared.
type Index struct {
	Tick    Time // how long a tick lasts
	Packets []Packet

	entries []int // the places of the entries in Packets
}

// NewIndex takes the packets over. ErrIndex where nothing can be copied by
// them: there are too many, none can be entered at, or their times go back.
func NewIndex(tick Time, packets []Packet) (*Index, error) {
	switch {
	case tick.Cmp(Time{}) <= 0:
		return nil, fmt.Errorf("%w: a tick of %s s", ErrIndex, tick)
	case len(packets) > MaxPackets:
		return nil, fmt.Errorf("%w: there are more than %d", ErrIndex, MaxPackets)
	}
	x := &Index{Tick: tick, Packets: packets}
	for i, p := range packets {
		if !p.Entry {
			continue
		}
		if n := len(x.entries); n > 0 && p.At <= packets[x.entries[n-1]].At {
			return nil, fmt.Errorf("%w: packet %d is shown before an earlier key frame", ErrIndex, i)
		}
		x.entries = append(x.entries, i)
	}
	if len(x.entries) == 0 {
		return nil, fmt.Errorf("%w: none of them can be begun with", ErrIndex)
	}
	return x, nil
}

// Time is when a packet is shown, on the file's clock.
func (x *Index) Time(p Packet) Time {
	return Frames(p.At, Ratio{x.Tick.Den(), x.Tick.Num()})
}

// entryBefore is the number of the last entry that is shown at or before a
// time; 0 where there is none.
func (x *Index) entryBefore(at Time) int {
	n, found := slices.BinarySearchFunc(x.entries, at, func(i int, at Time) int { return x.Time(x.Packets[i]).Cmp(at) })
	if found {
		return n
	}
	return max(n-1, 0)
}

// deepest bounds how many pictures may be decoded before one that is shown
// earlier; H.264 allows 16.
const deepest = 64

// Nearest is the time of the picture that is shown nearest to a moment, the
// later of two; false where all are more than half a frame away, with an
// eighth for times that were rounded.
func (x *Index) Nearest(at Time, rate Ratio) (Time, bool) {
	best, found := Time{}, false
	off := Frames(5, rate).Div(Ratio{8, 1})
	later := 0
	for _, p := range x.Packets[x.entries[max(x.entryBefore(at)-1, 0)]:] {
		t := x.Time(p)
		d := t.Sub(at)
		if d.Cmp(Time{}) > 0 {
			later++
		} else {
			later, d = 0, Time{}.Sub(d)
		}
		if c := d.Cmp(off); !p.Hidden && (c < 0 || c == 0 && (!found || t.Cmp(best) > 0)) {
			best, off, found = t, d, true
		}
		if later > deepest {
			break
		}
	}
	return best, found
}
