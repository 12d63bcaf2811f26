package wire

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/app/settings"
	"parley/assets"
	"parley/editor"
)

// TestUsersEffects holds that a layout of the user's is offered, and that a
// broken one is told and does no harm.
func TestUsersEffects(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"mine.json":   `{"name":"mine","label":"Mine","order":1,"boxes":[{"show":"me","x":0,"y":0,"w":1,"h":1}]}`,
		"broken.json": `{"name":`,
	} {
		if err := os.MkdirAll(filepath.Join(dir, "layouts"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "layouts", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var log bytes.Buffer
	effects := Effects(settings.Folders{Data: dir}, slog.New(slog.NewTextHandler(&log, nil)))
	if l, err := effects.Layout("mine"); err != nil || l.Label != "Mine" {
		t.Errorf("%+v, %v", l, err)
	}
	if !strings.Contains(log.String(), "broken.json") || strings.Count(log.String(), "\n") != 1 {
		t.Errorf("the log says %s", log.String())
	}
}

// TestEffectsAreTranslated holds that every label which comes with the program
// is in every language.
func TestEffectsAreTranslated(t *testing.T) {
	labels := labels(Effects(settings.Folders{Data: t.TempDir()}, slog.New(slog.DiscardHandler)))
	if len(labels) < 30 {
		t.Fatalf("only %d labels", len(labels))
	}
	files, err := assets.Languages.ReadDir("languages")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if f.Name() == "en.json" {
			continue // the labels are English
		}
		data, err := assets.Languages.ReadFile("languages/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		var texts map[string]any
		if err := json.Unmarshal(data, &texts); err != nil {
			t.Fatal(err)
		}
		for _, label := range labels {
			if _, ok := texts[label]; !ok {
				t.Errorf("%s: no translation of %q", f.Name(), label)
			}
		}
	}
}

func labels(e editor.Effects) []string {
	var all []string
	for _, b := range e.Blends {
		all = append(all, b.Label)
	}
	for _, l := range e.Layouts {
		all = append(all, l.Label)
	}
	for _, t := range e.Lettering.Templates() {
		all = append(all, t.Label, t.Group)
		for _, f := range t.Fields {
			all = append(append(all, f.Label), f.Choices...)
		}
	}
	return all
}
