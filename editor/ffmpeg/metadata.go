package ffmpeg

import (
	"bufio"
	"io"
	"strconv"
	"strings"
)

// readMetadata hands on what ffmpeg's filters metadata and ametadata print: a
// line "frame:0 pts:0 pts_time:0" for each frame that has any, and lines
// "key=value". Values that are no numbers are left out.
func readMetadata(r io.Reader, take func(key string, value float64)) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, longestReport), longestReport)
	for lines.Scan() {
		key, text, ok := strings.Cut(lines.Text(), "=")
		if value, err := strconv.ParseFloat(text, 64); ok && err == nil && value == value {
			take(key, value)
		}
	}
	return lines.Err()
}
