package exchange

import (
	"fmt"
	"regexp"
	"strconv"

	"parley/editor"
)

// timecode counts frames as hours:minutes:seconds:frames (SMPTE ST 12-1).
// With drop, which 29.97 and 59.94 frames a second have, two (four) numbers are
// left out at each full minute but every tenth, so that the count keeps up
// with the clock.
type timecode struct {
	second int64 // numbers in a second: 30 for 29.97
	drop   int64 // numbers left out in a minute, 0 for none
}

// timecodeOf is the usual count at a rate.
func timecodeOf(rate editor.Ratio) timecode {
	t := timecode{second: max(1, (rate.Num+rate.Den/2)/rate.Den)}
	if rate.Den == 1001 && t.second%30 == 0 {
		t.drop = t.second / 15
	}
	return t
}

// write is the time code of a frame, 0 or later.
func (t timecode) write(frame int64) string {
	sep := ":"
	if t.drop > 0 {
		sep = ";"
		minute, ten := t.second*60-t.drop, t.second*600-9*t.drop
		tens, rest := frame/ten, frame%ten
		frame += 9 * t.drop * tens
		if rest >= t.second*60 {
			frame += t.drop * (1 + (rest-t.second*60)/minute)
		}
	}
	s := frame / t.second
	return fmt.Sprintf("%02d:%02d:%02d%s%02d", s/3600, s/60%60, s%60, sep, frame%t.second)
}

var timecodeText = regexp.MustCompile(`^(\d{1,2})[:;.](\d{1,2})[:;.](\d{1,2})[:;.](\d{1,3})$`)

// read is the frame of a time code.
func (t timecode) read(text string) (int64, bool) {
	m := timecodeText.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	var part [4]int64
	for i := range part {
		part[i], _ = strconv.ParseInt(m[i+1], 10, 64) // digits, as was matched
	}
	if part[1] > 59 || part[2] > 59 || part[3] >= t.second {
		return 0, false
	}
	minutes := part[0]*60 + part[1]
	frame := (minutes*60+part[2])*t.second + part[3]
	return max(0, frame-t.drop*(minutes-minutes/10)), true
}
