package editor

import (
	"fmt"
	"regexp"
	"strings"
)

// SRT is a subtitle file in the SubRip format, which every player reads.
func SRT(cues []Cue) string {
	var b strings.Builder
	for i, c := range cues {
		fmt.Fprintf(&b, "%d\n%s --> %s\n%s\n\n", i+1, clock(c.From, ","), clock(c.end(), ","), escapeSRT(c.Text))
	}
	return b.String()
}

// WebVTT is a subtitle file in the format of the web
// (https://www.w3.org/TR/webvtt1/).
func WebVTT(cues []Cue) string {
	var b strings.Builder
	b.WriteString("WEBVTT\n\n")
	for _, c := range cues {
		fmt.Fprintf(&b, "%s --> %s\n%s\n\n", clock(c.From, "."), clock(c.end(), "."), escapeVTT.Replace(c.Text))
	}
	return b.String()
}

// escapeVTT makes text that no reader takes for a mark or a time.
var escapeVTT = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// escapeSRT does so where nothing can be escaped: it puts a word joiner, which
// is not to be seen, behind what would begin a mark. Backslashes are marks to
// programs that turn subtitles into ASS before they show them, as ffmpeg does.
func escapeSRT(text string) string {
	return entity.ReplaceAllString(joinMarks.Replace(text), "&\u2060$1")
}

var (
	joinMarks = strings.NewReplacer("<", "<\u2060", "{", "{\u2060", "\\", "\\\u2060", "-->", "--\u2060>")
	entity    = regexp.MustCompile(`&(#?[A-Za-z0-9]+;)`)
)

// end is when the cue ends, at least a millisecond after its beginning: what
// would round to nothing is to be read all the same.
func (c Cue) end() Time { return c.To.Max(c.From.Add(Rational(1, 1000))) }

// clock writes a time to the millisecond, as in 00:01:02,500.
func clock(t Time, point string) string {
	ms := t.Max(Time{}).FrameRound(Ratio{1000, 1})
	return fmt.Sprintf("%02d:%02d:%02d%s%03d", ms/3600000, ms/60000%60, ms/1000%60, point, ms%1000)
}
