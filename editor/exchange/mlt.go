package exchange

import (
	"encoding/xml"
	"fmt"
	"io"

	"parley/editor"
)

// mltFormat is the XML of MLT (https://www.mltframework.org/docs/mltxml/),
// which melt renders and Shotcut and Kdenlive open.
//
// Every clip is a producer of its own with its filters, so that positions in
// them count from the producer's beginning; a transition is a tractor of the
// two producers between their entries.
//
//	playlist  | A.body | tractor(A.tail, B.head) | B.body |
var mltFormat = Format{Name: "mlt", Title: "MLT (Shotcut, Kdenlive, melt)", Extension: ".mlt", Write: writeMLT}

// What MLT is not told.
const (
	LostLooks     Loss = "how titles and some transitions look"
	LostBlur      Loss = "blurred backgrounds"
	LostStable    Loss = "stabilisation"
	LostDenoise   Loss = "noise reduction"
	LostDucking   Loss = "music that gives way to speech"
	LostTurned    Loss = "turned stills"
	LostTwoSounds Loss = "several sound tracks of one file at once"
)

// mltWriter collects the parts of a document in the order of their
// definition: what is referred to comes first.
type mltWriter struct {
	Film
	nodes []node
	lost  losses
}

// shot is a producer, and the position in it at which its clip begins.
type shot struct {
	id string
	in int64
}

func writeMLT(w io.Writer, f Film) ([]Loss, error) {
	items, err := f.items()
	if err != nil {
		return nil, err
	}
	m := &mltWriter{Film: f}
	m.film(items)
	for _, it := range items {
		m.lost.add(it.Captions != "", LostSubtitles)
		m.lost.add(len(it.Markers) > 0, LostMarkers)
	}
	m.lost.add(f.Timeline.Master().Loudness != 0, LostLoudness)
	doc := el("mlt", "LC_NUMERIC", "C", "version", "7.0.0", "title", oneLine(f.Name), "producer", "film").with(m.profile()).with(m.nodes...)
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return nil, err
	}
	out := xml.NewEncoder(w)
	out.Indent("", "  ")
	if err := out.Encode(doc); err != nil {
		return nil, err
	}
	_, err = io.WriteString(w, "\n")
	return m.lost, err
}

func (m *mltWriter) profile() node {
	o := m.Output
	g := gcd(o.Width, o.Height)
	return el("profile", "description", oneLine(m.Name), "width", fmt.Sprint(o.Width), "height", fmt.Sprint(o.Height), "progressive", "1",
		"sample_aspect_num", "1", "sample_aspect_den", "1",
		"display_aspect_num", fmt.Sprint(o.Width/g), "display_aspect_den", fmt.Sprint(o.Height/g),
		"frame_rate_num", itoa(o.Rate.Num), "frame_rate_den", itoa(o.Rate.Den), "colorspace", "709")
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// film is the playlist of the clips, and the music beside it.
func (m *mltWriter) film(items []item) {
	list := el("playlist", "id", "clips")
	var last shot
	for i, it := range items {
		from, to, after := it.overlap, it.frames(), int64(0)
		if i+1 < len(items) {
			after = items[i+1].overlap
		}
		s := m.clip(it, fmt.Sprintf("clip%d", i), after)
		to -= after
		if it.overlap > 0 {
			before := items[i-1]
			list = list.with(m.blend(fmt.Sprintf("blend%d", i), it, last.from(before.frames()-it.overlap), s)...)
		}
		if from < to {
			list = list.with(s.from(from).entry(to - from))
		}
		last = s
	}
	m.define(list)
	m.all(items[len(items)-1].end)
}

// all lays the music under the clips.
func (m *mltWriter) all(frames int64) {
	film := el("tractor", "id", "film", "in", "0", "out", itoa(frames-1)).with(el("track", "producer", "clips"))
	lanes := m.lanes(frames)
	for _, lane := range lanes {
		film = film.with(el("track", "producer", lane, "hide", "video"))
	}
	for i := range lanes {
		film = film.with(addSound(0, i+1))
	}
	m.define(film)
}

// addSound adds the sound of a track to that of another.
func addSound(a, b int) node {
	return el("transition").set("mlt_service", "mix", "a_track", fmt.Sprint(a), "b_track", fmt.Sprint(b), "always_active", "1", "sum", "1")
}

func (m *mltWriter) define(n node) { m.nodes = append(m.nodes, n) }

// from is the shot from a later frame on.
func (s shot) from(frame int64) shot { return shot{s.id, s.in + frame} }

// entry is so many frames of the shot in a playlist.
func (s shot) entry(frames int64) node {
	return el("entry", "producer", s.id, "in", itoa(s.in), "out", itoa(s.in+frames-1))
}

// track is so many frames of the shot in a tractor.
func (s shot) track(frames int64) node {
	return el("track", "producer", s.id, "in", itoa(s.in), "out", itoa(s.in+frames-1))
}

// frame is the position of a time, in frames of the film.
func (m *mltWriter) frame(t editor.Time) int64 { return max(0, t.FrameRound(m.Output.Rate)) }
