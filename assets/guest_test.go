package assets

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// guestText is the text of one of the page's files.
func guestText(t *testing.T, name string) string {
	t.Helper()
	data, err := fs.ReadFile(Guest, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// guestNames are the page's files with an ending.
func guestNames(t *testing.T, ending string) []string {
	t.Helper()
	names, err := fs.Glob(Guest, "*"+ending)
	if err != nil || len(names) == 0 {
		t.Fatalf("files %s: %v, %v", ending, names, err)
	}
	return names
}

func TestGuestFiles(t *testing.T) {
	for _, name := range []string{"index.html", "main.js", "base.css", "themes/parley.json"} {
		if _, err := fs.Stat(Guest, name); err != nil {
			t.Error(err)
		}
	}
	page, err := fs.Sub(guest, "guest")
	if err != nil {
		t.Fatal(err)
	}
	if err := fstest.TestFS(page, "index.html"); err != nil {
		t.Error(err)
	}
}

var (
	named      = regexp.MustCompile(`"/guest/([^"#]+)(?:#([a-z-]+))?"|'/guest/([a-z]+\.json)'`)
	importing  = regexp.MustCompile(`from '\./([^']+)'`)
	elsewhere  = regexp.MustCompile(`\b(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}`)
	saying     = regexp.MustCompile(`\bsay\('([^']+)'`)
	written    = regexp.MustCompile(`<\w+[^>]*\bdata-say\b[^>]*>([^<]*)<`)
	attributes = regexp.MustCompile(`(?:aria-label|title|placeholder)="([^"]*)"`)
	variable   = regexp.MustCompile(`--(\w+): (#[0-9a-f]{6,8});`)
	served     = []string{"words.json", "space.json"} // by the rendezvous
)

// What the page names is there.
func TestGuestIsWhole(t *testing.T) {
	symbols := guestText(t, "icons.svg")
	for _, name := range slices.Concat(guestNames(t, ".js"), guestNames(t, ".html"), guestNames(t, ".css")) {
		text := guestText(t, name)
		for _, m := range named.FindAllStringSubmatch(text, -1) {
			file := m[1] + m[3]
			if _, err := fs.Stat(Guest, file); err != nil && !slices.Contains(served, file) {
				t.Errorf("%s names %s: %v", name, file, err)
			}
			if m[2] != "" && !strings.Contains(symbols, `id="`+m[2]+`"`) {
				t.Errorf("%s names the symbol %s, which there is not", name, m[2])
			}
		}
		for _, m := range importing.FindAllStringSubmatch(text, -1) {
			if _, err := fs.Stat(Guest, m[1]); err != nil {
				t.Errorf("%s imports %s: %v", name, m[1], err)
			}
		}
	}
}

// The page loads nothing from anywhere else, and keeps no cookie.
func TestGuestHasNoThirdParty(t *testing.T) {
	for _, name := range slices.Concat(guestNames(t, ".js"), guestNames(t, ".html"), guestNames(t, ".css"), guestNames(t, ".svg")) {
		text := strings.ReplaceAll(guestText(t, name), "http://www.w3.org/2000/svg", "")
		if found := elsewhere.FindAllString(text, -1); found != nil {
			t.Errorf("%s speaks of %q", name, found)
		}
		if strings.Contains(text, "document.cookie") || strings.Contains(text, "innerHTML") || strings.Contains(text, "eval(") {
			t.Errorf("%s uses cookies, innerHTML or eval", name)
		}
		if path.Ext(name) == ".html" && (strings.Contains(text, "style=") || strings.Contains(text, "<style") || strings.Contains(text, "onclick=")) {
			t.Errorf("%s has styles or scripts within, which the server's policy forbids", name)
		}
	}
}

// guestTexts are all that the page says.
func guestTexts(t *testing.T) map[string]string {
	texts := map[string]string{}
	for _, name := range guestNames(t, ".js") {
		for _, m := range saying.FindAllStringSubmatch(guestText(t, name), -1) {
			texts[m[1]] = name
		}
	}
	page := guestText(t, "index.html")
	for _, m := range slices.Concat(written.FindAllStringSubmatch(page, -1), attributes.FindAllStringSubmatch(page, -1)) {
		texts[strings.Join(strings.Fields(m[1]), " ")] = "index.html"
	}
	return texts
}

func TestGuestIsTranslated(t *testing.T) {
	texts := guestTexts(t)
	if len(texts) < 70 {
		t.Fatalf("only %d texts were found", len(texts))
	}
	var german map[string]string
	if err := json.Unmarshal([]byte(guestText(t, "de.json")), &german); err != nil {
		t.Fatal(err)
	}
	places := regexp.MustCompile(`\{\{\.\w+\}\}`)
	for text, file := range texts {
		if german[text] == "" {
			t.Errorf("%s: no translation of %q", file, text)
		}
		if a, b := fmt.Sprint(places.FindAllString(text, -1)), fmt.Sprint(places.FindAllString(german[text], -1)); a != b {
			t.Errorf("%q has the places %s, its translation %s", text, a, b)
		}
	}
	for text := range german {
		if texts[text] == "" {
			t.Errorf("the page does not say %q any more", text)
		}
	}
}

// The page begins in the colours of the program's theme.
func TestGuestColours(t *testing.T) {
	var theme map[string]json.RawMessage
	if err := json.Unmarshal([]byte(guestText(t, "themes/parley.json")), &theme); err != nil {
		t.Fatal(err)
	}
	both, light, found := strings.Cut(guestText(t, "base.css"), "@media (prefers-color-scheme: light)")
	if !found {
		t.Fatal("base.css has no light colours")
	}
	for part, css := range map[string]string{"Colors": both, "Colors-dark": both, "Colors-light": light} {
		want, have := map[string]string{}, map[string]string{}
		if err := json.Unmarshal(theme[part], &want); err != nil || len(want) == 0 {
			t.Fatalf("%s: %v", part, err)
		}
		for _, m := range variable.FindAllStringSubmatch(css, -1) {
			have[m[1]] = m[2]
		}
		for name, colour := range want {
			if have[name] != colour {
				t.Errorf("%s: %s is %q, in the theme %q", part, name, have[name], colour)
			}
		}
	}
}
