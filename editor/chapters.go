package editor

import (
	"fmt"
	"strings"
)

// ChapterMetadata is a film's chapters as an ffmetadata file, which ffmpeg
// reads; end is the film's length. The labels are anybody's text and come out
// as they are, without control characters. It is empty where there is no
// chapter.
func ChapterMetadata(chapters []Chapter, end Time) string {
	var b strings.Builder
	if len(chapters) > 0 && chapters[0].At.Cmp(Time{}) > 0 {
		// An mp4 keeps lengths only: without a chapter before it, the first
		// would begin with the film.
		chapters = append([]Chapter{{Label: opening}}, chapters...)
	}
	for i, c := range chapters {
		from, to := micros(c.At), micros(end)
		if i+1 < len(chapters) {
			to = min(to, micros(chapters[i+1].At))
		}
		if from < to {
			fmt.Fprintf(&b, "[CHAPTER]\nTIMEBASE=1/1000000\nSTART=%d\nEND=%d\ntitle=%s\n", from, to, escapeMetadata.Replace(c.Title(i)))
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return ";FFMETADATA1\n" + b.String()
}

// opening is what a film has before its first marker.
const opening = "Start"

// Title is the chapter's label in one line, or its number where it has none;
// i counts from 0.
func (c Chapter) Title(i int) string {
	label := strings.Map(func(r rune) rune {
		if r = printable(r); r == '\n' || r == '\t' {
			return ' '
		}
		return r
	}, c.Label)
	if label = strings.TrimSpace(label); label != "" {
		return label
	}
	return fmt.Sprintf("Chapter %d", i+1)
}

// escapeMetadata writes a value of an ffmetadata file.
var escapeMetadata = strings.NewReplacer(`\`, `\\`, "=", `\=`, ";", `\;`, "#", `\#`)

// micros is a time in whole microseconds, at least 0.
func micros(t Time) int64 { return t.Max(Time{}).FrameRound(Ratio{1e6, 1}) }
