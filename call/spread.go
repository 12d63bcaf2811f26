package call

import (
	"slices"
	"time"
)

// spread keeps the last durations measured, for their percentiles.
type spread struct {
	values [4096]time.Duration
	n      int
}

func (s *spread) add(d time.Duration) {
	s.values[s.n%len(s.values)] = d
	s.n++
}

// percentiles returns the values below which the shares, 0 to 1, of all lie,
// or nil when there is none.
func (s *spread) percentiles(shares ...float64) []time.Duration {
	n := min(s.n, len(s.values))
	if n == 0 {
		return nil
	}
	sorted := slices.Clone(s.values[:n])
	slices.Sort(sorted)
	out := make([]time.Duration, len(shares))
	for i, share := range shares {
		out[i] = sorted[min(n-1, int(share*float64(n)))]
	}
	return out
}
