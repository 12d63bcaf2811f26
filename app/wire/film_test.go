package wire

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/call"
	"parley/call/capture"
	"parley/editor/ffmpeg"
)

// made is a file that ffmpeg made for this test.
func made(t *testing.T, name string, args ...string) string {
	t.Helper()
	tools, err := ffmpeg.Find(t.Context())
	if errors.Is(err, ffmpeg.ErrMissing) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := tools.Run(t.Context(), ffmpeg.Command{Args: append(args, ffmpeg.InputArg(path))}); err != nil {
		t.Fatal(err)
	}
	return path
}

func playFile(t *testing.T, path string) call.VideoSource {
	t.Helper()
	source, err := Devices().OpenVideo("file:"+path, call.VideoFormat{Width: 320, Height: 180, FrameRate: 60})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = source.Close() })
	return source
}

// near allows for the codec.
func near(a, b uint8) bool { return max(a, b)-min(a, b) <= 6 }

// A film of half a second, white and then black, begins anew for ever.
func TestFilmPlaysForEver(t *testing.T) {
	path := made(t, "a.mp4", "-f", "lavfi", "-i", "color=white:size=320x180:rate=60:duration=0.25",
		"-f", "lavfi", "-i", "color=black:size=320x180:rate=60:duration=0.25", "-filter_complex", "concat", "-c:v", "libx264")
	source := playFile(t, path)
	pic := &call.Picture{}
	changes, was := 0, uint8(235)
	for range 100 {
		if err := source.Read(pic); err != nil {
			t.Fatal(err)
		}
		now := pic.Y[90*320+160]
		if !near(now, 235) && !near(now, 16) {
			t.Fatalf("luma %d", now)
		}
		if !near(now, was) {
			changes, was = changes+1, now
		}
	}
	// 100 pictures are 6 changes; one that came late may have been skipped.
	if changes < 5 || changes > 8 {
		t.Errorf("%d changes between white and black", changes)
	}
}

// A still, upright and of full range, stands in the middle of black.
func TestStillPlays(t *testing.T) {
	path := made(t, "a.jpg", "-f", "lavfi", "-i", "color=red:size=100x200", "-frames:v", "1")
	source := playFile(t, path)
	pic := &call.Picture{}
	for i := range 5 {
		if err := source.Read(pic); err != nil {
			t.Fatal(err)
		}
		for x, want := range map[int][3]uint8{160: {81, 90, 240}, 20: {16, 128, 128}, 300: {16, 128, 128}} {
			c := 45*160 + x/2
			if y, cb, cr := pic.Y[90*320+x], pic.Cb[c], pic.Cr[c]; !near(y, want[0]) || !near(cb, want[1]) || !near(cr, want[2]) {
				t.Errorf("picture %d at %d: %d %d %d, want %v", i, x, y, cb, cr, want)
			}
		}
	}
}

func TestWhatCannotPlay(t *testing.T) {
	sound := made(t, "a.wav", "-f", "lavfi", "-i", "sine=duration=0.2")
	junk := filepath.Join(t.TempDir(), "junk.mp4")
	if err := os.WriteFile(junk, []byte(strings.Repeat("junk\x00", 999)), 0o600); err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(t.TempDir(), "list.m3u8")
	if err := os.WriteFile(list, []byte("#EXTM3U\n#EXTINF:1,\n/etc/passwd\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, says := range map[string]string{sound: "no picture in it", junk: "damaged", list: "other files"} {
		source, err := Devices().OpenVideo("file:"+path, call.VideoFormat{})
		if source != nil || !errors.Is(err, capture.ErrFile) || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "probe") {
			t.Errorf("%s: %v, %v", filepath.Base(path), source, err)
		}
	}
}

func TestFilmEndsItsProcess(t *testing.T) {
	path := made(t, "a.mp4", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=60:duration=0.5", "-c:v", "libx264")
	source := playFile(t, path)
	if err := source.Read(&call.Picture{}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	closed := make(chan error, 1)
	go func() { closed <- source.Close() }()
	select {
	case err := <-closed:
		if err != nil {
			t.Error(err)
		}
	case <-ctx.Done():
		t.Fatal("Close does not return")
	}
	if left := children(t); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// children are the living children of this process.
func children(t *testing.T) []string {
	t.Helper()
	tasks, err := filepath.Glob("/proc/self/task/*/children")
	if err != nil || len(tasks) == 0 {
		t.Skip("no /proc to look at")
	}
	var all []string
	for _, path := range tasks {
		if pids, err := os.ReadFile(path); err == nil { // else the thread has ended
			all = append(all, strings.Fields(string(pids))...)
		}
	}
	return all
}
