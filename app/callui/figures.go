package callui

import (
	"time"

	"parley/call"
)

// rate makes figures a second out of counters.
type rate struct {
	at                   time.Time
	shown, lost, packets uint64
	bytes                uint64
}

// figures compares the counters with those of the time before.
func (r *rate) figures(s call.MediaStats) Figures {
	now := rate{
		at: s.At, shown: s.Received.Shown, bytes: s.Received.VideoBytes,
		lost: s.Transport.Lost - min(s.Transport.Lost, s.Transport.Repaired), packets: s.Transport.PacketsReceived,
	}
	before := *r
	*r = now
	f := Figures{Width: s.Received.Width, Height: s.Received.Height, RoundTrip: s.Transport.RoundTrip}
	seconds := now.at.Sub(before.at).Seconds()
	if before.at.IsZero() || seconds <= 0 || now.shown < before.shown || now.packets < before.packets {
		return f
	}
	f.Valid = f.Width > 0
	f.FrameRate = float64(now.shown-before.shown) / seconds
	f.BitRate = 8 * float64(now.bytes-min(now.bytes, before.bytes)) / seconds
	lost := now.lost - min(now.lost, before.lost)
	if all := lost + now.packets - before.packets; all > 0 {
		f.Loss = float64(lost) / float64(all)
	}
	return f
}
