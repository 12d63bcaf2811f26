package main

import (
	"time"

	"parley/call"
)

// talk is one call as it was measured at both ends; times are this machine's.
type talk struct {
	dialled, ended time.Time
	steps          []time.Time // when the row's steps were done
	lost           bool        // it ended by itself
	ends           [2]talkEnd  // caller, callee
	others         float64     // CPU seconds a second of all else on this machine
}

// talkEnd is what one end showed, played and used.
type talkEnd struct {
	shown             []shown
	samples           []sample
	sound             [2]float64 // latency of the test tone's pips, ms: p50, p95; NaN: unknown
	played, concealed uint64     // samples of sound
	busy              float64    // CPU seconds a second, all its processes
	sent              float64    // bit/s on the link, headers and all
	note              string     // what the program says of itself
}

// shown is a picture that was handed over to be painted.
type shown struct {
	at       time.Time
	captured time.Time // zero: not known
	number   int64     // by its bar code, -1 where that could not be read
	w, h     int
}

// sample is a picture kept for its quality.
type sample struct {
	number int64
	drawn  time.Time // by its bar code; zero for a picture of the Y4M
	path   string    // of its luma, whatever follows
	w, h   int
}

// fresh are the pictures that show something new: one that repeats the last
// one's number is no movement.
func (e *talkEnd) fresh() []shown {
	var out []shown
	last := int64(-1)
	for _, p := range e.shown {
		if p.number >= 0 && p.number == last {
			continue
		}
		last = p.number
		out = append(out, p)
	}
	return out
}

// unread counts the pictures, at both ends, whose bar code told nothing: many
// of them mean that the latencies are those of the better pictures only.
func (t *talk) unread() (n int) {
	for i := range t.ends {
		for _, p := range t.ends[i].shown {
			if p.number < 0 {
				n++
			}
		}
	}
	return n
}

// freezes counts them as WebRTC's statistics do.
func freezes(pics []shown) int {
	var f call.Freezes
	for _, p := range pics {
		f.Shown(p.at)
	}
	return f.Count
}

// longest is the longest time that one picture stood, up to the call's end;
// without any, the whole call.
func (e *talkEnd) longest(t *talk) (most time.Duration) {
	pics := e.fresh()
	if len(pics) == 0 {
		return t.ended.Sub(t.dialled)
	}
	for i, p := range pics {
		until := t.ended
		if i+1 < len(pics) {
			until = pics[i+1].at
		}
		most = max(most, until.Sub(p.at))
	}
	return most
}

func latencies(pics []shown) (all []time.Duration) {
	for _, p := range pics {
		if !p.captured.IsZero() {
			all = append(all, p.at.Sub(p.captured))
		}
	}
	return all
}

// fullFrom is when the picture first had full size and rate for a second.
func fullFrom(pics []shown, from time.Time) (time.Time, bool) {
	for i, p := range pics {
		if p.at.Before(from) {
			continue
		}
		n := 0
		for _, q := range pics[i:] {
			if q.at.Sub(p.at) >= time.Second || q.h < height {
				break
			}
			n++
		}
		if n >= frameRate*9/10 {
			return p.at, true
		}
	}
	return time.Time{}, false
}

// smoothFrom is when the picture was first both moving (no gap over 250 ms for
// 2 s) and recent (no later than most) again.
func smoothFrom(pics []shown, from time.Time, most time.Duration) (time.Time, bool) {
	const gap, stays = 250 * time.Millisecond, 2 * time.Second
	for i, p := range pics {
		if p.at.Before(from) {
			continue
		}
		last := p.at
		for _, q := range pics[i:] {
			if q.at.Sub(last) > gap || !q.captured.IsZero() && q.at.Sub(q.captured) > most {
				break
			}
			last = q.at
			if q.at.Sub(p.at) >= stays {
				return p.at, true
			}
		}
	}
	return time.Time{}, false
}

// firstDrawnAfter is when a picture was shown that was captured after a time.
func firstDrawnAfter(pics []shown, after time.Time) (time.Time, bool) {
	for _, p := range pics {
		if p.captured.After(after) {
			return p.at, true
		}
	}
	return time.Time{}, false
}

// between are the pictures shown in a span of time.
func between(pics []shown, from, to time.Time) (out []shown) {
	for _, p := range pics {
		if !p.at.Before(from) && p.at.Before(to) {
			out = append(out, p)
		}
	}
	return out
}
