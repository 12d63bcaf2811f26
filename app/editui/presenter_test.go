package editui

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/editor"
)

func TestEdits(t *testing.T) {
	at := func(num, den int64) editor.Time { return editor.Rational(num, den) }
	tests := []struct {
		name string
		edit func(*Presenter)
		want string
	}{
		{"nothing", func(*Presenter) {}, "a.jpg 5 *b.mp4 10 c.jpg 5"},
		{"next", func(p *Presenter) { p.SelectNext(1) }, "a.jpg 5 b.mp4 10 *c.jpg 5"},
		{"beyond the last", func(p *Presenter) { p.SelectNext(9) }, "a.jpg 5 b.mp4 10 *c.jpg 5"},
		{"before the first", func(p *Presenter) { p.SelectNext(-9) }, "*a.jpg 5 b.mp4 10 c.jpg 5"},
		{"move on", func(p *Presenter) { p.MoveBy(1) }, "a.jpg 5 c.jpg 5 *b.mp4 10"},
		{"move back", func(p *Presenter) { p.MoveBy(-1) }, "*b.mp4 10 a.jpg 5 c.jpg 5"},
		{"move beyond", func(p *Presenter) { p.MoveBy(-5) }, "*b.mp4 10 a.jpg 5 c.jpg 5"},
		{"move another", func(p *Presenter) { p.Move([]editor.ClipID{"c3"}, 0) }, "*c.jpg 5 a.jpg 5 b.mp4 10"},
		{"remove", func(p *Presenter) { p.Remove() }, "a.jpg 5 *c.jpg 5"},
		{"remove the last", func(p *Presenter) { p.SelectNext(1); p.Remove() }, "a.jpg 5 *b.mp4 10"},
		{"remove all", func(p *Presenter) { p.Remove(); p.Remove(); p.Remove(); p.Remove() }, ""},
		{"duplicate", func(p *Presenter) { p.Duplicate() }, "a.jpg 5 b.mp4 10 *b.mp4 10 c.jpg 5"},
		{"split", func(p *Presenter) { p.Select("c2", at(8, 1)); p.Split() }, "a.jpg 5 b.mp4 3 *b.mp4 7 c.jpg 5"},
		{"trim in", func(p *Presenter) { p.Pull("c2", true, at(5, 2)) }, "a.jpg 5 *b.mp4 7.5 c.jpg 5"},
		{"trim out", func(p *Presenter) { p.Pull("c2", false, at(5, 2)) }, "a.jpg 5 *b.mp4 2.5 c.jpg 5"},
		{"pull a still", func(p *Presenter) { p.Pull("c1", true, at(2, 1)) }, "a.jpg 2 *b.mp4 10 c.jpg 5"},
		{"begin here", func(p *Presenter) { p.Select("c2", at(9, 1)); p.TrimHere(true) }, "a.jpg 5 *b.mp4 6 c.jpg 5"},
		{"end here", func(p *Presenter) { p.Select("c2", at(9, 1)); p.TrimHere(false) }, "a.jpg 5 *b.mp4 4 c.jpg 5"},
		{"end a still here", func(p *Presenter) { p.Select("c1", at(2, 1)); p.TrimHere(false) }, "*a.jpg 2 b.mp4 10 c.jpg 5"},
		{"begin a still here", func(p *Presenter) { p.Select("c1", at(2, 1)); p.TrimHere(true) }, "*a.jpg 3 b.mp4 10 c.jpg 5"},
		{"undo", func(p *Presenter) { p.Remove(); p.Undo() }, "a.jpg 5 *b.mp4 10 c.jpg 5"},
		{"redo", func(p *Presenter) { p.Duplicate(); p.Undo(); p.Redo() }, "a.jpg 5 b.mp4 10 *b.mp4 10 c.jpg 5"},
		{"undo a move", func(p *Presenter) { p.MoveBy(1); p.SelectNext(-2); p.Undo() }, "*a.jpg 5 b.mp4 10 c.jpg 5"},
		{"undo a trim", func(p *Presenter) { p.Pull("c2", false, at(3, 1)); p.SelectNext(1); p.Undo() }, "a.jpg 5 *b.mp4 10 c.jpg 5"},
		{"undo everything", func(p *Presenter) { p.Undo(); p.Undo(); p.Undo(); p.Undo() }, ""},
	}
	for _, tt := range tests {
		p := brought(t, "/a.jpg", "/b.mp4", "/c.jpg")
		p.Select("c2", at(5, 1))
		tt.edit(p)
		if got := shape(p); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		if len(said(p)) > 0 {
			t.Errorf("%s: said %q", tt.name, said(p))
		}
	}
}

func TestEditsThatAreRefusedSayWhyAndChangeNothing(t *testing.T) {
	tests := []struct {
		name string
		edit func(*Presenter)
		want string
	}{
		{"cut at an edge", func(p *Presenter) { p.Split() }, "middle of a clip"},
		{"trim at an edge", func(p *Presenter) { p.TrimHere(true) }, "at the clip's edge"},
		{"trim too far", func(p *Presenter) { p.TrimOut("c2", editor.Rational(11, 1)) }, "only 10 s"},
	}
	for _, tt := range tests {
		p := brought(t, "/a.jpg", "/b.mp4")
		p.Select("c2", editor.Rational(5, 1))
		before, revision := shape(p), p.Revision()
		tt.edit(p)
		if shape(p) != before || p.Revision() != revision {
			t.Errorf("%s changed the film to %q", tt.name, shape(p))
		}
		if got := strings.Join(said(p), " "); !strings.Contains(got, tt.want) {
			t.Errorf("%s: said %q, want something of %q", tt.name, got, tt.want)
		}
	}
}

func TestWrittenTimes(t *testing.T) {
	tests := []struct {
		name string
		clip editor.ClipID
		edge Edge
		text string
		want string // the film, or what is said
		ok   bool
	}{
		{"in", "c2", InEdge, "2.5", "a.jpg 5 *b.mp4 7.5", true},
		{"in as shown", "c2", InEdge, "0:00.000", "a.jpg 5 *b.mp4 10", true},
		{"in in frames", "c2", InEdge, "30f", "a.jpg 5 *b.mp4 8.999", true},
		{"in at the end", "c2", InEdge, "10", "before the end at 0:10.000", false},
		{"in in words", "c2", InEdge, "soon", "no time", false},
		{"out", "c2", OutEdge, "0:04", "a.jpg 5 *b.mp4 4", true},
		{"out at the beginning", "c2", OutEdge, "0", "after the beginning at 0:00.000", false},
		{"out behind the source", "c2", OutEdge, "10.1", "source ends at 0:10.000", false},
		{"out at the very end", "c2", OutEdge, "10.0004", "a.jpg 5 *b.mp4 10", true},
		{"a still", "c1", StillLength, "1:30", "*a.jpg 90 b.mp4 10", true},
		{"a still of nothing", "c1", StillLength, "0", "longer than nothing", false},
		{"a still of a week", "c1", StillLength, "168:00:00", "a day at most", false},
	}
	for _, tt := range tests {
		p := brought(t, "/a.jpg", "/b.mp4")
		i, _ := p.line().Index(tt.clip)
		p.selectAt(i)
		before, revision := shape(p), p.Revision()
		err := p.Enter(tt.edge, tt.text)
		if (err == nil) != tt.ok {
			t.Errorf("%s: error %v", tt.name, err)
			continue
		}
		if err == nil && shape(p) != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, shape(p), tt.want)
		}
		if err != nil && (!strings.Contains(err.Error(), tt.want) || shape(p) != before || p.Revision() != revision) {
			t.Errorf("%s: said %q, film %q; want something of %q and no change", tt.name, err, shape(p), tt.want)
		}
	}
}

// TestAnEntryThatShowsLessThanThereIs: leaving an entry as it was must not
// round the clip's end to what the entry shows.
func TestAnEntryThatShowsLessThanThereIs(t *testing.T) {
	p := brought(t, "/b.mp4")
	exact := editor.Rational(1001, 300)
	p.TrimOut("c1", exact)
	if err := p.Enter(OutEdge, showMoment(exact)); err != nil || p.line().Clip(0).Out != exact {
		t.Errorf("the end became %s (%v), want %s", p.line().Clip(0).Out, err, exact)
	}
}

func TestTypingPreviews(t *testing.T) {
	p := brought(t, "/b.mp4")
	if err := p.Typing(InEdge, "2.5"); err != nil || p.Model().Inspector.PreviewTime != editor.Rational(5, 2) {
		t.Errorf("preview at %s (%v), want 2.5", p.Model().Inspector.PreviewTime, err)
	}
	if err := p.Typing(InEdge, "2.5x"); err == nil {
		t.Error("a wrong time is not told while it is written")
	}
	if shape(p) != "*b.mp4 10" {
		t.Error("writing a time changed the film")
	}
	p.Preview(nil)
	if p.Model().Inspector.PreviewTime != (editor.Time{}) {
		t.Error("the preview does not go back to the mark")
	}
}

func TestTheMarkShowsTheSourcesMoment(t *testing.T) {
	p := brought(t, "/a.jpg", "/b.mp4")
	p.TrimIn("c2", editor.Rational(2, 1))
	p.Select("c2", editor.Rational(8, 1))
	if got := p.Model().Inspector.PreviewTime; got != editor.Rational(5, 1) {
		t.Errorf("5 s of still and 3 s into a clip from 2 s: %s, want 5", got)
	}
	p.Step(1)
	rate := p.Project().Spec().Rate
	if got, want := p.Model().Playhead, editor.Frames(editor.Rational(8, 1).FrameRound(rate)+1, rate); got != want {
		t.Errorf("a frame on is %s, want %s", got, want)
	}
	p.Select("c2", editor.Rational(5, 1))
	p.Step(-1)
	if m := p.Model(); m.Clips[m.Selected].ID != "c1" {
		t.Error("stepping back over a cut does not choose the clip before")
	}
}

func TestThingsComeInInTheirOrder(t *testing.T) {
	p := brought(t, "/a.jpg")
	tickets := p.Bring(Place{Before: "c1"}, []string{"/x.jpg", "/notes.txt", "/y.mp4"})
	if p.Model().Importing != 3 {
		t.Errorf("%d are looked into, want 3", p.Model().Importing)
	}
	give := func(i int) {
		s, err := fakeImporter{}.Import(t.Context(), tickets[i].Path)
		p.Brought(tickets[i], s, err)
	}
	give(2)
	give(1)
	if shape(p) != "*a.jpg 5" {
		t.Errorf("later ones came before the first: %q", shape(p))
	}
	give(0)
	if want := "x.jpg 5 *y.mp4 10 a.jpg 5"; shape(p) != want {
		t.Errorf("%q, want %q", shape(p), want)
	}
	if want := []string{"Notes.txt is text; choose a picture or a clip."}; !slices.Equal(said(p), want) {
		t.Errorf("said %q, want %q", said(p), want)
	}
	if p.Model().Importing != 0 {
		t.Error("still looking into something")
	}
	p.Undo()
	if want := "*a.jpg 5"; shape(p) != want {
		t.Errorf("all of it is one step; undone: %q, want %q", shape(p), want)
	}
}

func TestTwoDropsKeepTheirOrder(t *testing.T) {
	p := NewPresenter(nil, editor.Past{})
	slow, quick := p.Bring(Place{}, []string{"/slow.mp4"}), p.Bring(Place{}, []string{"/quick.jpg"})
	p.Brought(quick[0], stillSource("/quick.jpg"), nil)
	p.Brought(slow[0], clipSource("/slow.mp4", 10), nil)
	if want := "slow.mp4 10 *quick.jpg 5"; shape(p) != want {
		t.Errorf("%q, want %q", shape(p), want)
	}
}

func TestNoticesAreSaidOnceAndDismissed(t *testing.T) {
	p := NewPresenter(nil, editor.Past{})
	p.Tell(say("one"), Info)
	p.Tell(say("one"), Info)
	p.Tell(say("two"), Info)
	if len(said(p)) != 2 {
		t.Errorf("said %q", said(p))
	}
	p.Dismiss(p.Model().Notices[0].ID)
	if !slices.Equal(said(p), []string{"two"}) {
		t.Errorf("left: %q", said(p))
	}
}

func TestAFileThatBecameShorter(t *testing.T) {
	p := brought(t, "/b.mp4", "/b.mp4")
	p.TrimIn("c2", editor.Rational(8, 1))
	p.Probed(clipSource("/b.mp4", 6))
	if want := "b.mp4 6 *b.mp4 2"; shape(p) != want {
		t.Errorf("%q, want %q", shape(p), want)
	}
	if got := said(p); len(got) != 1 || !strings.Contains(got[0], "no longer has the part") {
		t.Errorf("said %q", got)
	}
}

func TestFilm(t *testing.T) {
	now := time.Unix(1000, 0)
	p := NewPresenter(nil, editor.Past{})
	if _, err := p.Order("/film.mp4", nil, now); !errors.Is(err, errEmptyFilm) {
		t.Errorf("an empty film: %v", err)
	}
	p = brought(t, "/a.jpg", "/b.mp4")
	if _, err := p.Order("/b.mp4", nil, now); err == nil {
		t.Error("a clip may be written over")
	}
	p.Found("/b.mp4", false)
	if _, err := p.Order("/film.mp4", nil, now); err == nil || !strings.Contains(err.Error(), "b.mp4 is missing") {
		t.Errorf("a missing clip: %v", err)
	}
	p.Found("/b.mp4", true)
	project, err := p.Order("/film.mp4", nil, now)
	if err != nil || project.Timeline.Len() != 2 {
		t.Fatalf("%v", err)
	}
	if _, err := p.Order("/film.mp4", nil, now); !errors.Is(err, errBusyFilm) {
		t.Errorf("two films at once: %v", err)
	}
	p.FilmProgress(Progress{Phase: Rendering, Fraction: 0.5, Left: 5 * time.Second}, now.Add(5*time.Second))
	p.FilmProgress(Progress{Phase: Preparing, Fraction: 0.4, Left: 5 * time.Second}, now.Add(5*time.Second))
	if f := p.Model().Film; f.Progress.Fraction != 0.5 || f.Progress.Phase != Rendering || f.Speed < 1.1 || f.Speed > 1.6 {
		t.Errorf("progress went back or has no speed: %+v", f)
	}
	p.FilmDone(Report{Output: editor.DefaultOutput, Duration: editor.Rational(15, 1), Size: 2_340_000}, nil)
	if f := p.Model().Film; f.State != Made || f.Facts != "1920 × 1080 · 30 fps · 15 s · 2.3 MB" {
		t.Errorf("%+v", f)
	}
	p.FilmSeen()
	if p.Model().Film.State != NoFilm {
		t.Error("the bar stays")
	}
}

func TestFilmsThatFail(t *testing.T) {
	tests := []struct {
		name   string
		cancel bool
		err    error
		state  FilmState
		said   string
	}{
		{"failure", false, errors.New("the disk is full; free some space"), Failed, ""},
		{"cancelled", true, errors.New("context canceled"), NoFilm, "cancelled"},
		{"cancelled too late", true, nil, Made, ""},
	}
	for _, tt := range tests {
		p := brought(t, "/a.jpg")
		if _, err := p.Order("/film.mp4", nil, time.Now()); err != nil {
			t.Fatal(err)
		}
		if tt.cancel {
			p.FilmCancelling()
		}
		p.FilmDone(Report{}, tt.err)
		if f := p.Model().Film; f.State != tt.state || !strings.Contains(strings.Join(said(p), " "), tt.said) {
			t.Errorf("%s: %+v, said %q", tt.name, f, said(p))
		}
		if f := p.Model().Film; tt.state == Failed && f.Problem.String() != "The disk is full; free some space." {
			t.Errorf("%s: %q", tt.name, f.Problem)
		}
	}
}

func TestTheInspectorTells(t *testing.T) {
	facts := func(p *Presenter) string {
		var lines []string
		for _, f := range p.Model().Inspector.Facts {
			lines = append(lines, f.Name.String()+": "+f.Value.String())
		}
		return strings.Join(lines, "\n")
	}
	p := brought(t, "/a.jpg")
	if want := "Kind: Picture\nSize: 4000 × 3000\nPicture: JPEG, full range"; facts(p) != want {
		t.Errorf("a still:\n%s", facts(p))
	}
	p = brought(t, "/b.mp4")
	if want := "Kind: Clip\nSize: 1280 × 720, turned by 90°\nRate: about 24 fps, variable\nPicture: H.264 High\n" +
		"Sound: AAC, 44.1 kHz, stereo\nLength: 0:10.000\nStarts at: 0:01.500"; facts(p) != want {
		t.Errorf("a clip:\n%s", facts(p))
	}
	p.Found("/b.mp4", false)
	if want := "Missing: /b.mp4"; facts(p) != want {
		t.Errorf("a missing clip:\n%s", facts(p))
	}
	p = brought(t, "/call")
	if m := p.Model(); !m.Inspector.CanArrange || m.Clips[0].Label != "Ann and Ben" {
		t.Errorf("a call: %+v", m.Inspector)
	}
	p.Arrange(editor.OnlyThem)
	p.Arrange(editor.OnlyThem)
	if c := p.line().Clip(0); c.Arrangement != editor.OnlyThem {
		t.Errorf("arranged as %q", c.Arrangement)
	}
	p.Undo()
	if c := p.line().Clip(0); c.Arrangement != "" {
		t.Errorf("undone to %q; arranging twice as before is no step", c.Arrangement)
	}
}

func TestProjectsAreNotShared(t *testing.T) {
	p := brought(t, "/a.jpg")
	before := p.Project()
	p.Probed(stillSource("/b.jpg"))
	if _, there := before.Library["/b.jpg"]; there {
		t.Error("a project that was given away changes")
	}
	again := NewPresenter(p.Project(), editor.Past{})
	if want := "*a.jpg 5"; shape(again) != want || again.Model().Undo != "" {
		t.Errorf("opened again: %q, undo %q", shape(again), again.Model().Undo)
	}
}

func TestTextsAreNoTemplates(t *testing.T) {
	if got := tr(sayError(errors.New("{{.Nothing}} is missing"))); got != "{{.Nothing}} is missing." {
		t.Errorf("%q", got)
	}
}

func TestErrorsNameFilesWithoutTheirFolders(t *testing.T) {
	for _, c := range []struct {
		err   string
		paths []string
		want  string
	}{
		{"probe /a b/c.txt: it is text; choose a film", []string{"/a b/c.txt"}, "c.txt: it is text; choose a film."},
		{"this source cannot be opened: open /a/c.mp4: no such file", []string{"/a/c.mp4"}, "This source cannot be opened: open c.mp4: no such file."},
		{"/r/talk/me.mkv ends early", []string{"/r/talk", "/r/talk/me.mkv"}, "me.mkv ends early."},
		{"the disk is full", []string{""}, "The disk is full."},
	} {
		if got := sayErrorOf(errors.New(c.err), c.paths...).String(); got != c.want {
			t.Errorf("%q is told as %q, want %q", c.err, got, c.want)
		}
	}
}

func TestARecordingIsOpenedOnce(t *testing.T) {
	p := brought(t, "/call", "/a.jpg")
	if want := "call 10 *a.jpg 5"; shape(p) != want {
		t.Fatalf("%q", shape(p))
	}
	if !p.SelectSource("/call/") || shape(p) != "*call 10 a.jpg 5" {
		t.Errorf("asked for again: %q", shape(p))
	}
	if p.SelectSource("/other") {
		t.Error("a recording that nobody opened is there")
	}
	tickets := p.Bring(Place{}, []string{"/other"})
	if !p.SelectSource("/other") {
		t.Error("one that is being looked into is not awaited")
	}
	p.Brought(tickets[0], editor.Source{}, errors.New("it is damaged"))
	if p.SelectSource("/other") {
		t.Error("one that could not be opened is still awaited")
	}
}

// TestFactsOfAFilm: of a sound there is no picture, and of a picture no time.
func TestFactsOfAFilm(t *testing.T) {
	for format, want := range map[editor.Format]string{editor.MP4: "1920 × 1080 · 30 fps · 15 s · 1 kB", editor.M4A: "15 s · 1 kB", editor.JPEG: "1920 × 1080 · 1 kB"} {
		out := editor.DefaultOutput
		out.Format = format
		if got := filmFacts(Report{Output: out, Duration: editor.Rational(15, 1), Size: 1000}); got != want {
			t.Errorf("%s: %q, want %q", format, got, want)
		}
	}
}

// TestCopiedIsTold rounds down: all means all.
func TestCopiedIsTold(t *testing.T) {
	for share, want := range map[float64]string{0: "", 0.004: "", 0.925: "92 % copied", 0.9999: "99 % copied", 1: "100 % copied"} {
		if got := showCopied(share); got != want {
			t.Errorf("%g: %q, want %q", share, got, want)
		}
	}
	if got := filmFacts(Report{Output: editor.DefaultOutput, Copied: 0.5}); !strings.HasSuffix(got, " · 50 % copied") {
		t.Errorf("facts %q", got)
	}
	if got := detail(Film{Progress: Progress{Copied: 0.5, Left: 40 * time.Second}}); got != "  ·  50 % copied  ·  40 s left" {
		t.Errorf("detail %q", got)
	}
}
