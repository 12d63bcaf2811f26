package exchange

import (
	"strings"

	"parley/editor"
)

// edlReader goes through a list line by line.
type edlReader struct {
	rate  editor.Ratio
	drop  bool
	cuts  []edlCut
	video bool // some event has a picture
}

// edlCut is an event in frames of its source.
type edlCut struct {
	Cut
	from, to int64
	picture  bool
}

func readEDL(text string, film Reading) ([]Cut, error) {
	r := edlReader{rate: film.Rate}
	if !r.rate.Known() {
		r.rate = editor.DefaultOutput.Rate
	}
	n := 0
	for line := range strings.Lines(text) {
		n++
		if err := r.line(strings.TrimSpace(line), n); err != nil {
			return nil, err
		}
	}
	r.fromZero(film.Source.Length())
	var cuts []Cut
	for _, c := range r.cuts {
		if c.to <= c.from || r.video && !c.picture {
			continue // where a transition begins, or the sound beside a picture
		}
		c.From, c.To = editor.Frames(c.from, r.rate), editor.Frames(c.to, r.rate)
		cuts = append(cuts, c.Cut)
	}
	return cuts, nil
}

func (r *edlReader) line(line string, n int) error {
	fields := strings.Fields(line)
	switch {
	case len(fields) == 0:
	case strings.HasPrefix(line, "FCM:"):
		r.drop = !strings.Contains(line, "NON")
	case strings.HasPrefix(line, "*"):
		r.comment(line)
	case len(fields) >= 8 && strings.Trim(fields[0], "0123456789") == "":
		return r.event(fields, n)
	}
	return nil
}

// comment takes the names that stand below an event.
func (r *edlReader) comment(line string) {
	if len(r.cuts) == 0 {
		return
	}
	last := &r.cuts[len(r.cuts)-1]
	key, value, ok := strings.Cut(strings.TrimSpace(line[1:]), ":")
	value = oneLine(value)
	switch {
	case !ok:
	case key == "FROM CLIP NAME" && last.Of == "", key == "TO CLIP NAME":
		last.Of = value
	case key == "COMMENT":
		last.Name = value
	}
}

func (r *edlReader) event(fields []string, n int) error {
	if len(r.cuts) >= 2*maxCuts {
		return wrong(n, "there are more than %d events", maxCuts)
	}
	times := fields[len(fields)-4:]
	code := timecodeOf(r.rate)
	drop := r.drop || strings.Contains(strings.Join(times, ""), ";")
	switch {
	case drop && code.drop == 0:
		return wrong(n, "it counts frames as 29.97 and 59.94 frames a second do, and the film has %.5g; set the film's rate to that of the list first", r.rate.Float())
	case !drop:
		code.drop = 0
	}
	c := edlCut{Cut: Cut{Line: n}, picture: strings.ContainsAny(fields[2], "VB")}
	var ok1, ok2 bool
	c.from, ok1 = code.read(times[0])
	c.to, ok2 = code.read(times[1])
	if !ok1 || !ok2 {
		return wrong(n, "%q is no time code at %.5g frames a second; set the film's rate to that of the list first", short(times[0]+" "+times[1]), r.rate.Float())
	}
	if c.to < c.from {
		return wrong(n, "the part ends before it begins")
	}
	r.video = r.video || c.picture && c.to > c.from
	r.cuts = append(r.cuts, c)
	return nil
}

// fromZero takes the hour off that other programs begin to count a source
// with, where no part can be meant as it is written.
func (r *edlReader) fromZero(length editor.Time) {
	if length.Cmp(editor.Time{}) <= 0 || len(r.cuts) == 0 {
		return
	}
	first := r.cuts[0].from
	for _, c := range r.cuts {
		first = min(first, c.from)
	}
	at := editor.Frames(first, r.rate)
	if at.Cmp(length) < 0 {
		return
	}
	hours := at.FrameFloor(editor.Ratio{Num: 1, Den: 3600})
	off := editor.Rational(3600*hours, 1).FrameRound(r.rate)
	for i := range r.cuts {
		r.cuts[i].from -= off
		r.cuts[i].to -= off
	}
}
