package exchange

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/editor"
)

func sec(num, den int64) editor.Time { return editor.Rational(num, den) }

// talk is a film of 60 s with sound, at /v/Talk 1.mp4.
func talk() editor.Source {
	return editor.Source{Path: "/v/Talk 1.mp4", Media: &editor.Media{Path: "/v/Talk 1.mp4", Duration: sec(60, 1), Streams: []editor.Stream{
		{Index: 0, Kind: editor.VideoStream, Codec: "h264", Width: 640, Height: 360, FrameRate: editor.Ratio{Num: 30, Den: 1}, Duration: sec(60, 1)},
		{Index: 1, Kind: editor.AudioStream, Codec: "aac", SampleRate: 48000, Channels: 2, Duration: sec(60, 1)},
	}}}
}

// walk is a film of 60 s without sound, at /v/walk.mov.
func walk() editor.Source {
	s := talk()
	m := *s.Media
	s.Path, m.Path, m.Streams = "/v/walk.mov", "/v/walk.mov", m.Streams[:1]
	s.Media = &m
	return s
}

// photo is a still at /v/photo.jpg.
func photo() editor.Source {
	return editor.Source{Path: "/v/photo.jpg", Media: &editor.Media{Path: "/v/photo.jpg", Still: true, Streams: []editor.Stream{
		{Kind: editor.VideoStream, Codec: "mjpeg", Width: 4000, Height: 3000},
	}}}
}

// part is a clip of a source.
func part(t testing.TB, id editor.ClipID, s editor.Source, in, out editor.Time) editor.Clip {
	t.Helper()
	c, err := editor.NewClip(id, s)
	if err != nil {
		t.Fatal(err)
	}
	c.In, c.Out = in, out
	return c
}

// film is a film at 30 frames a second of clips of talk, walk and photo.
func film(t testing.TB, clips ...editor.Clip) Film {
	t.Helper()
	line, err := editor.NewTimeline(clips...)
	if err != nil {
		t.Fatal(err)
	}
	lib := editor.Library{}
	for _, s := range []editor.Source{talk(), walk(), photo()} {
		lib[s.Path] = s
	}
	return Film{Name: "Holiday", Timeline: line, Library: lib, Output: editor.Output{Width: 640, Height: 360, Rate: editor.Ratio{Num: 30, Den: 1}, SampleRate: 48000}}
}

func write(t testing.TB, format Format, f Film) (string, []Loss) {
	t.Helper()
	var b strings.Builder
	lost, err := format.Write(&b, f)
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), lost
}

// cuts are the parts of talk that the film of TestCutLists shows.
func cuts(t testing.TB) Film {
	first := part(t, "c1", talk(), editor.Time{}, sec(11, 2))
	first.Label = `Said "so", then`
	return film(t, first, part(t, "c2", walk(), sec(1, 1), sec(2, 1)), part(t, "c3", talk(), sec(40, 1), sec(60, 1)))
}

// TestCutLists writes each kind of list and reads it again.
func TestCutLists(t *testing.T) {
	for _, tt := range []struct {
		format Format
		want   string
	}{
		{csvFormat, "0,5.5,\"Said \"\"so\"\", then\"\n40,60,\n"},
		{tsvFormat, "00:00:00.000\t00:00:05.500\t\"Said \"\"so\"\", then\"\n00:00:40.000\t00:01:00.000\t\n"},
		{llcFormat, `{
  "version": 1,
  "mediaFileName": "Talk 1.mp4",
  "cutSegments": [
    {
      "start": 0,
      "end": 5.5,
      "name": "Said \"so\", then"
    },
    {
      "start": 40,
      "end": 60,
      "name": ""
    }
  ]
}
`},
		{edlFormat, `TITLE: Holiday
FCM: NON-DROP FRAME

001  TALK1    AA/V  C        00:00:00:00 00:00:05:15 00:00:00:00 00:00:05:15
* FROM CLIP NAME: Talk 1.mp4
* COMMENT: Said "so", then

002  WALK     V     C        00:00:01:00 00:00:02:00 00:00:05:15 00:00:06:15
* FROM CLIP NAME: walk.mov

003  TALK1    AA/V  C        00:00:40:00 00:01:00:00 00:00:06:15 00:00:26:15
* FROM CLIP NAME: Talk 1.mp4

`},
	} {
		got, lost := write(t, tt.format, cuts(t))
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.format.Name, diff)
		}
		if others := tt.format.Name != "edl"; others != (len(lost) == 1 && lost[0] == LostOthers) {
			t.Errorf("%s: lost %q", tt.format.Name, lost)
		}
		again, err := Read("list"+tt.format.Extension, []byte(got), Reading{talk(), editor.Ratio{Num: 30, Den: 1}})
		if err != nil {
			t.Errorf("%s: %v", tt.format.Name, err)
			continue
		}
		clips, err := Clips(again, talk())
		if err != nil || len(clips) != 2 {
			t.Errorf("%s: %v, %v", tt.format.Name, clips, err)
			continue
		}
		a, b := clips[0], clips[1]
		if a.In != sec(0, 1) || a.Out != sec(11, 2) || a.Label != `Said "so", then` || b.In != sec(40, 1) || b.Out != sec(60, 1) || b.Label != "Talk 1.mp4" {
			t.Errorf("%s: read %+v", tt.format.Name, clips)
		}
	}
}

func TestReadLists(t *testing.T) {
	to := func(from, to editor.Time, name string) Cut { return Cut{From: from, To: to, Name: name} }
	end := func(from editor.Time, name string) Cut { return Cut{From: from, ToEnd: true, Name: name} }
	tests := []struct {
		name, path, text string
		want             []Cut
	}{
		{"LosslessCut's example", "a.csv", ",56.9568,First segment starting at 0\n70,842.33,\"Another quoted label\"\n1234,,Last segment\n",
			[]Cut{to(sec(0, 1), sec(569568, 10000), "First segment starting at 0"), to(sec(70, 1), sec(84233, 100), "Another quoted label"), end(sec(1234, 1), "Last segment")}},
		{"a spreadsheet's", "a.csv", "\ufeffStart;End;Name\r\n1.5;2.5;Ä\r\n", []Cut{to(sec(3, 2), sec(5, 2), "Ä")}},
		{"without names", "A.CSV", "1,2\n3,\n", []Cut{to(sec(1, 1), sec(2, 1), ""), end(sec(3, 1), "")}},
		{"clock times", "a.tsv", "00:00:01.500\t01:00:00.000\ta, b\n", []Cut{to(sec(3, 2), sec(3600, 1), "a, b")}},
		{"a name of two lines", "a.csv", "1,2,\"a\nb\"\n", []Cut{to(sec(1, 1), sec(2, 1), "a b")}},
		{"JSON5", "a-proj.llc", "{\n  version: 2,\n  mediaFileName: 'Talk 1.mp4',\n  cutSegments: [\n    { start: 1.5, end: 2, name: 'it\\'s', selected: true, tags: { a: 'b' } },\n" +
			"    { start: 3, end: 4, name: 'not wanted', selected: false },\n    { end: 5, name: '' }, // a comment\n    { start: 6 },\n  ],\n}\n",
			[]Cut{to(sec(3, 2), sec(2, 1), "it's"), to(sec(0, 1), sec(5, 1), ""), end(sec(6, 1), "")}},
		{"another's EDL", "a.edl", "TITLE: x\r\nFCM: NON-DROP FRAME\r\n001  AX       V     C        01:00:01:00 01:00:02:15 00:00:00:00 00:00:01:15\r\n* FROM CLIP NAME:  TALK 1\r\n" +
			"002  AX       A     C        01:00:01:00 01:00:02:15 00:00:00:00 00:00:01:15\r\n" +
			"003  AX       V     C        01:00:05:00 01:00:05:00 00:00:01:15 00:00:01:15\r\n" +
			"003  BX       V     D    015 01:00:08:00 01:00:09:00 00:00:01:15 00:00:02:15\r\n* FROM CLIP NAME: talk 1.mp4\r\n* TO CLIP NAME: walk.mov\r\n",
			[]Cut{to(sec(1, 1), sec(5, 2), "")}},
		{"an EDL of sound", "a.edl", "001 AX AA C 00:00:01:00 00:00:02:00 00:00:00:00 00:00:01:00\n", []Cut{to(sec(1, 1), sec(2, 1), "")}},
	}
	for _, tt := range tests {
		got, err := Read(tt.path, []byte(tt.text), Reading{talk(), editor.Ratio{Num: 30, Den: 1}})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		for i := range got {
			got[i].Line, got[i].Of = 0, ""
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	edl := func(times string) string {
		return "TITLE: x\n\n001  AX  V  C  " + times + " 00:00:00:00 00:00:01:00\n"
	}
	tests := []struct{ name, path, text, say string }{
		{"nothing", "a.csv", "", "names no part"},
		{"no list", "a.doc", "1,2", "no list that is known"},
		{"a picture", "a.csv", "\x89PNG\x00\x00", "no text file"},
		{"prose", "a.csv", "dear all,\nsee you\n", "line 2"},
		{"one column", "a.csv", "1,2,a\n3\n", "line 2: there should be start, end and name"},
		{"no time", "a.csv", "1,2,a\nsoon,2,b\n", `line 2: "soon" is no time`},
		{"not a number", "a.csv", "1,NaN,a\n", "line 1"},
		{"backwards", "a.csv", "1,2,a\n\n5,4,b\n", "line 3: the part ends at 4 s, not after its beginning at 5 s"},
		{"before the film", "a.csv", "-5,4,b\n", "line 1: the part begins before"},
		{"too many", "a.csv", strings.Repeat("1,2,a\n", maxCuts+1), "more than 10000 parts"},
		{"too large", "a.csv", strings.Repeat("x", MaxList+1), "too much for a list"},
		{"broken JSON5", "a.llc", "{\n  version: 1,\n  cutSegments: [ , ]\n}", "line 3"},
		{"deep JSON5", "a.llc", strings.Repeat("[", 1<<20), "no project of LosslessCut"},
		{"other JSON", "a.llc", `{"cutSegments": 7}`, "no project of LosslessCut"},
		{"endless part", "a.llc", `{cutSegments: [{start: 1, end: Infinity}]}`, "part 1"},
		{"part before the film", "a.llc", `{cutSegments: [{start: 1, end: 2}, {start: -1, end: 2}]}`, "part 2"},
		{"drop frame at 30", "a.edl", edl("00:00:00;00 00:00:01;00"), "line 3: it counts frames as 29.97"},
		{"another rate", "a.edl", edl("00:00:00:00 00:00:01:49"), "line 3: \"00:00:00:00 00:00:01:49\" is no time code at 30 frames"},
		{"EDL backwards", "a.edl", edl("00:00:02:00 00:00:01:00"), "line 3: the part ends before"},
		{"MPlayer's EDL", "a.edl", "1.0 2.0 0\n", "names no part"},
	}
	for _, tt := range tests {
		_, err := Read(tt.path, []byte(tt.text), Reading{talk(), editor.Ratio{Num: 30, Den: 1}})
		if !errors.Is(err, ErrList) || !strings.Contains(err.Error(), tt.say) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.say)
		}
	}
}

func TestClips(t *testing.T) {
	if _, err := Clips([]Cut{{From: sec(70, 1), ToEnd: true, Line: 7}}, talk()); !errors.Is(err, ErrList) || !strings.Contains(err.Error(), "line 7: the part begins at 70 s, but Talk 1.mp4 has only 60 s") {
		t.Errorf("a part after the end: %v", err)
	}
	if _, err := Clips([]Cut{{ToEnd: true}}, photo()); !errors.Is(err, ErrList) {
		t.Errorf("a part of a picture: %v", err)
	}
	clips, err := Clips([]Cut{{From: sec(50, 1), To: sec(99, 1)}, {From: sec(1, 1), ToEnd: true, Name: "x"}}, talk())
	if err != nil || clips[0].Out != sec(60, 1) || clips[1].Out != sec(60, 1) || clips[1].Label != "x" {
		t.Errorf("%+v, %v", clips, err)
	}
}

func TestFormats(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range Formats() {
		if seen[f.Name] || seen[f.Extension] || f.Title == "" || f.Write == nil && f.Read == nil {
			t.Errorf("the format %q", f.Name)
		}
		seen[f.Name], seen[f.Extension] = true, true
		byName, ok1 := ByName(f.Name)
		byPath, ok2 := ByPath("/a.b/Film" + strings.ToUpper(f.Extension))
		if !ok1 || !ok2 || byName.Name != f.Name || byPath.Name != f.Name {
			t.Errorf("the format %q is not found", f.Name)
		}
	}
	if _, ok := ByPath("film"); ok {
		t.Error("a file without an ending has a format")
	}
}
