package editui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"parley/editor"
)

// fakeListener gives the level at a time of a file.
type fakeListener func(ctx context.Context, m *editor.Media, at float64) (float64, error)

func (f fakeListener) Levels(ctx context.Context, m *editor.Media, _ int, from, to, step editor.Time) ([]float64, error) {
	var all []float64
	for at := from; at.Cmp(to) < 0; at = at.Add(step) {
		db, err := f(ctx, m, at.Float())
		if err != nil {
			return nil, err
		}
		all = append(all, db)
	}
	return all, nil
}

// pauses is silent from 2 to 4 and from 6 to 9 s of /b.mp4, whose time stamps
// begin at 1.5 s.
var pauses fakeListener = func(_ context.Context, _ *editor.Media, at float64) (float64, error) {
	at -= 1.5
	if at >= 2 && at < 4 || at >= 6 && at < 9 {
		return -80, nil
	}
	return -20, nil
}

// hearAll listens to what a proposal waits for.
func hearAll(t *testing.T, p *Presenter, l editor.Listener) {
	t.Helper()
	for _, c := range p.Unheard() {
		levels, err := listen(t.Context(), l, c, p.library[c.Source], func(float64) {})
		p.Heard(c, levels, err)
	}
}

// proposed are findings in short: "7.15-8.85", one that is not ticked in brackets.
func proposed(p *Presenter) string {
	var all []string
	for _, f := range p.Model().Proposal.Findings {
		text := f.From.String() + "-" + f.To.String() + string(f.Who)
		if !f.Ticked {
			text = "(" + text + ")"
		}
		all = append(all, text)
	}
	return strings.Join(all, " ")
}

func TestSilencesAreLookedAtAndCut(t *testing.T) {
	p := brought(t, "/a.jpg", "/b.mp4")
	p.listens = true
	p.Select("c2", sec(5, 1))
	if !p.Model().Panel.Sound.Propose {
		t.Error("nothing is proposed for a clip with sound")
	}
	p.Propose(CutSilences, false)
	if q := p.Model().Proposal; !q.Waiting || len(p.Unheard()) != 1 {
		t.Fatalf("it does not wait for the sound: %+v", q)
	}
	hearAll(t, p, pauses)
	if want := "7.15-8.85 11.15-13.85"; proposed(p) != want {
		t.Fatalf("found %q, want %q", proposed(p), want)
	}
	p.Tick(0, false)
	p.Adjust(func(s *ProposalSettings) { s.Keep = sec(1, 2) })
	if want := "(7.5-8.5) 11.5-13.5"; proposed(p) != want {
		t.Errorf("with more left of each %q, want %q", proposed(p), want)
	}
	if q := p.Model().Proposal; q.Ticked != 1 || q.Goes != sec(2, 1) {
		t.Errorf("%d are ticked, %s s go", q.Ticked, q.Goes)
	}
	p.Adjust(func(s *ProposalSettings) { s.Least = sec(5, 2) })
	if want := "11.5-13.5"; proposed(p) != want {
		t.Errorf("only long ones %q, want %q", proposed(p), want)
	}
	p.Accept()
	if want := "a.jpg 5 *b.mp4 6.5 b.mp4 1.5"; shape(p) != want {
		t.Errorf("cut to %q, want %q", shape(p), want)
	}
	if p.Model().Proposal.Kind != NoProposal {
		t.Error("the proposal stays")
	}
	p.Undo()
	if want := "a.jpg 5 *b.mp4 10"; shape(p) != want {
		t.Errorf("undone to %q, want %q", shape(p), want)
	}
}

func TestAProposalFollowsTheFilm(t *testing.T) {
	p := brought(t, "/b.mp4", "/b.mp4")
	p.Propose(CutSilences, true)
	hearAll(t, p, pauses)
	if want := "2.15-3.85 6.15-8.85 12.15-13.85 16.15-18.85"; proposed(p) != want {
		t.Errorf("in both %q, want %q", proposed(p), want)
	}
	p.TrimIn("c1", sec(3, 1))
	if len(p.Unheard()) != 1 || !p.Model().Proposal.Waiting {
		t.Error("what a trimmed clip sounds like is taken for known")
	}
	hearAll(t, p, pauses)
	if want := "0-0.85 3.15-5.85 9.15-10.85 13.15-15.85"; proposed(p) != want {
		t.Errorf("after a trim %q, want %q", proposed(p), want)
	}
	p.Choose("c1")
	p.Remove()
	if want := "2.15-3.85 6.15-8.85"; proposed(p) != want {
		t.Errorf("after one is gone %q, want %q", proposed(p), want)
	}
	p.Accept()
	if got := p.line().Duration(); got != sec(56, 10) {
		t.Errorf("%s s are left, want 5.6", got)
	}
}

func TestNothingIsProposedWithoutSound(t *testing.T) {
	p := brought(t, "/a.jpg")
	p.Propose(CutSilences, true)
	if q := p.Model().Proposal; !strings.Contains(q.Problem.String(), "a sound to listen to") || q.Waiting {
		t.Errorf("%+v", q)
	}
	p = brought(t, "/b.mp4")
	p.Propose(CutSilences, false)
	broken := fakeListener(func(context.Context, *editor.Media, float64) (float64, error) {
		return 0, errors.New("/b.mp4 is damaged; copy it again")
	})
	hearAll(t, p, broken)
	if q := p.Model().Proposal; q.Problem.String() != "b.mp4 is damaged; copy it again." || q.Waiting {
		t.Errorf("%+v", q)
	}
}

// talkSource is a call of which both sides are heard.
func talkSource() editor.Source {
	s := callSource("/call")
	for _, t := range []editor.Track{
		{ID: "c", Who: editor.Me, Kind: editor.AudioStream, File: "me.mka", DurationNS: 10e9},
		{ID: "d", Who: editor.Them, Kind: editor.AudioStream, File: "them.mka", DurationNS: 10e9},
	} {
		s.Recording.Tracks = append(s.Recording.Tracks, t)
		s.Tracks[t.ID] = &editor.Media{Path: t.ID, Streams: []editor.Stream{{Kind: editor.AudioStream, Codec: "opus", SampleRate: 48000, Channels: 1}}}
	}
	return s
}

// talk is me for 4 s, then them.
var talkers fakeListener = func(_ context.Context, m *editor.Media, at float64) (float64, error) {
	if (m.Path == "c") == (at < 4) {
		return -20, nil
	}
	return -80, nil
}

func talking(t *testing.T) *Presenter {
	t.Helper()
	p := brought(t, "/call")
	p.listens = true
	p.Probed(talkSource())
	p.UseEffects(editor.Effects{Layouts: []editor.Layout{
		{Name: "me", Boxes: []editor.LayoutBox{{Feed: editor.MyCamera, Rect: editor.Whole}}},
		{Name: "me-large", Boxes: []editor.LayoutBox{{Feed: editor.MyCamera, Rect: editor.Whole}}},
		{Name: "them-large", Boxes: []editor.LayoutBox{{Feed: editor.TheirCamera, Rect: editor.Whole}}},
	}})
	return p
}

// looks are the layouts of the film's clips.
func looks(p *Presenter) []string {
	var all []string
	for _, c := range p.line().All() {
		all = append(all, string(c.Arrangement))
	}
	return all
}

func TestWhoSpeaksIsShown(t *testing.T) {
	p := talking(t)
	if !p.Model().Panel.People.Propose {
		t.Error("nothing is proposed for a call")
	}
	p.Propose(ShowSpeaker, false)
	hearAll(t, p, talkers)
	q := p.Model().Proposal
	if len(q.Findings) != 2 || q.Findings[0].Who != editor.Me || q.Findings[1].Speaker.String() != "Ben" || !q.Settings.Large || q.Goes != (editor.Time{}) {
		t.Fatalf("%+v", q)
	}
	p.Accept()
	if got := looks(p); !slices.Equal(got, []string{"me-large", "them-large"}) {
		t.Errorf("shown as %q", got)
	}
	p.Undo()
	p.Propose(ShowSpeaker, false)
	p.Adjust(func(s *ProposalSettings) { s.Large = false })
	p.Tick(1, false)
	p.Accept()
	if got := looks(p); !slices.Equal(got, []string{"me", ""}) {
		t.Errorf("shown alone, but the second left: %q", got)
	}
}

func TestALongClipIsHeardInParts(t *testing.T) {
	c := editor.Clip{ID: "c1", Kind: editor.MovingClip, Source: "/b.mp4", In: sec(1, 1), Out: sec(700, 1), Available: sec(700, 1)}
	var told []float64
	levels, err := listen(t.Context(), pauses, c, clipSource("/b.mp4", 700), func(s float64) { told = append(told, s) })
	if err != nil || len(levels) != 1 || len(levels[0].DB) != 699*50 || !slices.Equal(told, []float64{300, 600, 699}) {
		t.Fatalf("%d voices, told %v: %v", len(levels), told, err)
	}
	if db := levels[0].DB; db[49] != -20 || db[50] != -80 || db[300*50-1] != -20 {
		t.Error("the parts are not in their places")
	}
}

// TestListeningInTheBackground: it goes on while other things are done, tells
// how far it is, and is given up with the proposal.
func TestListeningInTheBackground(t *testing.T) {
	s, i := inspected(t)
	begun, goOn := make(chan context.Context, 1), make(chan struct{})
	s.deps.Listener = fakeListener(func(ctx context.Context, m *editor.Media, at float64) (float64, error) {
		if at == 1.5 {
			begun <- ctx
			select {
			case <-goOn:
			case <-ctx.Done():
				return 0, ctx.Err()
			}
		}
		return pauses(ctx, m, at)
	})
	s.presenter.listens = true
	i.clip.sound.fold.set(true)
	s.act(func(*Presenter) {})
	test.Tap(i.clip.sound.silences)
	v := i.propose
	if !v.content.Visible() || i.usual.Visible() || !v.wait.Visible() {
		t.Fatal("the proposal is not shown")
	}
	given := <-begun
	test.Tap(button(t, v.content, "Cancel"))
	<-given.Done()
	if v.content.Visible() || !i.usual.Visible() {
		t.Error("what is declined is still shown")
	}
	test.Tap(i.clip.sound.silences)
	<-begun
	close(goOn)
	s.hops.wait(t, "findings", func() bool { return len(v.shown.Findings) == 2 })
	if v.wait.Visible() || v.sum.text.Text != "2 of 2, 4.4 s go; 20.6 s are left" {
		t.Errorf("told %q", v.sum.text.Text)
	}
	v.list.Select(1)
	if got := s.presenter.Model().Playhead; got != sec(1115, 100) {
		t.Errorf("the second is at %s", got)
	}
	row := v.row()
	v.fill(0, row)
	row.(*fyne.Container).Objects[1].(*heardCheck).SetChecked(false)
	test.Tap(v.accept)
	if want := "a.jpg 5 *b.mp4 6.15 b.mp4 1.15 call 10"; s.shape() != want {
		t.Errorf("%q, want %q", s.shape(), want)
	}
}

// fakeWatcher says that the pictures stand still in some stretches.
type fakeWatcher []editor.Stretch

func (f fakeWatcher) Frozen(_ context.Context, _ *editor.Media, _ int, from, to, _ editor.Time) ([]editor.Stretch, error) {
	var all []editor.Stretch
	for _, s := range f {
		if s = (editor.Stretch{From: s.From.Max(from), To: s.To.Min(to)}); s.Length().Num() > 0 {
			all = append(all, s)
		}
	}
	return all, nil
}

func TestDeadAirIsWatchedFor(t *testing.T) {
	s, i := inspected(t)
	s.deps.Listener = pauses
	s.deps.Watcher = fakeWatcher{{From: sec(8, 1), To: sec(10, 1)}} // 6.5 to 8.5 s of the clip
	s.presenter.listens, s.presenter.watches = true, true
	s.act(func(p *Presenter) { p.Propose(CutSilences, false) })
	s.hops.wait(t, "silences", func() bool { return proposed(s.presenter) == "7.15-8.85 11.15-13.85" })
	if !i.propose.dead.Visible() {
		t.Error("it is not offered")
	}
	test.Tap(i.propose.dead)
	s.hops.wait(t, "dead air", func() bool { return proposed(s.presenter) == "11.65-13.35" })
	s.act(func(p *Presenter) { p.Adjust(func(q *ProposalSettings) { q.Least = sec(5, 2) }) })
	s.hops.wait(t, "longer dead air", func() bool {
		q := s.presenter.Model().Proposal
		return !q.Waiting && len(q.Findings) == 0
	})
}

func TestClosingWhileListening(t *testing.T) {
	s, _ := inspected(t)
	begun := make(chan struct{}, 1)
	s.deps.Listener = fakeListener(func(ctx context.Context, _ *editor.Media, _ float64) (float64, error) {
		begun <- struct{}{}
		<-ctx.Done()
		return 0, ctx.Err()
	})
	s.act(func(p *Presenter) { p.Propose(CutSilences, false) })
	<-begun
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
