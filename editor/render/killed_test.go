package render

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"parley/editor"
	"parley/editor/store"
)

// childVar names the folder in which a process of this test's own renders.
const childVar = "PARLEY_TEST_RENDER_IN"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childVar); dir != "" {
		if err := renderIn(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// renderIn renders the film of a folder, and tells each step of its progress
// in a line.
func renderIn(dir string) error {
	r, film, err := longFilm(dir)
	if err != nil {
		return err
	}
	ctx := context.Background()
	_, err = r.Render(ctx, film, filepath.Join(dir, "film.mp4"), func(p Progress) { fmt.Println(p.Phase, p.Fraction) })
	return err
}

// longFilm is a film of several segments, each of which takes a while.
func longFilm(dir string) (*Renderer, Film, error) {
	found, err := findTools()
	if err != nil {
		return nil, Film{}, err
	}
	p, err := store.Join(context.Background(), found, filepath.Join(dir, "long.avi"))
	if err != nil {
		return nil, Film{}, err
	}
	out := editor.DefaultOutput
	out.Width, out.Height = 640, 360
	p.Output = &out
	return New(found, filepath.Join(dir, "cache"), editor.Effects{}), FilmOf(p), nil
}

// TestKilledRender kills a process that renders, in the middle of its work.
// What stood where the film goes is as it was; the next render makes only the
// segments that were not finished.
func TestKilledRender(t *testing.T) {
	dir := t.TempDir()
	shot{name: "long.avi", w: 160, h: 90, rate: "30", frames: 2400, options: []string{"-c:v", "mpeg4", "-q:v", "5"}}.make(t, dir)
	target := filepath.Join(dir, "film.mp4")
	if err := os.WriteFile(target, []byte("another film"), 0o600); err != nil {
		t.Fatal(err)
	}
	killInTheMiddle(t, dir)
	if was, err := os.ReadFile(target); err != nil || string(was) != "another film" {
		t.Errorf("the target holds %d bytes, %v", len(was), err)
	}
	finished := finishedIn(t, dir)
	r, film, err := longFilm(dir)
	if err != nil {
		t.Fatal(err)
	}
	report, err := r.Render(t.Context(), film, target, nil)
	if err != nil {
		t.Fatal(err)
	}
	if report.Reused != finished || report.Made == 0 || report.Made+report.Reused != 4 {
		t.Errorf("%d segments were finished, %d used again and %d made", finished, report.Reused, report.Made)
	}
	sameNumbers(t, "the film after all", numbers(t, target)[:1024], count(0, 1024))
}

// killInTheMiddle starts a render and kills it once it has finished a segment.
func killInTheMiddle(t *testing.T, dir string) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), childVar+"="+dir)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan() && finishedIn(t, dir) == 0; {
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := child.Wait(); err == nil || child.ProcessState.ExitCode() >= 0 {
		t.Fatalf("the render was over before it could be killed: %v", err)
	}
}

// finishedIn counts the finished segments.
func finishedIn(t *testing.T, dir string) int {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(dir, "cache", "*.mp4"))
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}
