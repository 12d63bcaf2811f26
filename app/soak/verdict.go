package main

import (
	"fmt"
	"io"
	"math"
	"time"
)

// row is both processes, Ann and Bob, at one moment.
type row struct {
	at time.Duration
	of [2]sample
}

const heading = "| min | Ann: MB | goroutines | handles | lips, ms | pictures/s | Bob: MB | goroutines | handles | lips, ms | pictures/s |\n" +
	"| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"

func (r row) String() string {
	s := fmt.Sprintf("| %.1f |", r.at.Minutes())
	for _, o := range r.of {
		s += fmt.Sprintf(" %.1f | %d | %d | %+.0f | %.1f |", float64(o.memory)/1e6, o.goroutines, o.handles, o.lips, o.shown)
	}
	return s
}

// What may be at the end against earlier.
const (
	settle     = 5 * time.Minute // memory may grow until then
	mostGrowth = 5e6             // bytes after it
	mostLips   = 45.0            // ms
	begun      = time.Minute     // goroutines and handles of a call are all there
)

// verdict is how far the figures of each process grew.
type verdict [2]struct {
	memory              int64
	goroutines, handles int
	lips                float64
}

// judge compares the end with the beginning, that comes sooner in a call of
// less than twenty minutes. Of several rows the lowest counts: what is there
// for a moment only, such as what waits for the collector, does not grow.
func judge(rows []row, length time.Duration) (v verdict) {
	scale := func(d time.Duration) time.Duration {
		return min(d, time.Duration(float64(length)*float64(d)/float64(20*time.Minute)))
	}
	settled, first := since(rows, scale(settle)), since(rows, scale(begun))
	last := rows[max(0, len(rows)-lowest):]
	for i := range v {
		end := low(last, i)
		v[i].memory = end.memory - low(settled[:min(lowest, len(settled))], i).memory
		v[i].goroutines = end.goroutines - first[0].of[i].goroutines
		v[i].handles = end.handles - first[0].of[i].handles
		v[i].lips = last[len(last)-1].of[i].lips
	}
	return v
}

// lowest is of how many rows the lowest counts.
const lowest = 5

// low is the lowest of some rows.
func low(rows []row, i int) sample {
	s := rows[0].of[i]
	for _, r := range rows[1:] {
		s.memory = min(s.memory, r.of[i].memory)
		s.goroutines = min(s.goroutines, r.of[i].goroutines)
		s.handles = min(s.handles, r.of[i].handles)
	}
	return s
}

// since is the rows from a time on, the last one at least.
func since(rows []row, at time.Duration) []row {
	for i, r := range rows {
		if r.at >= at {
			return rows[i:]
		}
	}
	return rows[len(rows)-1:]
}

// print says how each process did, and whether all is well.
func (v verdict) print(w io.Writer) bool {
	all := true
	for i, name := range [2]string{"Ann", "Bob"} {
		p := v[i]
		good := p.memory <= mostGrowth && p.goroutines <= 0 && p.handles <= 0 && math.Abs(p.lips) <= mostLips
		all = all && good
		fmt.Fprintf(w, "%s: memory %+.1f MB since it settled, goroutines %+d, handles %+d, lips %+.0f ms at the end: %s\n",
			name, float64(p.memory)/1e6, p.goroutines, p.handles, p.lips, map[bool]string{true: "good", false: "NOT GOOD"}[good])
	}
	return all
}
