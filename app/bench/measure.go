package main

import (
	"fmt"
	"math"
	"os"
	"slices"
	"time"

	"parley/call"
)

// measure is one line of the table; its value may be missing (NaN).
type measure struct {
	name, unit string
	value      float64
	of         func(t *talk, r *row, s *source) float64
}

// never stands for what did not happen or could not be measured.
var never = math.NaN()

// usualMeasures are taken of every call.
var usualMeasures = []measure{
	{name: setUp, unit: "ms", of: func(t *talk, _ *row, _ *source) float64 {
		if len(t.ends[0].shown) == 0 {
			return never
		}
		return millis(t.ends[0].shown[0].at.Sub(t.dialled))
	}},
	{name: fullAfter, unit: "ms", of: func(t *talk, _ *row, _ *source) float64 {
		return t.since(t.dialled, func(p []shown) (time.Time, bool) { return fullFrom(p, t.dialled) })
	}},
	{name: perSecond, unit: "", of: eachMean(func(t *talk, e *talkEnd) float64 {
		pics := e.fresh()
		if len(pics) == 0 {
			return 0
		}
		return float64(len(pics)) / t.ended.Sub(pics[0].at).Seconds()
	})},
	{name: "mean height", unit: "px", of: eachMean(func(_ *talk, e *talkEnd) float64 {
		sum := 0.0
		for _, p := range e.shown {
			sum += float64(p.h)
		}
		return sum / float64(len(e.shown))
	})},
	{name: freezeCount, unit: "", of: func(t *talk, _ *row, _ *source) float64 {
		if len(t.ends[0].shown) == 0 || len(t.ends[1].shown) == 0 {
			return never // nothing that could have frozen
		}
		return float64(freezes(t.ends[0].fresh()) + freezes(t.ends[1].fresh()))
	}},
	{name: longestGap, unit: "ms", of: func(t *talk, _ *row, _ *source) float64 {
		return millis(max(t.ends[0].longest(t), t.ends[1].longest(t)))
	}},
	{name: "picture latency p50", unit: "ms", of: func(t *talk, _ *row, _ *source) float64 { return quantile(t.pictureLatency(), 0.5) }},
	{name: pictureP95, unit: "ms", of: func(t *talk, _ *row, _ *source) float64 { return quantile(t.pictureLatency(), 0.95) }},
	{name: similar, unit: "", of: func(t *talk, _ *row, s *source) float64 { return t.similarity(s) }},
	{name: soundP50, unit: "ms", of: eachMean(func(_ *talk, e *talkEnd) float64 { return e.sound[0] })},
	{name: "sound latency p95", unit: "ms", of: eachMean(func(_ *talk, e *talkEnd) float64 { return e.sound[1] })},
	{name: concealed, unit: "%", of: func(t *talk, _ *row, _ *source) float64 {
		a, b := t.ends[0], t.ends[1]
		return 100 * float64(a.concealed+b.concealed) / float64(a.played+b.played)
	}},
	{name: "sent by one end", unit: "kbit/s", of: eachMean(func(_ *talk, e *talkEnd) float64 { return e.sent / 1000 })},
	{name: cpuUse, unit: "% of a core", of: eachMean(func(_ *talk, e *talkEnd) float64 { return 100 * e.busy })},
	{name: "CPU of all else on this machine", unit: "% of a core", of: func(t *talk, _ *row, _ *source) float64 { return 100 * t.others }},
}

// settled is how long after a fall of the rate the queue should be short.
const settled = 2 * time.Second

// dropMeasures are of the rate that falls and comes back.
var dropMeasures = []measure{
	{name: backAfterFall, unit: "ms", of: func(t *talk, _ *row, _ *source) float64 {
		most := t.latencyBefore(0) + 400*time.Millisecond
		return t.since(t.steps[0], func(p []shown) (time.Time, bool) { return smoothFrom(p, t.steps[0], most) })
	}},
	{name: queueDelay, unit: "ms", of: func(t *talk, _ *row, _ *source) float64 {
		most := 0.0
		for i := range t.ends {
			all := latencies(between(t.ends[i].fresh(), t.steps[0].Add(settled), t.steps[1]))
			if len(all) == 0 {
				return never // nothing came through
			}
			most = max(most, millis(slices.Max(all)-t.latencyBefore(0)))
		}
		return most
	}},
	{name: fullAgain, unit: "ms", of: func(t *talk, _ *row, _ *source) float64 {
		return t.since(t.steps[1], func(p []shown) (time.Time, bool) { return fullFrom(p, t.steps[1]) })
	}},
}

// cutMeasures are of the link that goes and comes back.
var cutMeasures = []measure{
	{name: backAfterCut, unit: "ms", of: func(t *talk, r *row, _ *source) float64 {
		back := t.steps[len(t.steps)-1]
		return t.since(back, func(p []shown) (time.Time, bool) { return firstDrawnAfter(p, back) })
	}},
	{name: sameCall, unit: "", of: func(t *talk, _ *row, _ *source) float64 {
		if t.lost {
			return 0
		}
		return 1
	}},
}

// wanted are the measures that a row asks for.
func wanted(r *row) []measure {
	all := usualMeasures
	if r.has(change) {
		all = slices.Concat(all, dropMeasures)
	}
	if r.has(cut) || r.has(readdress) {
		all = slices.Concat(all, cutMeasures)
	}
	return slices.Clone(all)
}

// measured takes every measure that the row asks for.
func (t *talk) measured(r *row, s *source) []measure {
	all := wanted(r)
	for i := range all {
		all[i].value = all[i].of(t, r, s)
	}
	return all
}

// since is how long after a time something was true at both ends.
func (t *talk) since(from time.Time, find func([]shown) (time.Time, bool)) float64 {
	worst := 0.0
	for i := range t.ends {
		at, ok := find(t.ends[i].fresh())
		if !ok {
			return never
		}
		worst = max(worst, millis(at.Sub(from)))
	}
	return worst
}

func (t *talk) pictureLatency() []time.Duration {
	return append(latencies(t.ends[0].fresh()), latencies(t.ends[1].fresh())...)
}

// latencyBefore is the usual latency in the 5 s before a step.
func (t *talk) latencyBefore(step int) time.Duration {
	var all []time.Duration
	for i := range t.ends {
		all = append(all, latencies(between(t.ends[i].fresh(), t.steps[step].Add(-5*time.Second), t.steps[step]))...)
	}
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// similarity is the mean SSIM of the sampled pictures, enlarged to the
// source's size, against the source.
func (t *talk) similarity(s *source) float64 {
	sum, n := 0.0, 0
	for i := range t.ends {
		for _, p := range t.ends[i].samples {
			v, err := p.similarity(s)
			if err != nil {
				fmt.Fprintln(os.Stderr, "bench:", err)
				continue
			}
			sum += v
			n++
		}
	}
	return sum / float64(n)
}

func (p *sample) similarity(s *source) (float64, error) {
	pix, err := os.ReadFile(p.path)
	if err != nil {
		return 0, err
	}
	if p.w < 8 || p.h < 8 || len(pix) < p.w*p.h {
		return 0, fmt.Errorf("%s: %d bytes are no picture of %dx%d", p.path, len(pix), p.w, p.h)
	}
	want := s.looped
	if !p.drawn.IsZero() {
		want = func(n int64) *call.Picture { return s.live(n, p.drawn) }
	}
	return ssim(lumaOf(want(p.number)), luma{pix, p.w, p.w, p.h}.scaled(width, height)), nil
}

// eachMean is the mean over both ends.
func eachMean(of func(t *talk, e *talkEnd) float64) func(*talk, *row, *source) float64 {
	return func(t *talk, _ *row, _ *source) float64 {
		return (of(t, &t.ends[0]) + of(t, &t.ends[1])) / 2
	}
}

func quantile(all []time.Duration, share float64) float64 {
	if len(all) == 0 {
		return never
	}
	sorted := slices.Clone(all)
	slices.Sort(sorted)
	return millis(sorted[min(len(sorted)-1, int(share*float64(len(sorted))))])
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
