package editui

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"parley/editor"
)

func soundSource(path string, seconds int64) editor.Source {
	length := editor.Rational(seconds, 1)
	return editor.Source{Path: path, Media: &editor.Media{Path: path, Duration: length, Streams: []editor.Stream{
		{Kind: editor.AudioStream, Codec: "mp3", SampleRate: 44100, Channels: 2, Duration: length},
	}}}
}

// give has sources found for the tickets of a batch.
func give(t *testing.T, p *Presenter, place Place, sources ...editor.Source) {
	t.Helper()
	var paths []string
	for _, s := range sources {
		paths = append(paths, s.Path)
	}
	var all []Arrival
	for i, ticket := range p.Bring(place, paths) {
		all = append(all, Arrival{ticket, sources[i], nil})
	}
	p.Arrived(all)
}

// tunesOf is the music in short: "a.mp3@4+30".
func tunesOf(p *Presenter) string {
	var all []string
	for _, m := range p.line().Music() {
		all = append(all, m.Label+"@"+m.At.String()+"+"+m.Length().String())
	}
	return strings.Join(all, " ")
}

func TestSoundsComeInAsMusic(t *testing.T) {
	at := editor.Rational(4, 1)
	for _, tt := range []struct {
		name        string
		before      []string
		place       Place
		sources     []editor.Source
		film, music string
	}{
		{"under a film", []string{"/a.jpg"}, Place{}, []editor.Source{soundSource("/m.mp3", 30)}, "*a.jpg 5", "m.mp3@0+30"},
		{"where it was dropped", []string{"/a.jpg"}, Place{Music: &at}, []editor.Source{soundSource("/m.mp3", 30)}, "*a.jpg 5", "m.mp3@4+30"},
		{"two behind each other", []string{"/a.jpg"}, Place{Music: &at}, []editor.Source{soundSource("/m.mp3", 30), soundSource("/n.mp3", 5)}, "*a.jpg 5", "m.mp3@4+30 n.mp3@34+5"},
		{"with pictures", nil, Place{}, []editor.Source{soundSource("/m.mp3", 30), stillSource("/a.jpg")}, "*a.jpg 5", "m.mp3@0+30"},
		{"alone", nil, Place{}, []editor.Source{soundSource("/m.mp3", 30)}, "*m.mp3 30", ""},
	} {
		p := brought(t, tt.before...)
		steps := p.Past().Done
		give(t, p, tt.place, tt.sources...)
		p.Choose(p.line().Clip(p.line().Len() - 1).ID)
		if shape(p) != tt.film || tunesOf(p) != tt.music {
			t.Errorf("%s: %s over %q; want %s over %q", tt.name, shape(p), tunesOf(p), tt.film, tt.music)
		}
		if p.Past().Done != steps+1 {
			t.Errorf("%s: %d steps", tt.name, p.Past().Done-steps)
		}
	}
}

func TestMusicBecomesAClipAndBack(t *testing.T) {
	p := brought(t, "/a.jpg", "/b.mp4")
	give(t, p, Place{}, soundSource("/m.mp3", 30))
	p.TuneAt("m1", editor.Rational(6, 1))
	p.PullTune("m1", true, editor.Rational(10, 1))
	if got := tunesOf(p); got != "m.mp3@16+20" {
		t.Fatalf("music %q", got)
	}
	p.TuneAt("m1", editor.Rational(6, 1))
	p.TuneToClip()
	if want := "a.jpg 5 *m.mp3 20 b.mp4 10"; shape(p) != want || tunesOf(p) != "" {
		t.Errorf("%s over %q, want %s", shape(p), tunesOf(p), want)
	}
	p.ClipToTune()
	if want := "a.jpg 5 b.mp4 10"; shape(p) != want || tunesOf(p) != "m.mp3@5+20" {
		t.Errorf("%s over %q, want %s", shape(p), tunesOf(p), want)
	}
	p.TuneToClip()
	p.MoveBy(1) // behind all others
	p.ClipToTune()
	if want := "a.jpg 5 b.mp4 10"; shape(p) != want || tunesOf(p) != "m.mp3@0+20" {
		t.Errorf("from the end: %s over %q, want %s", shape(p), tunesOf(p), want)
	}
	p.Choose("c1")
	p.ClipToTune() // a picture is no music
	if p.line().Len() != 2 {
		t.Error("a picture became music")
	}
}

// A folder comes in as its files in their order, as one step; what is given up
// is not told of.
func TestAFolderComesIn(t *testing.T) {
	s := newStudio(t, &fakeStore{}, nil)
	s.deps.Importer = fakeImporter{folders: map[string][]string{"/pictures": {"/1.jpg", "/2.jpg", "/10.jpg", "/notes.txt"}}}
	s.Dropped(fyne.Position{}, uris("/pictures", "/b.mp4"))
	s.becomes(t, "1.jpg 5 2.jpg 5 10.jpg 5 *b.mp4 10")
	if got := said(s.presenter); len(got) != 1 || !strings.Contains(got[0], "Notes.txt") {
		t.Errorf("said %q", got)
	}
	s.Undo()
	s.becomes(t, "")
}

func TestBringingInIsGivenUp(t *testing.T) {
	s := newStudio(t, &fakeStore{}, nil)
	begun, goOn := make(chan struct{}, workers), make(chan struct{})
	s.deps.Importer = fakeImporter{
		folders: map[string][]string{"/pictures": {"/1.jpg", "/2.jpg", "/3.jpg", "/4.jpg", "/5.jpg"}},
		before: func(ctx context.Context, path string) error {
			begun <- struct{}{}
			<-goOn
			return nil
		},
	}
	s.Dropped(fyne.Position{}, uris("/pictures"))
	s.hops.wait(t, "a button", func() bool { return s.view.bar.stop.Visible() })
	for range workers {
		<-begun
	}
	test.Tap(s.view.bar.stop)
	close(goOn)
	s.becomes(t, "1.jpg 5 *2.jpg 5")
	if got := said(s.presenter); len(got) > 0 {
		t.Errorf("said %q", got)
	}
}

func TestSubtitlesGoToTheClipTheyAreDroppedOn(t *testing.T) {
	p := brought(t, "/b.mp4", "/c.mp4")
	captions := editor.Source{Path: "/b.srt", Captions: &editor.Captions{}}
	give(t, p, Place{On: "c2"}, captions)
	if p.line().Clip(0).Captions != "" || p.line().Clip(1).Captions != "/b.srt" {
		t.Errorf("%q and %q", p.line().Clip(0).Captions, p.line().Clip(1).Captions)
	}
}

func TestMissingFilesAreFoundAgain(t *testing.T) {
	s := newStudio(t, &fakeStore{}, nil)
	s.Dropped(fyne.Position{}, uris("/old/a.jpg", "/old/b.mp4", "/old/c.jpg"))
	s.becomes(t, "a.jpg 5 b.mp4 10 *c.jpg 5")
	s.act(func(p *Presenter) {
		for _, name := range []string{"a.jpg", "b.mp4", "c.jpg"} {
			p.Found("/old/"+name, false)
		}
	})
	if got := len(s.view.missing.content.Objects); got != 1 || !strings.Contains(s.view.missing.shown, "a.jpg, b.mp4, c.jpg") {
		t.Errorf("%d bars, %q", got, s.view.missing.shown)
	}
	s.deps.Importer = fakeImporter{files: map[string]bool{"/new/a.jpg": true, "/new/c.jpg": true}}
	s.findIn("/new")
	s.becomes(t, "a.jpg 5 b.mp4? 10 *c.jpg 5")
	if got := s.presenter.line().Clip(0).Source; got != "/new/a.jpg" {
		t.Errorf("a clip is of %s", got)
	}
	s.findIn("/new")
	s.hops.wait(t, "a sentence", func() bool { return len(said(s.presenter)) > 0 })
	if got := said(s.presenter)[0]; !strings.Contains(got, "None of the missing files") {
		t.Errorf("said %q", got)
	}
	s.findAs("/old/b.mp4", "/elsewhere/other.mp4")
	s.becomes(t, "a.jpg 5 other.mp4 10 *c.jpg 5")
	if len(s.view.missing.content.Objects) > 0 {
		t.Error("the bar stays")
	}
	s.Undo()
	s.Undo()
	if got := s.presenter.line().Clip(0).Source; got != "/old/a.jpg" {
		t.Errorf("undone, a clip is of %s", got)
	}
}

// Whatever a film is made from is found again: music and subtitles too.
func TestRelinkedFilms(t *testing.T) {
	p := brought(t, "/b.mp4", "/b.mp4")
	give(t, p, Place{}, soundSource("/m.mp3", 30))
	give(t, p, Place{On: "c1"}, editor.Source{Path: "/b.srt", Captions: &editor.Captions{}})
	p.Relink(map[string]editor.Source{
		"/b.mp4": clipSource("/x/b.mp4", 6), "/m.mp3": soundSource("/x/m.mp3", 20), "/b.srt": {Path: "/x/b.srt", Captions: &editor.Captions{}},
	})
	for _, path := range p.Sources() {
		if filepath.Dir(path) != "/x" {
			t.Errorf("%s is still in the film", path)
		}
	}
	if want := "6 6 20"; p.line().Clip(0).Length().String()+" "+p.line().Clip(1).Length().String()+" "+p.line().Music()[0].Length().String() != want {
		t.Errorf("what is shorter now: %s over %s", shape(p), tunesOf(p))
	}
}
