package main

import (
	"fmt"
	"math"
	"slices"
)

// aim is what is wanted of a measure: a bound for Parley's value, or for its
// ratio to Chromium's.
type aim struct {
	rows    []string
	measure string
	ratio   bool
	least   bool // at least the bound, not at most
	bound   float64
}

// Names of measures that have aims, as they stand in the table.
const (
	setUp         = "set-up, dial to first picture"
	fullAfter     = "full 1280x720 at 30 after"
	perSecond     = "pictures shown a second"
	freezeCount   = "freezes, both ends"
	longestGap    = "longest gap"
	pictureP95    = "picture latency p95"
	similar       = "SSIM of sampled pictures"
	soundP50      = "sound latency p50"
	concealed     = "sound concealed"
	cpuUse        = "CPU of one end"
	backAfterFall = "picture back after the fall"
	queueDelay    = "queue delay from 2 s after the fall, most"
	fullAgain     = "full 1280x720 at 30 after the return"
	backAfterCut  = "picture back after the link"
	sameCall      = "same call"
)

var lossRows = []string{"loss5", "loss10", "loss20"}

var aims = []aim{
	{rows: []string{"clean"}, measure: setUp, ratio: true, bound: 0.5},
	{rows: []string{"clean"}, measure: fullAfter, bound: 2000},
	{rows: []string{"clean"}, measure: pictureP95, ratio: true, bound: 0.8},
	{rows: []string{"clean"}, measure: cpuUse, ratio: true, bound: 0.8},
	{rows: []string{"1mbit"}, measure: freezeCount, bound: 0},
	{rows: []string{"1mbit"}, measure: similar, ratio: true, least: true, bound: 1},
	{rows: []string{"1mbit"}, measure: soundP50, ratio: true, bound: 1},
	{rows: []string{"300kbit"}, measure: concealed, bound: 3},
	{rows: []string{"300kbit"}, measure: perSecond, least: true, bound: 10},
	{rows: lossRows, measure: freezeCount, ratio: true, bound: 0.5},
	{rows: lossRows, measure: concealed, ratio: true, bound: 0.5},
	{rows: []string{"far"}, measure: concealed, bound: 8},
	{rows: []string{"drop"}, measure: backAfterFall, bound: 3000},
	{rows: []string{"drop"}, measure: fullAgain, bound: 3000},
	{rows: []string{"drop"}, measure: queueDelay, bound: 300},
	{rows: []string{"drop"}, measure: longestGap, bound: 1000},
	{rows: []string{"cut", "address"}, measure: backAfterCut, bound: 1000},
	{rows: []string{"cut", "address"}, measure: sameCall, least: true, bound: 1},
}

// judge says what is wanted of a measure in a row, and whether it is so.
func judge(r *row, measure string, mine, theirs float64) (wanted, met string) {
	for _, a := range aims {
		if a.measure != measure || !slices.Contains(a.rows, r.name) {
			continue
		}
		return a.String(), a.judge(mine, theirs)
	}
	return "", ""
}

func (a aim) String() string {
	sign, times := "≤", ""
	if a.least {
		sign = "≥"
	}
	if a.ratio {
		times = " ×"
	}
	return fmt.Sprintf("%s %g%s", sign, a.bound, times)
}

func (a aim) judge(mine, theirs float64) string {
	bound := a.bound
	if a.ratio {
		bound *= theirs
	}
	switch {
	case math.IsNaN(mine):
		return "no"
	case math.IsNaN(bound): // the other never got there
		return "yes"
	case a.least && mine >= bound, !a.least && mine <= bound:
		return "yes"
	}
	return "no"
}
