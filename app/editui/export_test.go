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

// slowExporter writes until it is given up.
type slowExporter struct{ fakeExporter }

func (slowExporter) Export(ctx context.Context, _ *editor.Project, _, _, _ string, progress func(float64)) ([]string, error) {
	progress(0.42)
	<-ctx.Done()
	return nil, ctx.Err()
}

// What is being written is told of as it goes on, does not keep files from
// coming in, and can be given up.
func TestAnExportIsGivenUp(t *testing.T) {
	s := newStudio(t, &fakeStore{}, nil)
	s.deps.Exporter = slowExporter{}
	s.bring(Place{}, []string{"/b.mp4"})
	s.becomes(t, "*b.mp4 10")
	for range workers + 1 {
		s.export(slowExporter{}.Ways()[0], "/f/pages")
	}
	first := s.presenter.exporting[0].notice
	s.hops.wait(t, "progress", func() bool { return s.view.notices.words[first].Text == "Writing pages: 42 %" })
	if !s.Busy() {
		t.Error("quitting would not ask")
	}
	s.bring(Place{}, []string{"/a.jpg"})
	s.becomes(t, "b.mp4 10 *a.jpg 5")
	test.Tap(button(t, s.view.notices.content, "Cancel"))
	s.says(t, "pages was given up.")
	if n := len(s.presenter.exporting); n != workers {
		t.Errorf("%d go on", n)
	}
}

func TestNoticesForWhichThereIsNoRoomGoTogether(t *testing.T) {
	s := newStudio(t, &fakeStore{}, nil)
	s.act(func(p *Presenter) {
		p.Exporting("site")
		for _, text := range []string{"one", "two", "three", "four"} {
			p.Tell(verbatim(text), Failure)
		}
	})
	s.view.notices.forget(s.view.notices.shown[:2])
	if got := strings.Join(said(s.presenter), "|"); got != "Writing site…|two|three|four" {
		t.Errorf("it says %s", got)
	}
}

// The parts of a clip are as the clip was.
func TestACutListKeepsWhatWasDone(t *testing.T) {
	p := panelled(t)
	p.SetSpeed(editor.Ratio{Num: 2, Den: 1})
	p.AddTitle("lower-third")
	p.Join("crossfade")
	p.Fade(false, sec(1, 2))
	p.Fade(true, sec(1, 2))
	c, _, _ := p.chosen()
	s, _ := p.Source(c.Source)
	parts, err := fakeExporter{}.Cuts("/cuts.llc", s, editor.Ratio{Num: 30, Den: 1})
	p.CutBy(c.ID, "/cuts.llc", parts, err)
	first, second := p.line().Clip(1), p.line().Clip(2)
	for _, part := range []editor.Clip{first, second} {
		if part.Speed != c.Speed || len(part.Titles) != 1 {
			t.Errorf("%s goes at %v with %d titles", part.ID, part.Speed, len(part.Titles))
		}
	}
	if first.Transition.Kind != "crossfade" || first.Sound.FadeIn == (editor.Time{}) || first.Sound.FadeOut != (editor.Time{}) ||
		second.Transition.Kind != "" || second.Sound.FadeIn != (editor.Time{}) || second.Sound.FadeOut == (editor.Time{}) {
		t.Errorf("the ends are %+v, %+v and %+v, %+v", first.Transition, first.Sound, second.Transition, second.Sound)
	}
}
