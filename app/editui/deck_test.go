package editui

import (
	"errors"
	"image"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"parley/app/timeline"
	"parley/editor"
)

// fakePlayer notes what it is asked for, and tells what a test has it tell.
type fakePlayer struct {
	Screen
	told func(Playing)

	mu     sync.Mutex
	loads  int
	size   image.Point
	moves  []editor.Time
	rough  []bool
	speeds []float64
	volume float64
	closed int
	refuse error
}

func (f *fakePlayer) Load(_ *editor.Project, within image.Point) error {
	f.loads++
	f.size = within
	return f.refuse
}
func (f *fakePlayer) MoveTo(at editor.Time) {
	f.moves, f.rough = append(f.moves, at), append(f.rough, false)
}
func (f *fakePlayer) Scrub(at editor.Time) {
	f.moves, f.rough = append(f.moves, at), append(f.rough, true)
}
func (f *fakePlayer) Play(speed float64)  { f.speeds = append(f.speeds, speed) }
func (f *fakePlayer) SetVolume(v float64) { f.volume = v }
func (f *fakePlayer) Close() error        { f.closed++; return nil }

// theatre is a tab with a player and a film of two clips.
type theatre struct {
	*studio
	player *fakePlayer
	now    time.Time
}

func newTheatre(t *testing.T, with ...func(*Deps)) *theatre {
	t.Helper()
	test.NewTempApp(t)
	x := &theatre{studio: &studio{hops: hops{make(chan func(), 4096)}, store: &fakeStore{}}, player: &fakePlayer{}, now: time.Unix(1e9, 0)}
	x.window = test.NewTempWindow(t, widget.NewLabel(""))
	folder := t.TempDir()
	deps := Deps{
		Importer: fakeImporter{}, Thumbnailer: fakeThumbnailer(nil), Renderer: nil, Store: x.store,
		ProjectPath: filepath.Join(folder, projectPath), FilmFolder: folder,
		Hop: x.hops.do, Now: func() time.Time { return x.now }, Launch: func(string) error { return nil },
		NewPlayer: func(s Screen, told func(Playing)) Player {
			x.player.Screen, x.player.told = s, told
			return x.player
		},
	}
	for _, change := range with {
		change(&deps)
	}
	x.Tab = New(deps, x.window)
	x.window.SetContent(x.Content())
	x.window.Resize(fyne.NewSize(1000, 700))
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	x.bring(Place{}, []string{filepath.Join(folder, "a.mp4"), filepath.Join(folder, "b.mp4")})
	x.hops.wait(t, "two clips", func() bool { return x.presenter.line().Len() == 2 })
	x.player.moves, x.player.rough = nil, nil
	return x
}

// tells has the player tell something, as of all moves that it was told.
func (x *theatre) tells(t *testing.T, s Playing) {
	t.Helper()
	s.Moves = x.view.deck.moves
	x.player.told(s)
	x.hops.wait(t, "what the player tells", func() bool {
		return x.view.deck.state.At == s.At && x.view.deck.state.Speed == s.Speed && x.view.deck.state.Exact == s.Exact
	})
}

func TestThePlayerFollowsThePlayhead(t *testing.T) {
	x := newTheatre(t)
	x.now = x.now.Add(time.Second)
	x.act(func(p *Presenter) { p.Scrub(sec(4, 1)) })
	x.now = x.now.Add(time.Second)
	x.act(func(p *Presenter) { p.Scrub(sec(5, 1)) })
	x.now = x.now.Add(16 * time.Millisecond)
	x.act(func(p *Presenter) { p.Scrub(sec(6, 1)) })
	x.act((*Presenter).ChooseAll) // the playhead stays
	if want := []editor.Time{sec(4, 1), sec(5, 1), sec(6, 1)}; !slices.Equal(x.player.moves, want) {
		t.Errorf("moved to %v, want %v", x.player.moves, want)
	}
	if want := []bool{false, false, true}; !slices.Equal(x.player.rough, want) {
		t.Errorf("dragged %v, want %v: what follows at once is one drag", x.player.rough, want)
	}
}

func TestThePlayerIsGivenEveryChange(t *testing.T) {
	x := newTheatre(t)
	before := x.player.loads
	x.act(func(p *Presenter) { p.Scrub(sec(4, 1)) })
	if x.player.loads != before {
		t.Error("the film was loaded again for nothing")
	}
	x.act((*Presenter).Split)
	x.act((*Presenter).Undo)
	if n := x.player.loads - before; n != 2 {
		t.Errorf("loaded %d times for two changes", n)
	}
}

func TestThePlayheadFollowsThePlayer(t *testing.T) {
	x := newTheatre(t)
	x.act(func(p *Presenter) { p.selectAt(0) })
	x.player.moves = nil
	x.view.command(timeline.PlayPause)
	x.tells(t, Playing{At: sec(12, 1), Speed: 1})
	if got := x.presenter.playhead; got != sec(12, 1) {
		t.Errorf("the playhead is at %s, want 12", got)
	}
	if got := x.view.model.Strip.Playhead; got != sec(12, 1) {
		t.Errorf("on the strip it is at %s, want 12", got)
	}
	if len(x.player.moves) > 0 {
		t.Errorf("the player was moved to %v, where it is already", x.player.moves)
	}
	if c, _, _ := x.presenter.chosen(); c.Label != "a.mp4" {
		t.Errorf("%s is chosen while the film plays, want what was", c.Label)
	}
	x.view.command(timeline.PlayPause)
	x.tells(t, Playing{At: sec(13, 1)})
	if c, _, _ := x.presenter.chosen(); c.Label != "b.mp4" || x.presenter.playhead != sec(13, 1) {
		t.Errorf("at rest %s is chosen, at %s; want the clip at 13", c.Label, x.presenter.playhead)
	}
	if want := []float64{1, 0}; !slices.Equal(x.player.speeds, want) {
		t.Errorf("speeds %v, want %v", x.player.speeds, want)
	}
}

// What the player told before the playhead was put elsewhere is not believed.
func TestALateWordOfThePlayer(t *testing.T) {
	x := newTheatre(t)
	x.view.command(timeline.PlayPause)
	x.tells(t, Playing{At: sec(2, 1), Speed: 1})
	late := Playing{At: sec(3, 1), Speed: 1, Moves: x.view.deck.moves}
	x.act(func(p *Presenter) { p.Scrub(sec(15, 1)) })
	x.player.told(late)
	x.hops.wait(t, "the late word", func() bool { return x.view.deck.state.At == sec(3, 1) })
	if got := x.presenter.playhead; got != sec(15, 1) {
		t.Errorf("the playhead went back to %s", got)
	}
}

func TestShuttle(t *testing.T) {
	x := newTheatre(t)
	for _, c := range []timeline.Command{
		timeline.PlayOn, timeline.PlayOn, timeline.PlayOn, timeline.PlayOn, timeline.PlayOn,
		timeline.PlayBack, timeline.PlayBack, timeline.PlayStop, timeline.PlayBack, timeline.PlayPause, timeline.PlayPause,
	} {
		x.view.command(c)
	}
	if want := []float64{1, 2, 4, 8, -1, -2, 0, -1, 0, 1}; !slices.Equal(x.player.speeds, want) {
		t.Errorf("speeds %v, want %v", x.player.speeds, want)
	}
}

func TestAStepStandsStill(t *testing.T) {
	x := newTheatre(t)
	x.view.command(timeline.PlayPause)
	x.tells(t, Playing{At: sec(2, 1), Speed: 1})
	x.view.command(timeline.FrameOn)
	if want := []float64{1, 0}; !slices.Equal(x.player.speeds, want) || len(x.player.moves) != 1 {
		t.Errorf("speeds %v, moves %v", x.player.speeds, x.player.moves)
	}
}

func TestNothingPlaysUnseen(t *testing.T) {
	x := newTheatre(t)
	x.view.command(timeline.PlayPause)
	x.Hidden()
	x.Hidden()
	if want := []float64{1, 0}; !slices.Equal(x.player.speeds, want) {
		t.Errorf("speeds %v, want %v", x.player.speeds, want)
	}
	if err := x.Close(); err != nil || x.player.closed != 1 {
		t.Errorf("closed %d times, %v", x.player.closed, err)
	}
}

func TestThePreviewShowsTheFilm(t *testing.T) {
	x := newTheatre(t)
	pictures := x.view.preview.screen
	red := image.NewRGBA(image.Rect(0, 0, 4, 2))
	red.Pix[0] = 200
	for range 5 { // of which only the newest counts
		x.player.Screen.Show(red)
	}
	red.Pix[0] = 9 // the picture was the player's
	x.hops.wait(t, "a picture", func() bool { return pictures.image.Image != nil })
	if got := pictures.image.Image.(*image.RGBA).Pix[0]; got != 200 || !pictures.image.Visible() {
		t.Errorf("%d is shown, want the picture", got)
	}
	x.act(func(p *Presenter) {
		p.selectAt(0)
		p.Pulling(p.selected, sec(1, 1))
	})
	if pictures.image.Visible() {
		t.Error("the film is shown while an end is dragged")
	}
	x.act(func(p *Presenter) { p.Preview(nil) })
	if !pictures.image.Visible() {
		t.Error("the film is not shown after an end was dragged")
	}
}

func TestWhyNothingIsSeenOrHeard(t *testing.T) {
	x := newTheatre(t)
	x.tells(t, Playing{Speed: 1, Silent: errors.New("no sound device"), Trouble: errors.New("it is damaged"), Exact: true})
	p := x.view.preview
	if p.words.Text != "it is damaged" || !p.sign.Visible() || p.screen.image.Visible() {
		t.Errorf("%q, sign %v", p.words.Text, p.sign.Visible())
	}
	if q := x.view.deck.row.quiet; q.text.Text != "No sound: no sound device" || !q.Visible() {
		t.Errorf("%q", q.text.Text)
	}
	x.tells(t, Playing{At: sec(1, 1), Speed: 1})
	if p.sign.Visible() || x.view.deck.row.quiet.Visible() {
		t.Error("what is mended is still told")
	}
}

func TestVolume(t *testing.T) {
	x := newTheatre(t)
	r := x.view.deck.row
	r.volume.SetValue(0.5)
	if x.player.volume != 0.25 {
		t.Errorf("volume %g", x.player.volume)
	}
	test.Tap(r.mute)
	if x.player.volume != 0 {
		t.Errorf("mute: volume %g", x.player.volume)
	}
	test.Tap(r.mute)
	if x.player.volume != 0.25 {
		t.Errorf("heard again: volume %g", x.player.volume)
	}
}

func TestALargePreviewHasLargePictures(t *testing.T) {
	x := newTheatre(t)
	x.view.deck.resize(image.Pt(1600, 900))
	if x.player.size != largePreview {
		t.Errorf("pictures within %v", x.player.size)
	}
	before := x.player.loads
	x.view.deck.resize(image.Pt(1500, 900))
	if x.player.loads != before {
		t.Error("loaded again for the same size")
	}
}

func TestShowingAPictureOfTheFilmDoesNotAllocate(t *testing.T) {
	s := newScreen(func(func()) {})
	p := image.NewRGBA(image.Rect(0, 0, 64, 36))
	for range 4 {
		s.Show(p)
	}
	if n := testing.AllocsPerRun(50, func() { s.Show(p) }); n != 0 {
		t.Errorf("%.1f allocations a picture, want none", n)
	}
}

// The time until a picture is painted is measured, whatever held it up.
func TestTheScreenKnowsHowSlowItIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var swap func()
		s := newScreen(func(f func()) { swap = f })
		p := image.NewRGBA(image.Rect(0, 0, 4, 2))
		for range 60 {
			s.Show(p)
			time.Sleep(80 * time.Millisecond)
			s.take()
			time.Sleep(20 * time.Millisecond)
			s.seen()
			s.seen() // painted again, for another reason
		}
		if swap == nil || s.Delay() < 95*time.Millisecond || s.Delay() > 105*time.Millisecond {
			t.Errorf("measured %v, want 100 ms", s.Delay())
		}
	})
}

// The volume that was chosen is the next start's.
func TestTheVolumeIsKept(t *testing.T) {
	var kept []float64
	x := newTheatre(t, func(d *Deps) {
		d.Volume = func() float64 { return 0.5 }
		d.Louder = func(v float64) error { kept = append(kept, v); return nil }
	})
	if row := x.view.deck.row; row.volume.Value != 0.5 || x.player.volume != 0.25 {
		t.Errorf("it begins at %v, heard at %v", row.volume.Value, x.player.volume)
	}
	x.view.deck.row.volume.SetValue(0.8)
	if !slices.Equal(kept, []float64{0.8}) {
		t.Errorf("kept %v", kept)
	}
}
