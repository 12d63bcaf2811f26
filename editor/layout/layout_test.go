package layout

import (
	"bytes"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"parley/editor"
)

// installed are the layouts that come with the program.
func installed(t *testing.T) []editor.Layout {
	t.Helper()
	var log bytes.Buffer
	all := Load(slog.New(slog.NewTextHandler(&log, nil)), os.DirFS("../../assets/layouts"))
	if log.Len() > 0 || len(all) == 0 {
		t.Fatalf("%d layouts: %s", len(all), log.String())
	}
	return all
}

func TestInstalled(t *testing.T) {
	all := installed(t)
	var names, labels []string
	for _, l := range all {
		names, labels = append(names, l.Name), append(labels, l.Label)
	}
	if names[0] != string(editor.SideBySide) {
		t.Errorf("%q is offered first", names[0])
	}
	for _, want := range []editor.Arrangement{editor.SideBySide, editor.OnlyMe, editor.OnlyThem, "picture-in-picture", "me-large", "them-large", "stacked", "screen-both"} {
		if !slices.Contains(names, string(want)) {
			t.Errorf("there is no %s", want)
		}
	}
	for _, l := range all {
		if l.Else != "" && !slices.Contains(names, l.Else) {
			t.Errorf("%s falls back to %q, which is not there", l.Name, l.Else)
		}
	}
	slices.Sort(labels)
	if len(slices.Compact(labels)) != len(all) {
		t.Errorf("two layouts have one label: %q", labels)
	}
}

func TestLoad(t *testing.T) {
	one := `{"name":"a","label":"A","order":2,"boxes":[{"show":"me","x":0,"y":0,"w":1,"h":1}]}`
	first := fstest.MapFS{
		"a.json": {Data: []byte(one)}, "b.json": {Data: []byte(strings.Replace(one, `"a"`, `"b"`, 1))},
		"bad.json": {Data: []byte(`{`)}, "note.txt": {Data: []byte("x")},
		"huge.json": {Data: bytes.Repeat([]byte(" "), 2<<20)},
	}
	users := fstest.MapFS{"mine.json": {Data: []byte(strings.NewReplacer(`"A"`, `"Mine"`, "2", "1").Replace(strings.Replace(one, `"a"`, `"b"`, 1)))}}
	var log bytes.Buffer
	all := Load(slog.New(slog.NewTextHandler(&log, nil)), first, users, os.DirFS(t.TempDir()+"/none"))
	if len(all) != 2 || all[0].Name != "b" || all[0].Label != "Mine" || all[1].Name != "a" {
		t.Errorf("%+v", all)
	}
	if said := log.String(); strings.Count(said, "\n") != 2 || !strings.Contains(said, "bad.json") || !strings.Contains(said, "huge.json") {
		t.Errorf("the log says %s", said)
	}
}

func TestRefused(t *testing.T) {
	good := `{"name":"a","label":"A","ground":"#102030","else":"b","boxes":[{"show":"me","x":0,"y":0,"w":0.5,"h":1,"fit":"fill","radius":0.1}]}`
	if _, err := Parse([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, c := range [][2]string{
		{`"a"`, `"../a"`}, {`"A"`, `""`}, {`"b"`, `"B b"`}, {"#102030", "red"}, {"#102030", "#10203g"}, {`"me"`, `"you"`}, {`"x":0,`, `"x":0.6,`},
		{`"w":0.5`, `"w":0`}, {`"w":0.5`, `"w":1e999`}, {`"fill"`, `"stretch"`}, {"0.1", "0.6"}, {`"label"`, `"lable"`}, {`}]}`, `}]}{}`},
		{`[{`, `[{"show":"me","x":0,"y":0,"w":1,"h":1},` + strings.Repeat(`{"show":"me","x":0,"y":0,"w":1,"h":1},`, 20) + `{`},
		{`"boxes":[`, `"boxes":[],"upright":[`}, {`"name"`, `"order":1e30,"name"`},
	} {
		if l, err := Parse([]byte(strings.Replace(good, c[0], c[1], 1))); err == nil {
			t.Errorf("%s instead of %s is accepted: %+v", c[1], c[0], l)
		}
	}
}

// FuzzParse holds that whatever is accepted can be applied: boxes lie in the
// frame, on even pixels, whatever the frame's shape.
func FuzzParse(f *testing.F) {
	for _, name := range []string{"side-by-side", "screen-both", "cards"} {
		data, err := os.ReadFile("../../assets/layouts/" + name + ".json")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	r := &editor.Recording{Tracks: []editor.Track{
		{ID: "me-video", Who: editor.Me, Kind: editor.VideoStream}, {ID: "them-video", Who: editor.Them, Kind: editor.VideoStream},
		{ID: "me-screen", Who: editor.Me, Kind: editor.VideoStream},
	}}
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := Parse(data)
		if err != nil {
			return
		}
		for _, out := range []editor.Output{{Width: 1920, Height: 1080}, {Width: 1080, Height: 1920}, {Width: 16, Height: 16}} {
			l.Else = ""
			c, err := editor.Effects{Layouts: []editor.Layout{l}}.Compose(editor.Arrangement(l.Name), r, nil, out)
			if err != nil {
				t.Fatal(err)
			}
			for _, b := range c.Boxes {
				if b.X < 0 || b.Y < 0 || b.W < 2 || b.H < 2 || b.X+b.W > out.Width || b.Y+b.H > out.Height || (b.X|b.Y|b.W|b.H)%2 != 0 || b.Radius > min(b.W, b.H)/2 {
					t.Fatalf("%+v in %+v", b, out)
				}
			}
		}
	})
}
