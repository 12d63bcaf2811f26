package exchange

import "fmt"

// lanes are tracks of one kind, of which each new one is begun where the
// others are taken.
type lanes struct {
	writer *otioWriter
	all    [][]any
	ends   []int64
}

// put lays something of so many frames onto lane k, at a frame of the film at
// which the lane is free, with a gap before it where there is one. A
// transition stands before it, where there is one.
func (l *lanes) put(k int, start, frames int64, what otio, transition any) {
	for len(l.all) <= k {
		l.all, l.ends = append(l.all, []any{}), append(l.ends, 0)
	}
	if gap := start - l.ends[k]; gap > 0 {
		l.all[k] = append(l.all[k], composed("Gap.1", "", l.writer.span(0, gap), nil))
	}
	if transition != nil {
		l.all[k] = append(l.all[k], transition)
	}
	l.all[k] = append(l.all[k], what)
	l.ends[k] = start + frames
}

// free is the first lane, from one on, on which nothing stands at a frame or
// after it.
func (l *lanes) free(from int, start int64) int {
	for k := from; k < len(l.ends); k++ {
		if l.ends[k] <= start {
			return k
		}
	}
	return max(from, len(l.ends))
}

// tracks are the lanes, each by its name.
func (l *lanes) tracks(kind, letter string) []any {
	var all []any
	for i, children := range l.all {
		all = append(all, composed("Track.1", fmt.Sprintf("%s%d", letter, i+1), nil, otio{"kind": kind, "children": children}))
	}
	return all
}
