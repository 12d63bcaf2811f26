package ffmpeg

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"time"
)

// Progress is how far a run has come.
type Progress struct {
	Frame int64         // pictures written so far
	Time  time.Duration // length written so far
	Speed float64       // in times real time, 0 unknown
	Done  bool          // the last report; the file may still be closing
}

// longestReport bounds a line of -progress; they are short.
const longestReport = 4 << 10

// readProgress calls report for every block that -progress writes: key=value
// lines of which "progress" is the last of a block. It reads to the end, so
// that the writer never blocks.
func readProgress(r io.Reader, report func(Progress)) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, longestReport), longestReport)
	var p Progress
	for lines.Scan() {
		key, value, ok := strings.Cut(lines.Text(), "=")
		if !ok {
			continue
		}
		p.take(key, strings.TrimSpace(value))
		if key == "progress" && report != nil {
			report(p)
		}
	}
	if err := lines.Err(); err != nil {
		_, drain := io.Copy(io.Discard, r)
		return drain
	}
	return nil
}

// take sets what one line tells; "N/A" tells nothing.
func (p *Progress) take(key, value string) {
	switch key {
	case "frame":
		if n, err := strconv.ParseInt(value, 10, 64); err == nil && n >= 0 {
			p.Frame = n
		}
	case "out_time_us":
		if us, err := strconv.ParseInt(value, 10, 64); err == nil && us >= 0 && us < int64(1<<53) {
			p.Time = time.Duration(us) * time.Microsecond
		}
	case "speed":
		if s, err := strconv.ParseFloat(strings.TrimSuffix(value, "x"), 64); err == nil && s >= 0 {
			p.Speed = s
		}
	case "progress":
		p.Done = value == "end"
	}
}
