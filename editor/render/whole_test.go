package render

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// The target is whole or what it was before, whatever happens.

const before = "what was there before"

// long makes a project that takes a while, and a target that exists.
func long(t *testing.T) (*editor.Project, string) {
	t.Helper()
	dir := t.TempDir()
	clip := shot{name: "a.mp4", w: 640, h: 360, rate: "30", frames: 300}.make(t, dir)
	p := project(t, clip, clip, clip)
	p.Output = &editor.Output{Width: 1920, Height: 1080, Rate: editor.Ratio{Num: 60, Den: 1}, SampleRate: 48000}
	target := filepath.Join(t.TempDir(), "film.mp4")
	if err := os.WriteFile(target, []byte(before), 0o600); err != nil {
		t.Fatal(err)
	}
	return p, target
}

// untouched checks that the target is as it was and, where nobody was killed,
// that nothing lies beside it.
func untouched(t *testing.T, target string, alone bool) {
	t.Helper()
	data, err := os.ReadFile(target)
	if err != nil || string(data) != before {
		t.Errorf("the target was touched: %d bytes, %v", len(data), err)
	}
	entries, err := os.ReadDir(filepath.Dir(target))
	if err != nil || alone && len(entries) != 1 {
		t.Errorf("beside the target lies %v, %v", entries, err)
	}
}

func TestCancel(t *testing.T) {
	p, target := long(t)
	stop := errors.New("stop")
	ctx, cancel := context.WithCancelCause(t.Context())
	cache := t.TempDir()
	_, err := New(tools(t), cache, editor.Effects{}).Render(ctx, FilmOf(p), target, func(now Progress) {
		if now.Phase == Rendering && now.Fraction > 0 {
			cancel(stop)
		}
	})
	if !errors.Is(err, stop) {
		t.Errorf("a cancelled render says %v", err)
	}
	untouched(t, target, true)
	if left, err := filepath.Glob(filepath.Join(cache, workPrefix+"*")); err != nil || len(left) > 0 {
		t.Errorf("the work folder is still there: %v, %v", left, err)
	}
}

// TestKill kills a whole program in the middle of a render.
func TestKill(t *testing.T) {
	if target := os.Getenv("PARLEY_TEST_RENDER"); target != "" {
		renderUntilKilled(t, target)
		return
	}
	p, target := long(t)
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKill$", "-test.v")
	cmd.Env = append(os.Environ(), "PARLEY_TEST_RENDER="+target, "PARLEY_TEST_SOURCE="+p.Timeline.Clip(0).Source, "PARLEY_TEST_CACHE="+t.TempDir())
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() && !strings.Contains(lines.Text(), "in the middle") {
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("it was not killed in the middle: %v", err)
	}
	untouched(t, target, false)
}

// renderUntilKilled is the other program of TestKill.
func renderUntilKilled(t *testing.T, target string) {
	source := os.Getenv("PARLEY_TEST_SOURCE")
	p := project(t, source, source, source)
	p.Output = &editor.Output{Width: 1920, Height: 1080, Rate: editor.Ratio{Num: 60, Den: 1}, SampleRate: 48000}
	_, err := New(tools(t), os.Getenv("PARLEY_TEST_CACHE"), editor.Effects{}).Render(t.Context(), FilmOf(p), target, func(now Progress) {
		if now.Phase == Rendering && now.Fraction > 0 {
			fmt.Println("in the middle")
		}
	})
	t.Fatalf("the render ended before it was killed: %v", err)
}

// smallDisk mounts a file system of so many kilobytes.
func smallDisk(t *testing.T, kb int) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%dk", kb)); err != nil {
		t.Skipf("a disk that fills up needs the right to mount one: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Errorf("the small disk is still mounted: %v", err)
		}
	})
	return dir
}

func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	noise := filepath.Join(dir, "noise.mp4")
	run(t, "-f", "lavfi", "-i", "nullsrc=s=320x180:r=30,geq=random(1)*255:128:128", "-frames:v", "60", "-c:v", "libx264", "-qp", "20", ffmpeg.InputArg(noise))
	p := project(t, noise)
	for _, full := range []string{"target", "cache"} {
		t.Run(full, func(t *testing.T) {
			disk, cache := smallDisk(t, 300), t.TempDir()
			target := filepath.Join(disk, "film.mp4")
			if full == "cache" {
				cache = disk
				target = filepath.Join(t.TempDir(), "film.mp4")
			}
			if err := os.WriteFile(target, []byte(before), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := New(tools(t), cache, editor.Effects{}).Render(t.Context(), FilmOf(p), target, nil)
			if !errors.Is(err, ffmpeg.ErrDiskFull) || !strings.Contains(err.Error(), target) {
				t.Errorf("a full disk says %v", err)
			}
			untouched(t, target, true)
		})
	}
}

func TestRefusals(t *testing.T) {
	dir := t.TempDir()
	clip := shot{name: "a.mp4", w: 160, h: 90, rate: "30", frames: 10}.make(t, dir)
	gone := shot{name: "gone.mp4", w: 160, h: 90, rate: "30", frames: 10}.make(t, dir)
	p, lost := project(t, clip), project(t, clip, gone)
	if err := os.Remove(gone); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, target, says string
		project            *editor.Project
	}{
		{"vanished source", filepath.Join(dir, "film.mp4"), gone, lost},
		{"target is a source", clip, clip, p},
		{"target is a folder", dir, dir, p},
		{"folder is not there", filepath.Join(dir, "none", "film.mp4"), filepath.Join(dir, "none"), p},
		{"folder cannot be written", "/proc/film.mp4", "/proc", p},
	}
	for _, tt := range tests {
		_, err := New(tools(t), t.TempDir(), editor.Effects{}).Render(t.Context(), FilmOf(tt.project), tt.target, nil)
		if err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	if _, err := tools(t).Probe(t.Context(), clip); err != nil {
		t.Errorf("the source did not live through it: %v", err)
	}
}

// TestNames renders from and to names that mean something to ffmpeg or to a
// shell.
func TestNames(t *testing.T) {
	dir := t.TempDir()
	plain := shot{name: "plain.mp4", w: 160, h: 90, rate: "30", frames: 6}.make(t, dir)
	picture := filepath.Join(dir, "plain.png")
	run(t, "-f", "lavfi", "-i", "color=white:s=160x90", "-frames:v", "1", ffmpeg.InputArg(picture))
	var sources []string
	for _, name := range []string{"-y.mp4", "a'b\".mp4", "new\nline.mp4", "🎬 film.mp4", "%03d.mp4", "[0:v];movie=x.mp4", "\xff\xfe.mp4", "concat:a|b.mp4", "img%03d.png", "-i.png"} {
		from := plain
		if filepath.Ext(name) == ".png" {
			from = picture
		}
		path := filepath.Join(dir, name)
		if err := os.Link(from, path); err != nil {
			t.Fatal(err)
		}
		sources = append(sources, path)
	}
	p := project(t, sources...)
	for i := range 2 {
		p = standing(t, p, 8+i, editor.Rational(1, 5))
	}
	target := filepath.Join(t.TempDir(), "-out '%03d'\n🎬.mp4")
	report, err := New(tools(t), filepath.Join(dir, "cache"), editor.Effects{}).Render(t.Context(), FilmOf(p), target, nil)
	if err != nil {
		t.Fatal(err)
	}
	if report.Path != target || report.Frames != 8*6+2*6 {
		t.Errorf("%+v", report)
	}
	if n := len(frames(t, target)); n != 60 {
		t.Errorf("%d frames", n)
	}
}
