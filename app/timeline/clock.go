package timeline

import (
	"math"
	"strconv"
)

// appendClock writes whole seconds: "0:07", "1:02:03".
func appendClock(b []byte, seconds int64) []byte {
	if seconds >= 3600 {
		b = append(strconv.AppendInt(b, seconds/3600, 10), ':')
		b = appendTwo(b, seconds/60%60)
	} else {
		b = strconv.AppendInt(b, seconds/60, 10)
	}
	return appendTwo(append(b, ':'), seconds%60)
}

func appendTwo(b []byte, n int64) []byte {
	return append(b, byte('0'+n/10), byte('0'+n%10))
}

// appendLength writes how long something is: "7.5 s", "2:05", "1:02:03".
func appendLength(b []byte, seconds float64) []byte {
	tenths := int64(math.Round(seconds * 10))
	if tenths >= 600 {
		return appendClock(b, int64(math.Round(seconds)))
	}
	b = strconv.AppendInt(b, tenths/10, 10)
	if tenths%10 != 0 {
		b = append(b, '.', byte('0'+tenths%10))
	}
	return append(b, " s"...)
}
