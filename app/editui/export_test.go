package editui

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"parley/editor"
)

// fakeExporter writes nothing, knows .llc lists, and fails where the target
// says so.
type fakeExporter struct{}

func (fakeExporter) Ways() []ExportWay {
	return []ExportWay{{Name: "site", Title: "Folder for a media site"}, {Name: "edl", Title: "EDL", Extension: ".edl"}}
}

func (fakeExporter) Export(_ context.Context, _ *editor.Project, way, name, target string, progress func(float64)) ([]string, error) {
	progress(0.5)
	if strings.HasPrefix(name, "bad") {
		return nil, errors.New("the disk is full")
	}
	if way == "edl" {
		return []string{"titles", "music"}, nil
	}
	return nil, nil
}

func (fakeExporter) IsList(path string) bool { return filepath.Ext(path) == ".llc" }

func (fakeExporter) Cuts(path string, s editor.Source, _ editor.Ratio) ([]editor.Clip, error) {
	if strings.Contains(path, "broken") {
		return nil, errors.New(path + ": line 3: \"soon\" is no time")
	}
	c, err := editor.NewClip("part", s)
	c.Out = editor.Rational(2, 1)
	d := c
	d.In, d.Out = editor.Rational(4, 1), editor.Rational(7, 1)
	return []editor.Clip{c, d}, err
}

func (s *studio) says(t *testing.T, want string) {
	t.Helper()
	s.hops.wait(t, want, func() bool { return strings.Contains(strings.Join(said(s.presenter), " "), want) })
}

func TestExport(t *testing.T) {
	s := newStudio(t, &fakeStore{}, nil)
	s.bring(Place{}, []string{"/b.mp4"})
	s.becomes(t, "*b.mp4 10")
	test.Tap(s.view.bar.export)
	s.view.tab.export(fakeExporter{}.Ways()[1], "/f/film.edl")
	s.says(t, "film.edl is written. It does not tell of: titles, music.")
	s.view.tab.export(fakeExporter{}.Ways()[0], "/f/pages")
	s.says(t, "pages is written.")
	s.view.tab.export(fakeExporter{}.Ways()[0], "/f/bad")
	s.says(t, "The disk is full.")
	if got := strings.Join(said(s.presenter), " "); strings.Contains(got, "Writing") || len(s.presenter.exporting) != 0 {
		t.Errorf("it still says %q", got)
	}
}

func TestCutList(t *testing.T) {
	s := newStudio(t, &fakeStore{}, nil)
	s.bring(Place{}, []string{"/cuts.llc"})
	s.says(t, "choose the clip first")
	s.bring(Place{}, []string{"/a.jpg", "/b.mp4"})
	s.becomes(t, "a.jpg 5 *b.mp4 10")
	s.bring(Place{}, []string{"/broken.llc"})
	s.says(t, `broken.llc: line 3: "soon" is no time`)
	s.bring(Place{}, []string{"/cuts.llc"})
	s.becomes(t, "a.jpg 5 *b.mp4 2 b.mp4 3")
	s.Undo()
	s.becomes(t, "a.jpg 5 *b.mp4 10")
}
