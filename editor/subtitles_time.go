package editor

import (
	"regexp"
	"strconv"
	"strings"
)

// timing is a line with the times of a cue, as both SRT and WebVTT have it and
// as people write it: hours may be missing, a point may be a comma or a colon,
// a time may be below zero, and WebVTT's settings or the coordinates of old
// SRT files may follow.
var timing = regexp.MustCompile(`^\s*` + clockText + `\s*-->\s*` + clockText + `(?:\s.*)?$`)

// clockText is a time: minus, hours, minutes, seconds, fraction.
const clockText = `(-?)(?:(\d+)\s*:)?\s*(\d+)\s*:\s*(\d+)(?:\s*[.,:]\s*(\d+))?`

func parseTiming(line string) (from, to Time, ok bool) {
	if !strings.Contains(line, "-->") {
		return from, to, false
	}
	m := timing.FindStringSubmatch(line)
	if m == nil {
		return from, to, false
	}
	from, ok1 := parseClock(m[1:6])
	to, ok2 := parseClock(m[6:])
	return from, to, ok1 && ok2
}

// parseClock makes a time of the parts of clockText.
func parseClock(part []string) (Time, bool) {
	var seconds int64
	for _, p := range part[1:4] {
		n, err := strconv.ParseInt("0"+p, 10, 64)
		if err != nil || n > 1e9 {
			return Time{}, false
		}
		seconds = seconds*60 + n
	}
	fraction := (part[4] + "000000")[:6]
	micros, err := strconv.ParseInt(fraction, 10, 64)
	t := Rational(seconds, 1).Add(Rational(micros, 1e6))
	if part[0] != "" {
		t = Time{}.Sub(t)
	}
	return t, err == nil
}
