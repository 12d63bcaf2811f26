package exchange

import (
	"encoding/json"
	"path/filepath"
	"time"

	"parley/editor"
)

// clip lays one clip onto the tracks, from the middle of its transition with
// the one before it to the middle of that with the next.
func (o *otioWriter) clip(items []item, i int) {
	it := items[i]
	start, end := it.start+it.overlap/2, it.end
	if i+1 < len(items) {
		end = items[i+1].start + items[i+1].overlap/2
	}
	o.lost.add(len(it.Titles) > 0, LostTitles)
	o.lost.add(changed(it.Sound), LostSound)
	o.lost.add(framed(it.Framing), LostFraming)
	o.lost.add(it.source.Recording != nil, LostLayouts)
	o.lost.add(it.Captions != "", LostSubtitles)
	transition := o.transition(it)
	fields := otio{"effects": o.effects(it), "markers": o.markers(it), "metadata": otio{"parley": notes(it.Clip)}}
	if it.source.Recording != nil {
		o.call(it, start, end, fields, transition)
		return
	}
	reference, media := o.generated(it), it.at(start, o.Output.Rate)
	if it.Kind != editor.TitleClip {
		reference = o.reference(it.Source, it.Available)
	}
	o.pictures.put(0, start, end-start, o.media(it.label(), media, end-start, reference, fields), transition)
	if !it.silent() {
		sound := otio{"effects": o.effects(it)}
		if it.overlap == 0 || items[i-1].silent() {
			transition = nil
		}
		o.sounds.put(0, start, end-start, o.media(it.label(), media, end-start, reference, sound), transition)
	}
}

// call lays a recording's tracks onto tracks of their own, placed by the
// recording's clock.
func (o *otioWriter) call(it item, start, end int64, fields otio, transition any) {
	layout, err := o.Effects.Layout(it.Arrangement)
	if err != nil {
		layout = editor.Layout{Boxes: []editor.LayoutBox{{Feed: editor.MyCamera}, {Feed: editor.TheirCamera}}}
	}
	lane := 0
	for _, b := range layout.Boxes {
		if t, ok := it.source.Recording.Feed(b.Feed); ok {
			o.track(&o.pictures, lane, it, t, start, end, fields, transition)
			lane, fields, transition = lane+1, otio{"effects": o.effects(it)}, nil
		}
	}
	if it.silent() {
		return
	}
	for i, t := range it.source.Recording.Of(editor.AudioStream) {
		o.track(&o.sounds, i, it, t, start, end, otio{"effects": o.effects(it)}, nil)
	}
}

// track lays a track of a recording onto a lane; where it has not begun yet
// there is a gap.
func (o *otioWriter) track(l *lanes, lane int, it item, t editor.Track, start, end int64, fields otio, transition any) {
	begins := editor.Rational(t.OffsetNS, int64(time.Second))
	if m := it.source.Tracks[t.ID]; m != nil {
		begins = firstShown(m)
	}
	late := begins.FrameRound(o.Output.Rate)
	media := it.at(start, o.Output.Rate) - late
	if media < 0 {
		start, media, transition = it.start+it.Since(begins).FrameRound(o.Output.Rate), 0, nil
	}
	if start >= end {
		return
	}
	reference := o.reference(it.source.Recording.TrackPath(t), it.Available.Sub(begins))
	l.put(lane, start, end-start, o.media(it.label(), media, end-start, reference, fields), transition)
}

// generated stands for a card, which has no file.
func (o *otioWriter) generated(it item) otio {
	parameters := otio{}
	if len(it.Titles) > 0 {
		parameters["text"], _ = o.words(it.Titles[0])
	}
	return object("GeneratorReference.1", it.label(), otio{"generator_kind": "Title", "parameters": parameters, "available_range": nil, "available_image_bounds": nil})
}

// transition is how a clip takes over from the one before it; nil: by a cut.
func (o *otioWriter) transition(it item) any {
	if it.overlap == 0 {
		return nil
	}
	kind := "Custom_Transition"
	if it.Transition.Kind == "crossfade" {
		kind = "SMPTE_Dissolve"
	}
	before := it.overlap / 2
	return object("Transition.1", it.Transition.Kind, otio{"transition_type": kind, "in_offset": o.time(before), "out_offset": o.time(it.overlap - before)})
}

// effects is the speed of a clip.
func (o *otioWriter) effects(it item) []any {
	switch speed := it.rate(); speed {
	case 1:
		return []any{}
	case 0:
		return []any{object("FreezeFrame.1", "", otio{"effect_name": "FreezeFrame", "time_scalar": 0.0, "enabled": true})}
	default:
		return []any{object("LinearTimeWarp.1", "", otio{"effect_name": "LinearTimeWarp", "time_scalar": speed, "enabled": true})}
	}
}

// markers are a clip's, in the frames of its source.
func (o *otioWriter) markers(it item) []any {
	all := []any{}
	for _, m := range it.Markers {
		all = append(all, object("Marker.2", oneLine(m.Label), otio{"color": "RED", "marked_range": o.span(m.At.FrameRound(o.Output.Rate), 0), "comment": ""}))
	}
	return all
}

// notes are all that is done to a clip, as a project file has it, without
// where its files lie.
func notes(c editor.Clip) otio {
	data, err := json.Marshal(c)
	if err != nil {
		return otio{}
	}
	var all otio
	if err := json.Unmarshal(data, &all); err != nil {
		return otio{}
	}
	for _, known := range []string{"id", "source", "label", "in", "out", "available", "duration", "markers", "transition"} {
		delete(all, known)
	}
	if c.Captions != "" {
		all["captions"] = filepath.Base(c.Captions)
	}
	return all
}

// music lays what lies under the film onto tracks of its own, below the
// clips' sounds.
func (o *otioWriter) music(end int64) {
	own := len(o.sounds.all)
	for _, m := range o.Timeline.Music() {
		start := m.At.FrameRound(o.Output.Rate)
		frames := min(m.Length().FrameRound(o.Output.Rate), end-start)
		if frames <= 0 {
			continue
		}
		o.lost.add(m.Gain != 0 || m.FadeIn != (editor.Time{}) || m.FadeOut != (editor.Time{}) || m.Duck, LostSound)
		clip := o.media(oneLine(m.Label), m.In.FrameRound(o.Output.Rate), frames, o.reference(m.Source, m.Available), nil)
		o.sounds.put(o.sounds.free(max(1, own), start), start, frames, clip, nil)
	}
}
