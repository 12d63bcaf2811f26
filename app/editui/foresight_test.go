package editui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

	"parley/editor"
)

// fakeForecaster knows a film's size by its preset, twice as large where it
// has not tried.
type fakeForecaster struct{ fail error }

func (f fakeForecaster) Forecast(ctx context.Context, p *editor.Project, try bool) (Forecast, error) {
	if p.Spec().MaxSize == 1000 {
		return Forecast{}, errors.New("1000 bytes are too few")
	}
	size := int64(p.Spec().Height) * 1e4
	if !try {
		return Forecast{Size: 2 * size, Time: time.Minute}, f.fail
	}
	return Forecast{Size: size, Time: 30 * time.Second, Copied: 0.92, Tried: true}, f.fail
}

func askedOf(height int) *editor.Project {
	return &editor.Project{Output: &editor.Output{Height: height}}
}

// What is known at once comes first; the answer to an old question is not
// taken, and after close nothing is asked.
func TestForesight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &foresight{from: fakeForecaster{}, hop: func(f func()) { f() }}
		var told []int64
		take := func(g Forecast, err error) { told = append(told, g.Size) }
		f.ask(askedOf(720), true, take)
		f.ask(askedOf(100), true, take)
		f.done.Wait()
		f.ask(askedOf(200), false, take)
		f.done.Wait()
		f.ask(askedOf(300), true, take)
		f.forget()
		f.close()
		f.ask(askedOf(400), true, take)
		f.close()
		if want := []int64{2e6, 1e6, 4e6}; len(told) != 3 || told[0] != want[0] || told[1] != want[1] || told[2] != want[2] {
			t.Errorf("told %v, want %v", told, want)
		}
	})
}

func TestFilmDialogTellsWhatTheFilmWouldBe(t *testing.T) {
	s := newStudio(t, &fakeStore{}, nil)
	s.foresight.from = fakeForecaster{}
	s.presenter.Able(Abilities{Hardware: editor.Hardwares()[:1]})
	s.Dropped(fyne.Position{}, uris("/b.mp4"))
	s.becomes(t, "*b.mp4 10")
	d := s.view.newFilmDialog()
	s.hops.wait(t, "a forecast", func() bool { return strings.Contains(d.guess.Text, "made in 30 s") })
	if want := "About 7.2 MB, made in 30 s.\n92 % copied."; d.guess.Text != want {
		t.Errorf("said %q, want %q", d.guess.Text, want)
	}
	if !d.made.encoding.Visible() || len(d.made.encoder.Options) != 2 {
		t.Errorf("encoders offered: %q", d.made.encoder.Options)
	}
	d.made.encoder.SetSelectedIndex(1)
	if out, err := d.made.output(); err != nil || out.Encoder != "h264_nvenc" {
		t.Errorf("chosen %+v, %v", out, err)
	}
	d.made.limit.SetText("25")
	if out, err := d.made.output(); err != nil || out.MaxSize != 25e6 || out.Encoder != "" {
		t.Errorf("for 25 MB: %+v, %v", out, err)
	}
	d.made.limit.SetText("much")
	if d.note.Text != tr(sayError(errMegabytes)) || d.begin() == nil {
		t.Errorf("of %q it says %q", d.made.limit.Text, d.note.Text)
	}
	d.made.limit.SetText("0,001")
	if d.begin() == nil {
		t.Error("a film of 1000 bytes was begun")
	}
	d.made.list.Select(6) // a GIF is as large as it comes, and encoded by one encoder only
	if d.made.limited.Visible() || d.made.encoding.Visible() || !strings.HasSuffix(d.entry.Text, ".gif") {
		t.Errorf("of a GIF the size can be chosen, or it is %s", d.entry.Text)
	}
}

func TestMegabytes(t *testing.T) {
	for text, want := range map[string]int64{"": 0, " ": 0, "25": 25e6, "2,5": 2.5e6, "1.5 MB": 1.5e6, "8mb": 8e6} {
		if got, err := megabytes(text); err != nil || got != want {
			t.Errorf("%q is %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"x", "-1", "0", "nan", "1e30", "MB25"} {
		if got, err := megabytes(text); err == nil {
			t.Errorf("%q is %d", text, got)
		}
	}
}
