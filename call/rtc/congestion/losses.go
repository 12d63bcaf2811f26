package congestion

import (
	"math"
	"time"
)

// losses counts packets and the lost among them by their time of sending.
type losses struct {
	slots  [lossSlots]lossSlot
	newest int64
	begun  bool
	after  bool // the packet before was lost
}

type lossSlot struct{ packets, lost, bursts int }

const (
	lossSlotLength = 50 * time.Millisecond
	lossSlots      = 128 // a power of two: 6.4 s
)

func (l *losses) add(sentAt time.Duration, lost bool) {
	n := int64(sentAt / lossSlotLength)
	if !l.begun || n-l.newest >= lossSlots {
		*l = losses{begun: true, newest: n}
	}
	for l.newest < n {
		l.newest++
		l.slots[l.newest&(lossSlots-1)] = lossSlot{}
	}
	s := &l.slots[n&(lossSlots-1)]
	s.packets++
	if lost {
		s.lost++
		if !l.after {
			s.bursts++
		}
	}
	l.after = lost
}

// ratio is a share of lost packets and how sure it is.
type ratio struct {
	share   float64
	sigma   float64 // standard deviation that chance alone gives
	burst   float64 // mean length of what is lost in a row
	packets int
}

// since looks back from the newest packet to a time, and further until there
// are enough packets, but never past a limit.
func (l *losses) since(from, limit time.Duration, enough int) ratio {
	var sum lossSlot
	for n := l.newest; n > l.newest-lossSlots && l.begun; n-- {
		at := time.Duration(n) * lossSlotLength
		if at < limit || at < from && sum.packets >= enough {
			break
		}
		s := l.slots[n&(lossSlots-1)]
		sum.packets, sum.lost, sum.bursts = sum.packets+s.packets, sum.lost+s.lost, sum.bursts+s.bursts
	}
	return sum.ratio()
}

// ratio counts packets that are lost together as fewer witnesses.
func (s lossSlot) ratio() ratio {
	if s.packets == 0 {
		return ratio{}
	}
	n, p := float64(s.packets), float64(s.lost)/float64(s.packets)
	length := float64(s.lost) / float64(max(1, s.bursts))
	return ratio{share: p, burst: max(1, length), sigma: math.Sqrt(p * (1 - p) / n * max(1, 2*length-1)), packets: s.packets}
}
