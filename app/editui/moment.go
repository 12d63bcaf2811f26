package editui

import (
	"fmt"
	"strconv"
	"strings"

	"parley/editor"
)

// errMoment is what an entry that is no time is answered with.
var errMoment = refuse(say("this is no time; write seconds (7.5), minutes and seconds (1:07.5), or frames (225f)"))

// parseMoment reads what a person writes for a time: seconds, mm:ss or
// hh:mm:ss with decimals after a point or comma, or a number of frames with an
// f behind it. A rate that is not known is taken for 30.
func parseMoment(text string, rate editor.Ratio) (editor.Time, error) {
	text = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(text)), ",", ".")
	text = strings.TrimSpace(strings.TrimSuffix(text, "s"))
	if frames, ok := strings.CutSuffix(text, "f"); ok {
		return parseFrames(strings.TrimSpace(frames), rate)
	}
	if strings.Trim(text, "0123456789.:") != "" || text == "" {
		return editor.Time{}, errMoment
	}
	t, err := editor.ParseTime(text)
	if err != nil {
		return editor.Time{}, errMoment
	}
	return t, nil
}

func parseFrames(text string, rate editor.Ratio) (editor.Time, error) {
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil {
		return editor.Time{}, errMoment
	}
	if !rate.Known() {
		rate = editor.DefaultOutput.Rate
	}
	return editor.Frames(int64(n), rate), nil
}

// showMoment writes a time to the millisecond: "0:07.500", "1:02:03.040".
func showMoment(t editor.Time) string {
	ms := t.FrameRound(editor.Ratio{Num: 1000, Den: 1})
	sign := ""
	if ms < 0 {
		sign, ms = "-", -ms
	}
	h, m, s := ms/3600000, ms/60000%60, ms/1000%60
	if h > 0 {
		return fmt.Sprintf("%s%d:%02d:%02d.%03d", sign, h, m, s, ms%1000)
	}
	return fmt.Sprintf("%s%d:%02d.%03d", sign, m, s, ms%1000)
}

// showLength writes a duration for reading, to a tenth of a second below a
// minute and to the second above: "7.5 s", "2:05", "1:02:03".
func showLength(t editor.Time) string {
	tenths := t.FrameRound(editor.Ratio{Num: 10, Den: 1})
	if tenths < 600 {
		return strings.TrimSuffix(fmt.Sprintf("%d.%d", tenths/10, tenths%10), ".0") + " s"
	}
	s := t.FrameRound(editor.Ratio{Num: 1, Den: 1})
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// near tells whether two times are the same as far as an entry can show.
func near(a, b editor.Time) bool {
	return a == b || showMoment(a) == showMoment(b)
}
