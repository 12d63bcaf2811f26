package editor

import (
	"fmt"
	"unicode/utf8"
)

// Captions is what a subtitle file says.
type Captions struct {
	Cues []Cue `json:"cues"` // in the order of From

	Extra Extra `json:"-"`
}

// Cue is a text with the time during which it is to be read.
type Cue struct {
	From Time   `json:"from"`
	To   Time   `json:"to"`
	Text string `json:"text"` // plain, lines parted by "\n"
}

// maxCues bounds a subtitle file.
const maxCues = 100000

func (c *Captions) check() error {
	if len(c.Cues) > maxCues {
		return fmt.Errorf("%d subtitles are too many", len(c.Cues))
	}
	for _, q := range c.Cues {
		if q.From.Cmp(Time{}) < 0 || q.To.Cmp(q.From) <= 0 || q.To.Cmp(maxTime) > 0 || len(q.Text) > maxFieldText || !utf8.ValidString(q.Text) {
			return fmt.Errorf("the subtitle at %s s is not possible", q.From)
		}
	}
	return nil
}

// Cues are the subtitles of the film, on its clock: those that the clips'
// subtitle files have for the parts that are shown.
func (t Timeline) Cues(lib Library) []Cue {
	var all []Cue
	for start, c := range t.All() {
		for _, q := range c.cues(lib) {
			all = append(all, Cue{start.Add(c.Since(q.From)), start.Add(c.Since(q.To)), q.Text})
		}
	}
	sortStable(all, func(a, b Cue) int { return a.From.Cmp(b.From) })
	return all
}

// cues are the subtitles that stand on a clip, cut to it, counted as In is.
func (c Clip) cues(lib Library) []Cue {
	s, ok := lib[c.Captions]
	if !ok || s.Captions == nil {
		return nil
	}
	in, out := c.bounds()
	var shown []Cue
	for _, q := range s.Captions.Cues {
		q.From, q.To = q.From.Max(in), q.To.Min(out)
		if q.From.Cmp(q.To) < 0 {
			shown = append(shown, q)
		}
	}
	return shown
}
