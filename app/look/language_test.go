package look

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2/lang"

	"parley/assets"
	"parley/call"
)

// sayers are the functions whose first argument is a text to be translated.
var sayers = []string{"L", "Localize", "say", "sayOf", "item", "key"}

// textsShown finds every text of the user interface in its source.
func textsShown(t *testing.T) map[string]token.Position {
	t.Helper()
	texts := map[string]token.Position{}
	files := token.NewFileSet()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			first, ok := said(n)
			if text, is := literal(first); ok && is {
				texts[text] = files.Position(n.Pos())
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []call.Reason{
		call.HungUp, call.Declined, call.Busy, call.NoAnswer, call.Cancelled,
		call.Unreachable, call.Lost, call.NoPath, call.Broken,
	} {
		texts[r.Sentence("")] = token.Position{Filename: "call/reason.go"}
		texts[r.Sentence("{{.Them}}")] = token.Position{Filename: "call/reason.go"}
	}
	for _, theme := range Themes() {
		texts[theme.Title] = token.Position{Filename: "look/theme.go"}
	}
	return texts
}

// said is what a node of the source may say to people: the first argument of a
// sayer, or of a Text that is written out.
func said(n ast.Node) (ast.Expr, bool) {
	switch n := n.(type) {
	case *ast.CallExpr:
		if len(n.Args) > 0 && slices.Contains(sayers, nameOf(n.Fun)) {
			return n.Args[0], true
		}
	case *ast.CompositeLit:
		if len(n.Elts) > 0 && nameOf(n.Type) == "Text" {
			if field, ok := n.Elts[0].(*ast.KeyValueExpr); ok {
				return field.Value, nameOf(field.Key) == "Key"
			}
			return n.Elts[0], true
		}
	}
	return nil, false
}

func nameOf(e ast.Expr) string {
	switch f := e.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

func literal(e ast.Expr) (string, bool) {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(l.Value)
	return text, err == nil && strings.TrimSpace(place.ReplaceAllString(text, "")) != ""
}

var place = regexp.MustCompile(`\{\{[^}]*\}\}`)

func TestEveryTextIsTranslated(t *testing.T) {
	shown := textsShown(t)
	if len(shown) < 60 {
		t.Fatalf("only %d texts were found in the source", len(shown))
	}
	for _, l := range Languages() {
		if l.Name == "en" {
			continue // the texts in the source
		}
		texts := translations(t, l.Name)
		for text, at := range shown {
			if _, ok := texts[text]; !ok {
				t.Errorf("%s: no translation of %q (%s)", l.Name, text, at)
			}
		}
	}
}

func TestTranslationsKeepTheirPlaces(t *testing.T) {
	for _, l := range Languages() {
		for text, to := range translations(t, l.Name) {
			want, got := place.FindAllString(text, -1), place.FindAllString(to, -1)
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(want, got) {
				t.Errorf("%s: %q has the places %v, want %v", l.Name, to, got, want)
			}
		}
	}
}

// translations reads a language file; of plural forms, the general one.
func translations(t *testing.T, tag string) map[string]string {
	t.Helper()
	data, err := assets.Languages.ReadFile("languages/" + tag + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatalf("%s: %v", tag, err)
	}
	texts := map[string]string{}
	for text, to := range all {
		switch to := to.(type) {
		case string:
			texts[text] = to
		case map[string]any:
			texts[text], _ = to["other"].(string)
		}
	}
	return texts
}

func TestSpeakChoosesTheLanguage(t *testing.T) {
	t.Setenv("LC_ALL", "en_GB.UTF-8")
	t.Setenv("LANGUAGE", "")
	for _, c := range []struct{ tag, want string }{
		{"de", "Auflegen"}, {"en", "Hang up"}, {"", "Hang up"},
	} {
		if err := Speak(c.tag); err != nil {
			t.Fatal(err)
		}
		if got := lang.L("Hang up"); got != c.want {
			t.Errorf("Speak(%q): %q, want %q", c.tag, got, c.want)
		}
	}
}
