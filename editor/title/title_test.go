package title

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"parley/editor"
	"parley/editor/title/typeface"
)

var update = flag.Bool("update", false, "write the golden scripts anew")

// evenRuler has letters of one width, whatever fonts there are.
type evenRuler struct{}

func (evenRuler) Runs(line string, s typeface.Style) []typeface.Run {
	if line == "" {
		return nil
	}
	return []typeface.Run{{Text: line, Family: s.Families[0], Weight: s.Weight, Italic: s.Italic,
		Advance: 0.55 * float64(len([]rune(line))), Height: 1.2, Ascent: 0.95}}
}

// book is what comes with the program, with letters of one width.
func book(t testing.TB) *Book {
	t.Helper()
	var log bytes.Buffer
	b := Load(slog.New(slog.NewTextHandler(&log, nil)), nil, []fs.FS{os.DirFS("../../assets/titles")}, []fs.FS{os.DirFS("../../assets/titles/themes")})
	if log.Len() > 0 || len(b.Templates()) < 10 {
		t.Fatalf("%d templates: %s", len(b.Templates()), log.String())
	}
	b.ruler = evenRuler{}
	return b
}

var wide = editor.Output{Width: 1920, Height: 1080, Rate: editor.Ratio{Num: 25, Den: 1}, SampleRate: 48000}

// filled is a title of a template with something in every field.
func filled(tmpl editor.Template) editor.Title {
	t := editor.Title{Template: tmpl.Name, Fields: map[string]string{}}
	for _, f := range tmpl.Fields {
		if f.Kind == editor.TextField || f.Kind == editor.LinesField {
			t.Fields[f.Name] = "Some " + f.Name
		}
	}
	return t
}

func TestGoldenScripts(t *testing.T) {
	b := book(t)
	for _, tmpl := range b.Templates() {
		t.Run(tmpl.Name, func(t *testing.T) {
			shown := editor.ShownTitle{Title: filled(tmpl), From: editor.Rational(1, 1), To: editor.Rational(4, 1)}
			cues := []editor.Cue{{From: editor.Rational(2, 1), To: editor.Rational(3, 1), Text: "A subtitle that is so long that it has to be broken into two lines of nearly one width"}}
			script, err := b.Script([]editor.ShownTitle{shown}, cues, wide)
			if err != nil {
				t.Fatal(err)
			}
			ground, err := b.Ground(shown.Title, wide)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, tmpl.Name, "ground: "+ground+"\n\n"+script)
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "script", name+".txt")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the script changed (-update writes it anew):\n%s", diff)
	}
}

func TestMissing(t *testing.T) {
	b := book(t)
	for _, title := range []editor.Title{{Template: "none"}, {Template: "card", Fields: map[string]string{"title": "x", "theme": "None"}}} {
		_, script := b.Script([]editor.ShownTitle{{Title: title, To: editor.Rational(1, 1)}}, nil, wide)
		_, ground := b.Ground(title, wide)
		if !errors.Is(script, editor.ErrEffect) || !errors.Is(ground, editor.ErrEffect) {
			t.Errorf("%+v: %v, %v", title, script, ground)
		}
	}
}

// TestEmptyTitle holds that a title nothing is written in draws nothing.
func TestEmptyTitle(t *testing.T) {
	b := book(t)
	for _, tmpl := range b.Templates() {
		script, err := b.Script([]editor.ShownTitle{{Title: editor.Title{Template: tmpl.Name}, To: editor.Rational(3, 1)}}, nil, wide)
		if err != nil || strings.Contains(script, "Dialogue") {
			t.Errorf("%s: %v\n%s", tmpl.Name, err, script)
		}
	}
}

// TestGoesOn holds that a title which came before the pictures begin is where
// it would be had the pictures begun earlier.
func TestGoesOn(t *testing.T) {
	b := book(t)
	title := editor.Title{Template: "lower-third", Fields: map[string]string{"title": "Ada"}}
	whole, err := b.Script([]editor.ShownTitle{{Title: title, From: editor.Time{}, To: editor.Rational(4, 1)}}, nil, wide)
	if err != nil {
		t.Fatal(err)
	}
	later, err := b.Script([]editor.ShownTitle{{Title: title, From: editor.Rational(-3, 1), To: editor.Rational(1, 1)}}, nil, wide)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.ReplaceAll(strings.ReplaceAll(events(whole, "0:00:03.65,0:00:03.69"), "0:00:03.65", "0:00:00.65"), "0:00:03.69", "0:00:00.69")
	if got := events(later, "0:00:00.65,0:00:00.69"); want == "" || got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if strings.Contains(later, `\move(`) && strings.Contains(events(later, "0:00:00.00,0:00:00.04"), "Dialogue") {
		t.Error("it comes anew")
	}
}

// events are those of a time.
func events(script, time string) string {
	var found strings.Builder
	for line := range strings.Lines(script) {
		if strings.Contains(line, time) {
			found.WriteString(line)
		}
	}
	return found.String()
}

// TestHostileTexts holds that no text gets out of its place in a script.
func TestHostileTexts(t *testing.T) {
	b := book(t)
	all := b.Templates()
	for i, text := range []string{
		`{\pos(0,0)}x`, `a\Nb\nc\hd`, "a\nDialogue: 0,0:00:00.00,9:00:00.00,T,{\\p1}m 0 0", "a\r\n[Fonts]\r\nx", `}{\}`, `\`, `{`, "\x00\x1b[2J", "\u2028x\u2029", strings.Repeat("W", 4000),
		strings.Repeat("a ", 2000), strings.Repeat("\n", 3000) + "x", strings.Repeat("{\\fs999}", 400), "\u202e\u202d\u2066\u2067\u2068x",
	} {
		for _, tmpl := range []editor.Template{all[i%len(all)], all[(i+5)%len(all)]} {
			title := filled(tmpl)
			for name := range title.Fields {
				title.Fields[name] = text
			}
			script, err := b.Script([]editor.ShownTitle{{Title: title, To: editor.Rational(3, 1)}}, []editor.Cue{{To: editor.Rational(1, 1), Text: text}}, wide)
			if err != nil {
				t.Fatal(err)
			}
			holds(t, script)
		}
	}
}

// codes are the override codes that this package writes.
var codes = []string{"an", "pos", "move", "clip", "t", "fade", "1c", "3c", "1a", "3a", "bord", "blur", "b", "i", "fs", "fsp", "fn", "p4"}

// holds says what in a script is not as it is written by this package.
func holds(t *testing.T, script string) {
	t.Helper()
	_, body, ok := strings.Cut(script, "Format: Layer, Start, End, Style, Text\n")
	if !ok {
		t.Fatalf("no events: %q", script)
	}
	for line := range strings.Lines(body) {
		if !strings.HasPrefix(line, "Dialogue: ") || strings.ContainsAny(line[:len(line)-1], "\x00\r\x1b") {
			t.Fatalf("a line of its own: %q", line)
		}
		text := strings.NewReplacer(`\{`, "", `\}`, "", "\\\u2060", "").Replace(strings.SplitN(line, ",", 5)[4])
		for text != "" {
			var letters, block string
			letters, text, _ = strings.Cut(text, "{")
			block, text, _ = strings.Cut(text, "}")
			if strings.ContainsAny(letters, `\}`) || strings.Contains(block, "{") {
				t.Fatalf("letters that are codes: %q in %q", letters, line)
			}
			for i, c := range strings.Split(block, `\`) {
				if i == 0 && c != "" || i > 0 && !known(c) {
					t.Fatalf("the code %q in %q", c, line)
				}
			}
		}
	}
}

func known(code string) bool {
	for _, k := range codes {
		if strings.HasPrefix(code, k) {
			return true
		}
	}
	return false
}

func TestLoad(t *testing.T) {
	template := `{"name":"a","label":"A","fields":[{"name":"title","label":"T"}],"anchor":["left","top"],"width":1,"items":[{"text":"title","size":0.1}]}`
	th, err := os.ReadFile("../../assets/titles/themes/parley.json")
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	b := Load(slog.New(slog.NewTextHandler(&log, nil)), nil,
		[]fs.FS{fstest.MapFS{"a.json": {Data: []byte(template)}, "bad.json": {Data: []byte("{}")}}, fstest.MapFS{"b.json": {Data: []byte(strings.Replace(template, `"A"`, `"Mine"`, 1))}}},
		[]fs.FS{fstest.MapFS{"t.json": {Data: th}, "u.json": {Data: []byte(`{"name":"x"}`)}}})
	if all := b.Templates(); len(all) != 1 || all[0].Label != "Mine" || len(all[0].Fields) != 3 || all[0].Fields[1].Choices[0] != "Parley" {
		t.Errorf("%+v", all)
	}
	if said := log.String(); strings.Count(said, "\n") != 2 || !strings.Contains(said, "bad.json") || !strings.Contains(said, "u.json") {
		t.Errorf("the log says %s", said)
	}
}

func TestRefused(t *testing.T) {
	good := `{"name":"a","label":"A","fields":[{"name":"title","label":"T","kind":"text"}],"anchor":["left","top"],"margin":[0.1,0.1],"width":1,` +
		`"panel":{"color":"panel","bar":{"edge":"left","size":0.01}},"items":[{"text":"title","size":0.1,"color":"ink","font":"body","shadow":{"size":0.01}}],"enter":{"kind":"fade","time":1}}`
	if _, err := parseTemplate([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, c := range [][2]string{
		{`"a"`, `"A b"`}, {`"A"`, `""`}, {`"left","top"`, `"up","top"`}, {`"left","top"`, `"left"`}, {`"width":1`, `"width":0`}, {`"width":1`, `"width":1e99`}, {"0.1,0.1", "0.9,0.1"},
		{`"color":"panel"`, `"color":"mauve"`}, {`"left","size"`, `"right","size"`}, {`"text":"title"`, `"text":"none"`}, {`"size":0.1`, `"size":9`}, {`"body"`, `"Comic Sans\\b1"`},
		{`"fade"`, `"explode"`}, {`"time":1`, `"time":-1`}, {`"label":"T"`, `"label":""`}, {`"kind":"text"`, `"kind":"dance"`}, {`"kind":"text"`, `"kind":"choice"`}, {`"name":"title"`, `"name":"theme"`},
		{`"width"`, `"widht"`}, {`"enter"`, `"x":1,"enter"`}, {`"items":[`, `"items":[],"leave":{},"x":[`},
	} {
		if _, err := parseTemplate([]byte(strings.Replace(good, c[0], c[1], 1))); err == nil {
			t.Errorf("%s instead of %s is accepted", c[1], c[0])
		}
	}
}

// FuzzTemplate holds that whatever is accepted can be drawn, and that no
// template gets codes of its own into a script.
func FuzzTemplate(f *testing.F) {
	names, err := filepath.Glob("../../assets/titles/*.json")
	if err != nil || len(names) == 0 {
		f.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, "A text {\\b1}")
	}
	themes := book(f).themes
	f.Fuzz(func(t *testing.T, data []byte, text string) {
		tmpl, err := parseTemplate(data)
		if err != nil || len(text) > 300 {
			return
		}
		b := &Book{templates: []template{tmpl}, themes: themes, ruler: evenRuler{}}
		title := editor.Title{Template: tmpl.Name, Fields: map[string]string{}}
		for _, f := range tmpl.Fields {
			title.Fields[f.Name] = text
		}
		delete(title.Fields, themeField)
		script, err := b.Script([]editor.ShownTitle{{Title: title, To: editor.Rational(3, 1)}}, nil, wide)
		if err != nil {
			t.Fatal(err)
		}
		holds(t, script)
	})
}

func FuzzTheme(f *testing.F) {
	data, err := os.ReadFile("../../assets/titles/themes/parley.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		th, err := parseTheme(data)
		if err != nil {
			return
		}
		for _, name := range themeColors {
			if c := drawn(th.color(name, "")); len(c) != len("&HBBGGRR&") {
				t.Errorf("%q", c)
			}
		}
	})
}
