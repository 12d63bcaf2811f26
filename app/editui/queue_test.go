package editui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"parley/editor"
)

// TestQueue has films wait, changes their order, and takes one out.
func TestQueue(t *testing.T) {
	now := time.Unix(1000, 0)
	p := brought(t, "/a.jpg")
	if first, err := p.Order("/1.mp4", nil, now); err != nil || first == nil {
		t.Fatalf("the first film does not begin: %v", err)
	}
	small := editor.DefaultOutput
	small.Width, small.Height = 640, 360
	for _, path := range []string{"/2.mp4", "/3.mp4", "/4.mp4"} {
		if now, err := p.Order(path, &small, now); err != nil || now != nil {
			t.Fatalf("%s does not wait: %v", path, err)
		}
	}
	if _, err := p.Order("/3.mp4", nil, now); !errors.Is(err, errBusyFilm) {
		t.Errorf("two films of one name: %v", err)
	}
	p.Remove() // what waits is made of what there was
	p.Sooner("/4.mp4")
	p.Without("/2.mp4")
	if got := p.Model().Film.Waiting; !slices.Equal(got, []string{"/4.mp4", "/3.mp4"}) {
		t.Fatalf("waiting %q", got)
	}
	if _, _, ok := p.Next(now); ok {
		t.Fatal("two films at once")
	}
	p.FilmDone(Report{}, nil)
	project, target, ok := p.Next(now)
	if !ok || target != "/4.mp4" || project.Timeline.Len() != 1 || project.Output.Width != 640 {
		t.Fatalf("next is %q, %v", target, ok)
	}
	if got := said(p); len(got) != 1 || !strings.Contains(got[0], "/1.mp4") {
		t.Errorf("of the first film it says %q", got)
	}
	p.FilmDone(Report{}, errors.New("the disk is full; free some space"))
	if _, target, _ := p.Next(now); target != "/3.mp4" {
		t.Errorf("after a failure comes %q", target)
	}
	p.FilmDone(Report{}, nil)
	if _, _, ok := p.Next(now); ok || p.Model().Film.State != Made {
		t.Error("the last film does not stay")
	}
}

// TestFilmsFollow makes two films one after the other.
func TestFilmsFollow(t *testing.T) {
	goOn := make(chan struct{})
	var made []string
	s := newStudio(t, &fakeStore{}, func(_ context.Context, _ *editor.Project, target string, _ func(Progress)) (Report, error) {
		<-goOn
		made = append(made, target)
		return Report{}, nil
	})
	s.Dropped(fyne.Position{}, uris("/a.jpg"))
	s.becomes(t, "*a.jpg 5")
	for _, path := range []string{"/1.mp4", "/2.mp4"} {
		if err := s.film(path, nil); err != nil {
			t.Fatal(err)
		}
	}
	if b := s.view.film.queue.button; !b.Visible() || b.Text != "1 waiting" {
		t.Errorf("the bar says %q", b.Text)
	}
	close(goOn)
	s.hops.wait(t, "both films", func() bool { return s.presenter.film.State == Made && s.presenter.film.Path == "/2.mp4" })
	if !slices.Equal(made, []string{"/1.mp4", "/2.mp4"}) {
		t.Errorf("made %q", made)
	}
}
