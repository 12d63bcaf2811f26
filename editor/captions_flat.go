package editor

import (
	"slices"
	"strings"
)

// maxTogether is how many subtitles are to be read at once, at most: those
// that began last.
const maxTogether = 4

// oneByOne makes subtitles of which one begins where another ends, for tracks
// that show only one at a time: where some overlap, their texts are shown
// together. What would begin at end, or after it, is left out. The cues have to
// be in the order of From.
func oneByOne(cues []Cue, end Time) []Cue {
	moments := make([]Time, 0, 2*len(cues))
	for _, c := range cues {
		moments = append(moments, c.From.Min(end), c.To.Min(end))
	}
	slices.SortFunc(moments, Time.Cmp)
	moments = slices.CompactFunc(moments, Time.Equal)
	var flat, open []Cue
	next := 0
	for i := 0; i+1 < len(moments); i++ {
		from, to := moments[i], moments[i+1]
		open = slices.DeleteFunc(open, func(c Cue) bool { return c.To.Cmp(from) <= 0 })
		for ; next < len(cues) && cues[next].From.Cmp(from) <= 0; next++ {
			if cues[next].To.Cmp(from) > 0 {
				open = append(open, cues[next])
			}
		}
		open = open[max(0, len(open)-maxTogether):]
		if text := together(open); text != "" {
			flat = extend(flat, Cue{from, to, text})
		}
	}
	return flat
}

// together is the text of several subtitles, each once.
func together(cues []Cue) string {
	var texts []string
	for _, c := range cues {
		if !slices.Contains(texts, c.Text) {
			texts = append(texts, c.Text)
		}
	}
	return strings.Join(texts, "\n")
}

// extend appends a subtitle, or lets the last one stand longer where it says
// the same.
func extend(flat []Cue, c Cue) []Cue {
	if n := len(flat); n > 0 && flat[n-1].To == c.From && flat[n-1].Text == c.Text {
		flat[n-1].To = c.To
		return flat
	}
	return append(flat, c)
}
