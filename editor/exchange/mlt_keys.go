package exchange

import (
	"math"
	"strings"

	"parley/editor"
)

// maxKeys bounds the key frames of one movement; MLT goes straight from one to
// the next.
const maxKeys = 200

// keys is an animated MLT property: its value at the frames from first on.
func keys(first, frames int64, value func(n int64) string) string {
	var all []string
	step := max(1, (frames+maxKeys-2)/(maxKeys-1))
	for n := int64(0); n < frames; n += step {
		all = append(all, itoa(first+n)+"="+value(n))
	}
	if last := frames - 1; last%step != 0 {
		all = append(all, itoa(first+last)+"="+value(last))
	}
	return strings.Join(all, ";")
}

// fade is how a sound comes in or goes: its lengths in frames.
type fade struct {
	in, out           int64 // asked for
	crossIn, crossOut int64 // beside the clips before and after, in equal power
}

// level is the level of a sound of so many frames, in dB: a number, or key
// frames where it fades; "" where it is as it is.
func (f fade) level(db float64, first, frames int64) string {
	in, out := max(f.in, f.crossIn), max(f.out, f.crossOut)
	switch {
	case in+out == 0 && db == 0:
		return ""
	case in+out == 0:
		return ftoa(db)
	}
	at := func(n int64) string { return ftoa(decibels(db, f.gain(n, frames))) }
	in, out = min(in, frames), min(out, frames)
	var all []string
	if in > 0 {
		all = append(all, keys(first, in, at))
	}
	if plain := frames - in - out; plain > 0 {
		all = append(all, itoa(first+in)+"="+ftoa(db), itoa(first+in+plain-1)+"="+ftoa(db))
	}
	if begin := max(in, frames-out); begin < frames {
		all = append(all, keys(first+begin, frames-begin, func(n int64) string { return at(begin + n) }))
	}
	return strings.Join(all, ";")
}

// gain is what the fades leave of frame n, as Parley's own mixer has it.
func (f fade) gain(n, frames int64) float64 {
	left := frames - 1 - n
	return editor.Smooth(n, f.in) * editor.Smooth(left, f.out) * editor.EqualPower(n, f.crossIn) * editor.EqualPower(left, f.crossOut)
}

// decibels is a gain in dB times a factor, not below what nobody hears.
func decibels(db, factor float64) float64 { return max(-70, db+20*math.Log10(max(factor, 1e-9))) }
