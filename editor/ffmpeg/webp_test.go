package ffmpeg

import (
	"errors"
	"image"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"parley/editor"
)

func TestAnimatedWebP(t *testing.T) {
	tools := found(t)
	path := generate(t, tools, "anim.webp", "-f lavfi -i color=red:size=64x48:rate=5:duration=1 -f lavfi -i color=green:size=64x48:rate=5:duration=1"+
		" -filter_complex [0][1]concat,format=bgra -c:v libwebp_anim -lossless 1 -loop 0")
	m := probe(t, tools, path)
	v := video(t, m)
	if m.Still || !m.Animated || m.Format != formatWebP || v.Width != 64 || v.Height != 48 || !v.Alpha || !near(m.Duration, 2, 0.25) {
		t.Errorf("%+v", m)
	}
	if got := colour(thumbnail(t, tools, path, 0, 32, 32), 16, 12); got != "red" {
		t.Errorf("begins %s", got)
	}
	if got := colour(thumbnail(t, tools, path, 1.5, 32, 32), 16, 12); got != "green" {
		t.Errorf("ends %s", got)
	}
	if got := colour(thumbnail(t, tools, path, 99, 32, 32), 16, 12); got != "green" {
		t.Errorf("after the end: %s", got)
	}
	copied, err := tools.Readable(t.Context(), path)
	if err != nil || copied == path {
		t.Fatalf("%q, %v", copied, err)
	}
	args := append(InputOptions(m), "-i", InputArg(copied), "-f", "null", "-")
	if err := tools.Run(t.Context(), Command{Args: args}); err != nil {
		t.Errorf("%v\n%s", err, tailOf(err))
	}
}

func TestReadableIsTheFileItself(t *testing.T) {
	tools := found(t)
	path := generate(t, tools, "a.webp", pattern+"1 -frames:v 1 -c:v libwebp")
	if got, err := tools.Readable(t.Context(), path); err != nil || got != path {
		t.Errorf("%q, %v", got, err)
	}
}

func TestCopyIsMadeOnceAndPrivately(t *testing.T) {
	tools := found(t)
	tools.Cache += "/deeper"
	path := write(t, "a", "original")
	made := 0
	produce := func(target string) error {
		made++
		return os.WriteFile(target, []byte("copy"), 0o600)
	}
	first, err1 := tools.cached(path, ".png", produce)
	second, err2 := tools.cached(path, ".png", produce)
	if err1 != nil || err2 != nil || first != second || made != 1 {
		t.Errorf("%q %v, %q %v, made %d times", first, err1, second, err2, made)
	}
	later := time.Now().Add(time.Hour) // another picture of the same size
	if err := os.Chtimes(path, later, later); err != nil {
		t.Fatal(err)
	}
	failed := errors.New("failed")
	if third, err := tools.cached(path, ".png", func(string) error { return failed }); !errors.Is(err, failed) || third != "" {
		t.Errorf("%q, %v", third, err)
	}
	info, err := os.Stat(tools.Cache)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if left, err := os.ReadDir(tools.Cache); err != nil || len(left) != 1 {
		t.Errorf("left in the cache: %v, %v", left, err)
	}
}

func TestDamagedWebP(t *testing.T) {
	tools := found(t)
	for _, content := range []string{
		"RIFF\x1e\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00",
		"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x02\x00\x00\x00\xff\xff\xff\xff\xff\xff" + "ANMF\x10\x00\x00\x00" + strings.Repeat("\x00", 16),
		"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00" + "ANMF\x10\x00\x00\x00" + strings.Repeat("\x00", 16),
	} {
		if _, err := tools.Probe(t.Context(), write(t, "a.webp", content)); !errors.Is(err, ErrInvalid) {
			t.Errorf("%q: %v", content, err)
		}
	}
}

func FuzzParseWebP(f *testing.F) {
	f.Add([]byte("RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x02\x00\x00\x00\x0f\x00\x00\x0f\x00\x00" + "ANMF\x18\x00\x00\x00" + strings.Repeat("\x00", 16) + "VP8L\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		size, frames, err := parseWebP(data)
		if err != nil || size.X*size.Y > 1<<16 {
			return
		}
		canvas := image.NewNRGBA(image.Rectangle{Max: size})
		out := newAPNG(io.Discard, size, len(frames))
		for _, frame := range frames[:min(len(frames), 4)] {
			if frame.paint(canvas) == nil {
				if err := out.add(canvas, frame.delay); err != nil {
					t.Error(err)
				}
			}
		}
	})
}

func TestHEIC(t *testing.T) {
	if _, err := exec.LookPath("heif-enc"); err != nil {
		t.Skip("there is no heif-enc to make a HEIC with: sudo apt-get install libheif-examples")
	}
	tools := found(t)
	picture := generate(t, tools, "a.png", "-f lavfi -i color=red:size=64x48 -frames:v 1")
	path := picture + ".heic"
	if out, err := exec.CommandContext(t.Context(), "heif-enc", picture, "-o", path).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	m := probe(t, tools, path)
	if v := video(t, m); !m.Still || m.Format != formatHEIF || m.Path != path || v.Width != 64 || v.Height != 48 {
		t.Errorf("%+v", m)
	}
	if p := thumbnail(t, tools, path, 0, 32, 32); p.Rect.Dx() != 32 || p.Rect.Dy() != 24 || colour(p, 16, 12) != "red" {
		t.Errorf("%v, %s", p.Rect, colour(p, 16, 12))
	}
	t.Setenv("PATH", t.TempDir())
	tools.Cache = t.TempDir()
	if _, err := tools.Thumbnail(t.Context(), path, editor.Time{}, 32, 32); err == nil || !strings.Contains(err.Error(), "sudo apt-get install libheif-examples") {
		t.Errorf("without the converter: %v", err)
	}
}
