package exchange

import (
	"encoding/json"
	"maps"
	"math"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/editor"
)

// schemas are the fields of each kind of object that the library writes
// (its "serialized schema" document, version 0.18).
var schemas = map[string][]string{
	"Timeline.1":           {"global_start_time", "metadata", "name", "tracks"},
	"Stack.1":              {"children", "effects", "enabled", "markers", "metadata", "name", "source_range"},
	"Track.1":              {"children", "effects", "enabled", "kind", "markers", "metadata", "name", "source_range"},
	"Clip.2":               {"active_media_reference_key", "effects", "enabled", "markers", "media_references", "metadata", "name", "source_range"},
	"Gap.1":                {"effects", "enabled", "markers", "metadata", "name", "source_range"},
	"Transition.1":         {"in_offset", "metadata", "name", "out_offset", "transition_type"},
	"Marker.2":             {"color", "comment", "marked_range", "metadata", "name"},
	"ExternalReference.1":  {"available_image_bounds", "available_range", "metadata", "name", "target_url"},
	"GeneratorReference.1": {"available_image_bounds", "available_range", "generator_kind", "metadata", "name", "parameters"},
	"LinearTimeWarp.1":     {"effect_name", "enabled", "metadata", "name", "time_scalar"},
	"FreezeFrame.1":        {"effect_name", "enabled", "metadata", "name", "time_scalar"},
	"RationalTime.1":       {"rate", "value"},
	"TimeRange.1":          {"duration", "start_time"},
}

// validate holds every object of a file to its schema.
func validate(t *testing.T, v any) {
	t.Helper()
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			validate(t, x)
		}
	case map[string]any:
		if schema, ok := v["OTIO_SCHEMA"].(string); ok {
			got := slices.Sorted(maps.Keys(v))
			got = slices.DeleteFunc(got, func(k string) bool { return k == "OTIO_SCHEMA" })
			if diff := cmp.Diff(schemas[schema], got); diff != "" {
				t.Errorf("%s: %s", schema, diff)
			}
			if schema == "RationalTime.1" && v["value"] != math.Trunc(v["value"].(float64)) {
				t.Errorf("a time of %v frames", v["value"])
			}
		}
		for _, x := range v {
			validate(t, x)
		}
	}
}

// track is one in short: "Video: clip 0+10 | 5<>5 | gap 3".
func track(v any) string {
	tr := v.(map[string]any)
	frames := func(v any) string {
		return itoa(int64(v.(map[string]any)["value"].(float64)))
	}
	var parts []string
	for _, c := range tr["children"].([]any) {
		c := c.(map[string]any)
		if c["OTIO_SCHEMA"] == "Transition.1" {
			parts = append(parts, frames(c["in_offset"])+"<>"+frames(c["out_offset"]))
			continue
		}
		span := c["source_range"].(map[string]any)
		name, _, _ := strings.Cut(c["OTIO_SCHEMA"].(string), ".")
		parts = append(parts, strings.ToLower(name)+" "+frames(span["start_time"])+"+"+frames(span["duration"]))
	}
	return tr["kind"].(string) + ": " + strings.Join(parts, " | ")
}

func otioOf(t *testing.T, f Film) (map[string]any, []string, []Loss) {
	t.Helper()
	text, lost := write(t, otioFormat, f)
	var file map[string]any
	if err := json.Unmarshal([]byte(text), &file); err != nil {
		t.Fatal(err)
	}
	validate(t, file)
	var tracks []string
	for _, v := range file["tracks"].(map[string]any)["children"].([]any) {
		tracks = append(tracks, track(v))
	}
	return file, tracks, lost
}

func TestOTIO(t *testing.T) {
	a := part(t, "c1", talk(), sec(1, 1), sec(3, 1)) // frames 0 to 60
	a.Markers = []editor.Marker{{At: sec(2, 1), Label: "here"}}
	b := part(t, "c2", walk(), sec(10, 1), sec(12, 1)) // 50 to 110, silent
	b.Transition = editor.Transition{Kind: "crossfade", Length: sec(11, 30)}
	c := part(t, "c3", talk(), sec(20, 1), sec(24, 1)) // 109 to 169
	c.Speed = editor.Ratio{Num: 2, Den: 1}
	d := editor.Clip{ID: "c4", Kind: editor.TitleClip, Duration: sec(1, 1), Titles: []editor.Title{{Template: "card", Fields: map[string]string{"title": "The end"}}}}
	e := part(t, "c5", photo(), editor.Time{}, editor.Time{})
	f := film(t, a, b, c, d, e)
	music := talk()
	line, err := f.Timeline.WithMusic(editor.Music{ID: "m1", Source: music.Path, Label: "Tune", At: sec(1, 1), In: sec(5, 1), Out: sec(7, 1), Available: sec(60, 1)})
	if err == nil {
		line, err = line.WithMusic(editor.Music{ID: "m2", Source: music.Path, At: sec(2, 1), Out: sec(60, 1), Available: sec(60, 1)})
	}
	if err != nil {
		t.Fatal(err)
	}
	f.Timeline = line
	file, tracks, lost := otioOf(t, f)
	want := []string{
		// The 11 frames of the transition are 49 to 59 of the film: 5 of them before the cut, 6 behind it.
		"Video: clip 30+54 | 5<>6 | clip 305+55 | clip 600+60 | clip 0+30 | clip 0+150",
		"Audio: clip 30+54 | gap 0+55 | clip 600+60",
		"Audio: gap 0+30 | clip 150+60",
		"Audio: gap 0+60 | clip 0+289",
	}
	if diff := cmp.Diff(want, tracks); diff != "" {
		t.Error(diff)
	}
	if !slices.Equal(lost, []Loss{LostTitles}) {
		t.Errorf("lost %q", lost)
	}
	text, err := json.Marshal(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"target_url":"file:///v/Talk%201.mp4"`, `"time_scalar":2`, `"generator_kind":"Title"`, `"text":"The end"`, `"name":"here"`, `"transition_type":"SMPTE_Dissolve"`} {
		if !strings.Contains(string(text), part) {
			t.Errorf("there is no %s in %s", part, text)
		}
	}
}

// TestOTIOCall is a recording whose other side begins after a second.
func TestOTIOCall(t *testing.T) {
	call := editor.Source{Path: "/v/call", Recording: &editor.Recording{Dir: "/v/call", Me: "Ann", Them: "Bob", Tracks: []editor.Track{
		{ID: "me-camera", Who: editor.Me, Kind: editor.VideoStream, File: "mv.mkv", DurationNS: 1e10},
		{ID: "me-mic", Who: editor.Me, Kind: editor.AudioStream, File: "ma.mkv", DurationNS: 1e10},
		{ID: "them-camera", Who: editor.Them, Kind: editor.VideoStream, File: "tv.mkv", OffsetNS: 1e9, DurationNS: 9e9},
		{ID: "them-mic", Who: editor.Them, Kind: editor.AudioStream, File: "ta.mkv", OffsetNS: 1e9, DurationNS: 9e9},
	}}}
	f := film(t, part(t, "c1", call, sec(1, 2), sec(4, 1)), part(t, "c2", call, sec(6, 1), sec(8, 1)))
	f.Library[call.Path] = call
	_, tracks, lost := otioOf(t, f)
	want := []string{
		"Video: clip 15+105 | clip 180+60",
		"Video: gap 0+15 | clip 0+90 | clip 150+60",
		"Audio: clip 15+105 | clip 180+60",
		"Audio: gap 0+15 | clip 0+90 | clip 150+60",
	}
	if diff := cmp.Diff(want, tracks); diff != "" {
		t.Error(diff)
	}
	if !slices.Equal(lost, []Loss{LostLayouts}) {
		t.Errorf("lost %q", lost)
	}
}

func TestFileURL(t *testing.T) {
	for path, want := range map[string]string{
		"/a b.mp4": "file:///a%20b.mp4", "/ü#?%.mp4": "file:///%C3%BC%23%3F%25.mp4", "/x\xff\n": "file:///x%FF%0A", "C:/f.mp4": "file:///C:/f.mp4",
	} {
		got := fileURL(path)
		if u, err := url.Parse(got); err != nil || got != want || u.Host != "" {
			t.Errorf("%q is %q, %v", path, got, err)
		}
	}
}
