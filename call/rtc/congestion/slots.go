package congestion

import "time"

// slots counts bytes in slots of time; the newest second or so is kept.
type slots struct {
	bytes  [slotCount]int64
	newest int64 // number of the newest slot
	oldest int64 // nothing was counted before it
	begun  bool
}

const (
	slotLength = 10 * time.Millisecond
	slotCount  = 128 // a power of two
)

func slotOf(at time.Duration) int64 { return int64(at / slotLength) }

func (s *slots) add(at time.Duration, bytes int) {
	n := slotOf(at)
	switch {
	case !s.begun || n-s.newest >= 10*slotCount:
		*s = slots{begun: true, newest: n, oldest: n}
	case n <= s.newest-slotCount:
		return // too late to matter
	}
	for s.newest < n {
		s.newest++
		s.bytes[s.newest&(slotCount-1)] = 0
	}
	s.bytes[n&(slotCount-1)] += int64(bytes)
}

// rate returns bit/s over the window that ends with at, or with the newest
// slot where at is before it. It is 0 while nothing is known.
func (s *slots) rate(at, window time.Duration) float64 {
	if !s.begun {
		return 0
	}
	end := max(slotOf(at), s.newest)
	span := min(int64(window/slotLength), end-s.oldest+1, slotCount)
	return float64(s.sum(end-span+1, end)*8) / (time.Duration(span) * slotLength).Seconds()
}

func (s *slots) sum(from, to int64) (bytes int64) {
	for n := max(from, s.newest-slotCount+1, s.oldest); n <= min(to, s.newest); n++ {
		bytes += s.bytes[n&(slotCount-1)]
	}
	return bytes
}
