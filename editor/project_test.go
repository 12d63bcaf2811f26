package editor

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// full is a project file with an unknown field in every kind of object.
const full = `{
  "format": "parley-project", "version": 1, "mood": {"x": [1, 2.50]},
  "output": {"width": 640, "height": 480, "rate": {"num": 25, "den": 1}, "sample_rate": 48000, "loudness": -16},
  "clips": [
    {"id": "c1", "kind": "clip", "source": "in/a.mp4", "in": "0/1", "out": "7/2", "available": 4, "gain": "3dB"},
    {"id": "c2", "kind": "still", "source": "../b.jpg", "duration": "5/1", "label": "B", "zoom": null},
    {"id": "c3", "kind": "recording", "source": "call", "in": "1/3", "out": "9/1", "available": "9/1", "arrangement": "me"}
  ],
  "sources": [
    {"path": "in/a.mp4", "tint": 1, "media": {"path": "in/a.mp4", "format": "mov", "duration": "4/1", "start": "0/1", "size": 1, "bit_rate": 0, "still": false, "animated": false, "deep_probe": false, "hue": 2,
      "streams": [{"index": 0, "kind": "video", "codec": "h264", "start": "0/1", "duration": "4/1", "duration_measured": false, "time_base": "1/15360", "grain": 3}]}},
    {"path": "call", "recording": {"format": "parley-recording", "version": 1, "session": "", "me": "Ann", "them": "Bob", "started": "2025-01-02T03:04:05.6Z", "weather": "fair",
      "tracks": [{"id": "v", "who": "me", "kind": "video", "file": "v.mkv", "codec": "VP8", "offset_ns": 0, "duration_ns": 9000000000, "sha256": "", "eye": 1}]}}
  ]
}`

func TestProjectKeepsWhatItDoesNotKnow(t *testing.T) {
	p, err := DecodeProject([]byte(full), "/home/ann/films")
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Timeline.Clip(1).Source; got != "/home/ann/b.jpg" {
		t.Errorf("source %q", got)
	}
	if got := p.Library["/home/ann/films/call"].Recording.Dir; got != "/home/ann/films/call" {
		t.Errorf("recording in %q", got)
	}
	p.Timeline, err = p.Timeline.Split(Rational(1, 1))
	if err != nil {
		t.Fatal(err)
	}
	data, err := EncodeProject(p, "/home/ann/films")
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range []string{"mood", "loudness", "gain", "zoom", "tint", "hue", "grain", "weather", "eye"} {
		if !bytes.Contains(data, []byte(`"`+field+`"`)) {
			t.Errorf("%s was lost in\n%s", field, data)
		}
	}
	if n := bytes.Count(data, []byte(`"gain"`)); n != 2 {
		t.Errorf("both parts of a split clip keep what was unknown in it, got %d", n)
	}
}

func TestProjectMoves(t *testing.T) {
	p, err := DecodeProject([]byte(full), "/home/ann/films")
	if err != nil {
		t.Fatal(err)
	}
	data, err := EncodeProject(p, "/home/ann")
	if err != nil {
		t.Fatal(err)
	}
	moved, err := DecodeProject(data, "/home/ann")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p.Timeline.Clips(), moved.Timeline.Clips()); diff != "" {
		t.Error(diff)
	}
}

func TestProjectKeepsNamesThatAreNoText(t *testing.T) {
	for _, name := range []string{"/f/\xff.mp4", "/f/base64:eA", "/f/a\nb", "/f/a\"b", "/f/🎬.mp4", "/f/%41"} {
		c := moving("c1", 0, 1, 2)
		c.Source = name
		p := &Project{Timeline: film(t, c)}
		data, err := EncodeProject(p, "/f")
		if err != nil {
			t.Fatal(err)
		}
		again, err := DecodeProject(data, "/f")
		if err != nil {
			t.Fatal(err)
		}
		if got := again.Timeline.Clip(0).Source; got != name {
			t.Errorf("%q came back as %q", name, got)
		}
	}
}

func TestProjectVersions(t *testing.T) {
	tests := []struct {
		name, data string
		want       error
	}{
		{"newer", `{"format":"parley-project","version":3,"clips":[]}`, ErrNewer},
		{"no version", `{"format":"parley-project","clips":[]}`, ErrProject},
		{"another program's", `{"format":"kdenlive","version":1}`, ErrProject},
		{"negative", `{"version":-1}`, ErrProject},
		{"no object", `[]`, ErrProject},
		{"nothing", ``, ErrProject},
		{"two clips of one id", `{"format":"parley-project","version":1,"clips":[{"id":"a","kind":"still","source":"x","duration":1},{"id":"a","kind":"still","source":"x","duration":1}]}`, ErrProject},
		{"unknown kind", `{"format":"parley-project","version":1,"clips":[{"id":"a","kind":"hologram","source":"x"}]}`, ErrProject},
		{"impossible output", `{"format":"parley-project","version":1,"clips":[],"output":{"width":1}}`, ErrProject},
		{"hostile recording", `{"format":"parley-project","version":1,"clips":[],"sources":[{"path":"r","recording":{"format":"parley-recording","version":1,"tracks":[{"id":"a","who":"me","kind":"video","file":"../x"}]}}]}`, ErrProject},
	}
	for _, tt := range tests {
		if _, err := DecodeProject([]byte(tt.data), "/p"); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

func TestProjectMigrates(t *testing.T) {
	p, err := DecodeProject([]byte(`{"version":0,"items":[{"id":"a","kind":"still","source":"x.jpg","duration":"2/1"}],"mood":1}`), "/p")
	if err != nil {
		t.Fatal(err)
	}
	if p.Timeline.Len() != 1 || p.Timeline.Duration() != Rational(2, 1) {
		t.Errorf("migrated to %s", shape(p.Timeline))
	}
	data, err := EncodeProject(p, "/p")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), `"version": 2`) || !strings.Contains(string(data), `"mood"`) || strings.Contains(string(data), "items") {
		t.Errorf("written as %s", data)
	}
}

// FuzzProject: whatever is read can be written, and reads the same again.
func FuzzProject(f *testing.F) {
	f.Add([]byte(full))
	f.Add([]byte(`{"version":0,"items":[]}`))
	f.Add([]byte(`{"format":"parley-project","version":1,"clips":[{"ID":"a","Kind":"still","ſource":"x","duration":"1/3"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := DecodeProject(data, "/home/ann")
		if err != nil {
			return
		}
		first, err := EncodeProject(p, "/home/ann")
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		again, err := DecodeProject(first, "/home/ann")
		if err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, first)
		}
		second, err := EncodeProject(again, "/home/ann")
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, second) {
			t.Fatalf("not the same again:\n%s\n%s", first, second)
		}
		plan, err := NewPlan(p.Timeline, p.Library, p.Spec(), Effects{}, opener)
		if err == nil && plan.Frames <= 0 {
			t.Fatal("a plan without frames")
		}
	})
}

func FuzzRecording(f *testing.F) {
	f.Add([]byte(`{"format":"parley-recording","version":1,"tracks":[{"id":"v","who":"me","kind":"video","file":"v.mkv","timing":"v.jsonl"}]}`))
	f.Add([]byte(`{"format":"parley-recording","version":1,"tracks":[{"id":"v","who":"me","kind":"video","file":"../v.mkv"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ParseRecording(data, "/r")
		if err != nil {
			return
		}
		for _, track := range r.Tracks {
			if path := r.TrackPath(track); path == "/r" || strings.Count(path, "/") != 2 || !strings.HasPrefix(path, "/r/") {
				t.Fatalf("track %q is at %q", track.File, path)
			}
		}
		if r.Length(nil).Cmp(Time{}) < 0 || r.Label() == "" {
			t.Fatal("a recording without a length or a name")
		}
	})
}

func TestRecording(t *testing.T) {
	ok := func(track string) string {
		return `{"format":"parley-recording","version":1,"session":"s","me":"Ann","them":"Bob","started":"2025-01-02T03:04:05Z","tracks":[` + track + `]}`
	}
	good := `{"id":"v","who":"me","kind":"video","file":"v.mkv","timing":"v.jsonl","codec":"H264","offset_ns":500000000,"duration_ns":0}`
	r, err := ParseRecording([]byte(ok(good)), "/r")
	if err != nil {
		t.Fatal(err)
	}
	m := &Media{Start: Rational(1, 2), Duration: Rational(3, 1)}
	if got := r.Length(map[string]*Media{"v": m}); got != Rational(7, 2) {
		t.Errorf("a recording that was cut off lasts as long as its tracks, got %s", got)
	}
	for _, file := range []string{"", ".", "..", "../v.mkv", "/etc/passwd", "a/b", `a\\b`, `c:x`, `a\u0000b`} {
		track := fmt.Sprintf(`{"id":"v","who":"me","kind":"video","file":"%s"}`, file)
		if _, err := ParseRecording([]byte(ok(track)), "/r"); !errors.Is(err, ErrRecording) {
			t.Errorf("file %q: %v", file, err)
		}
		track = fmt.Sprintf(`{"id":"v","who":"me","kind":"video","file":"v.mkv","timing":"%s"}`, file)
		if _, err := ParseRecording([]byte(ok(track)), "/r"); file != "" && !errors.Is(err, ErrRecording) {
			t.Errorf("timing %q: %v", file, err)
		}
	}
	for name, data := range map[string]string{
		"twice": ok(good + "," + good), "newer": strings.Replace(ok(good), `"version":1`, `"version":2`, 1),
		"kind": ok(strings.Replace(good, `"video"`, `"smell"`, 1)), "who": ok(strings.Replace(good, `"me","kind"`, `"us","kind"`, 1)),
		"offset": ok(strings.Replace(good, "500000000", "-1", 1)), "other": `{"version":1}`, "none": `{`,
	} {
		if _, err := ParseRecording([]byte(data), "/r"); !errors.Is(err, ErrRecording) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
