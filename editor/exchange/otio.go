package exchange

import (
	"encoding/json"
	"io"
	"path/filepath"
	"strings"

	"net/url"

	"parley/editor"
)

// otioFormat is OpenTimelineIO, which Resolve, Premiere, Avid, Kdenlive and
// others read
// (https://opentimelineio.readthedocs.io/en/stable/tutorials/otio-serialized-schema.html).
//
// There the clips of a track lie end to end and a transition reaches into both:
// what overlaps here is cut in its middle there. What OpenTimelineIO has no
// word for goes with the clip as metadata, under "parley".
//
//	here   |---- A ----|          there  |--- A ---|--- B ---|
//	               |---- B ----|               in_offset|out_offset
var otioFormat = Format{Name: "otio", Title: "OpenTimelineIO", Extension: ".otio", Write: writeOTIO}

// otio is an object of the file: its schema and its fields.
type otio map[string]any

func object(schema, name string, fields otio) otio {
	o := otio{"OTIO_SCHEMA": schema, "name": name, "metadata": otio{}}
	for k, v := range fields {
		o[k] = v
	}
	return o
}

// composed is an object that can stand in a track, or be one.
func composed(schema, name string, span any, fields otio) otio {
	o := object(schema, name, otio{"source_range": span, "effects": []any{}, "markers": []any{}, "enabled": true})
	for k, v := range fields {
		o[k] = v
	}
	return o
}

// otioWriter lays a film out on tracks.
type otioWriter struct {
	Film
	rate     float64
	pictures lanes
	sounds   lanes
	lost     losses
}

func writeOTIO(w io.Writer, f Film) ([]Loss, error) {
	items, err := f.items()
	if err != nil {
		return nil, err
	}
	o := &otioWriter{Film: f, rate: f.Output.Rate.Float()}
	o.pictures.writer, o.sounds.writer = o, o
	for i := range items {
		o.clip(items, i)
	}
	o.music(items[len(items)-1].end)
	o.lost.add(f.Timeline.Master().Loudness != 0, LostLoudness)
	tracks := append(o.pictures.tracks("Video", "V"), o.sounds.tracks("Audio", "A")...)
	file := object("Timeline.1", oneLine(f.Name), otio{
		"global_start_time": nil,
		"tracks":            composed("Stack.1", "tracks", nil, otio{"children": tracks}),
		"metadata":          otio{"parley": otio{"width": f.Output.Width, "height": f.Output.Height}},
	})
	out := json.NewEncoder(w)
	out.SetIndent("", "    ")
	out.SetEscapeHTML(false)
	return o.lost, out.Encode(file)
}

func (o *otioWriter) time(frames int64) otio {
	return otio{"OTIO_SCHEMA": "RationalTime.1", "rate": o.rate, "value": float64(frames)}
}

func (o *otioWriter) span(start, frames int64) otio {
	return otio{"OTIO_SCHEMA": "TimeRange.1", "start_time": o.time(start), "duration": o.time(frames)}
}

// reference is where a file lies, and how much of it there is.
func (o *otioWriter) reference(path string, available editor.Time) otio {
	var span any
	if available.Cmp(editor.Time{}) > 0 {
		span = o.span(0, available.FrameFloor(o.Output.Rate))
	}
	return object("ExternalReference.1", oneLine(filepath.Base(path)), otio{"target_url": fileURL(path), "available_range": span, "available_image_bounds": nil})
}

// fileURL is the address of a file on this machine (RFC 8089).
func fileURL(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/films
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

// media is what a clip shows or plays: a Clip.2 from frame start of it on.
func (o *otioWriter) media(name string, start, frames int64, reference otio, fields otio) otio {
	clip := composed("Clip.2", name, o.span(start, frames), otio{
		"media_references": otio{"DEFAULT_MEDIA": reference}, "active_media_reference_key": "DEFAULT_MEDIA",
	})
	for k, v := range fields {
		clip[k] = v
	}
	return clip
}
