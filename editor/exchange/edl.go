package exchange

import (
	"fmt"
	"io"
	"strings"

	"parley/editor"
)

// edlFormat is the edit decision list of CMX 3600, which Premiere, Resolve,
// Avid and others read. It counts frames at the film's rate, and every source
// from 0.
var edlFormat = Format{Name: "edl", Title: "EDL (Premiere, Resolve)", Extension: ".edl", Write: writeEDL, Read: readEDL}

// edlWriter numbers the events of a list.
type edlWriter struct {
	out   strings.Builder
	code  timecode
	rate  editor.Ratio
	reels reels
	event int
}

func writeEDL(w io.Writer, f Film) ([]Loss, error) {
	items, err := f.items()
	if err != nil {
		return nil, err
	}
	e := &edlWriter{code: timecodeOf(f.Output.Rate), rate: f.Output.Rate, reels: reels{}}
	e.head(f.Name)
	var lost losses
	for i, it := range items {
		e.clip(items, i)
		lost.add(it.Kind == editor.TitleClip || len(it.Titles) > 0, LostTitles)
		lost.add(changed(it.Sound), LostSound)
		lost.add(framed(it.Framing), LostFraming)
		lost.add(it.Kind == editor.RecordingClip, LostLayouts)
		lost.add(it.Captions != "", LostSubtitles)
	}
	for _, c := range f.Timeline.Chapters() {
		fmt.Fprintf(&e.out, "* LOC: %s RED     %s\n", e.code.write(c.At.FrameRound(e.rate)), oneLine(c.Label))
	}
	for _, m := range f.Timeline.Music() {
		e.music(m)
		lost.add(m.Gain != 0 || m.FadeIn != (editor.Time{}) || m.FadeOut != (editor.Time{}) || m.Duck, LostSound)
	}
	lost.add(f.Timeline.Master().Loudness != 0, LostLoudness)
	_, err = io.WriteString(w, e.out.String())
	return lost, err
}

func (e *edlWriter) head(name string) {
	count := "NON-DROP FRAME"
	if e.code.drop > 0 {
		count = "DROP FRAME"
	}
	fmt.Fprintf(&e.out, "TITLE: %s\nFCM: %s\n\n", oneLine(name), count)
}

// clip writes one clip: one line where it follows by a cut, two where it
// blends with the one before, of which the first tells what it comes from.
func (e *edlWriter) clip(items []item, i int) {
	it := items[i]
	e.event++
	end := it.end
	if i+1 < len(items) {
		end -= items[i+1].overlap // from there on it is told with the next
	}
	kind, length := "C", ""
	if it.overlap > 0 {
		before := items[i-1]
		at := before.at(it.start, e.rate)
		e.line(before, "C", "", at, at, it.start, it.start)
		kind, length = edlKind(it.Transition.Kind), fmt.Sprintf("%03d", it.overlap)
	}
	e.line(it, kind, length, it.at(it.start, e.rate), it.at(end, e.rate), it.start, end)
	if it.overlap > 0 {
		fmt.Fprintf(&e.out, "* FROM CLIP NAME: %s\n* TO CLIP NAME: %s\n", items[i-1].fileName(), it.fileName())
	} else {
		fmt.Fprintf(&e.out, "* FROM CLIP NAME: %s\n", it.fileName())
	}
	if name := partName(it.Clip); name != "" {
		fmt.Fprintf(&e.out, "* COMMENT: %s\n", name)
	}
	if speed := it.rate(); speed != 1 {
		fmt.Fprintf(&e.out, "M2   %-8s %05.1f %34s\n", e.reels.of(it), speed*e.rate.Float(), e.code.write(it.at(it.start, e.rate)))
	}
	e.out.WriteString("\n")
}

func (e *edlWriter) line(it item, kind, length string, from, to, start, end int64) {
	c := e.code
	fmt.Fprintf(&e.out, "%03d  %-8s %-5s %-4s %-3s %s %s %s %s\n", e.event, e.reels.of(it), it.channels(), kind, length,
		c.write(from), c.write(to), c.write(start), c.write(end))
}

func (e *edlWriter) music(m editor.Music) {
	e.event++
	it := item{Clip: editor.Clip{Kind: editor.MovingClip, Source: m.Source, Label: m.Label}}
	from, start := m.In.FrameRound(e.rate), m.At.FrameRound(e.rate)
	frames := m.Length().FrameRound(e.rate)
	c := e.code
	fmt.Fprintf(&e.out, "%03d  %-8s %-5s %-4s %-3s %s %s %s %s\n* FROM CLIP NAME: %s\n\n", e.event, e.reels.of(it), "AA", "C", "",
		c.write(from), c.write(from+frames), c.write(start), c.write(start+frames), it.fileName())
}

// edlKind is the code of a transition: wipes are numbered, all else dissolves.
func edlKind(kind string) string {
	if strings.Contains(kind, "wipe") {
		return "W001"
	}
	return "D"
}

// channels are those of the source that the clip uses.
func (i item) channels() string {
	if i.silent() {
		return "V"
	}
	if _, ok := i.source.Picture(); !ok && i.source.Media != nil {
		return "AA"
	}
	return "AA/V"
}

// at is the frame of the source that a frame of the film shows.
func (i item) at(frame int64, rate editor.Ratio) int64 {
	since := editor.Frames(frame-i.start, rate)
	switch {
	case i.Kind == editor.FreezeClip:
		return i.In.FrameRound(rate)
	case i.Stands():
		return since.FrameRound(rate)
	}
	return max(0, i.Moment(since).FrameRound(rate))
}

// rate is the clip's speed; 0 where its picture is frozen.
func (i item) rate() float64 {
	switch {
	case i.Kind == editor.FreezeClip:
		return 0
	case i.Speed.Known() && !i.Stands():
		return i.Speed.Float()
	}
	return 1
}
