package ffmpeg

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// endless is work that never ends by itself.
var endless = []string{"-re", "-f", "lavfi", "-i", "testsrc2=size=64x48", "-f", "null", "-"}

// members are the living processes of a group.
func members(t *testing.T, group int) []string {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil || len(stats) == 0 {
		t.Fatal("no /proc to look at", err)
	}
	var found []string
	for _, path := range stats {
		stat, err := os.ReadFile(path)
		if err != nil {
			continue // gone meanwhile
		}
		_, rest, _ := strings.Cut(string(stat), ") ") // state, parent, group
		if f := strings.Fields(rest); len(f) > 2 && f[0] != "Z" && f[2] == strconv.Itoa(group) {
			found = append(found, strings.TrimSpace(string(stat)))
		}
	}
	return found
}

// children are the living children of this process.
func children(t *testing.T) []string {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil || len(stats) == 0 {
		t.Fatal("no /proc to look at", err)
	}
	var found []string
	for _, path := range stats {
		stat, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		_, rest, _ := strings.Cut(string(stat), ") ")
		if f := strings.Fields(rest); len(f) > 2 && f[1] == strconv.Itoa(os.Getpid()) {
			found = append(found, strings.TrimSpace(string(stat)))
		}
	}
	return found
}

func TestRunReportsProgress(t *testing.T) {
	tools := found(t)
	var got []Progress
	err := tools.Run(t.Context(), Command{
		Args:     strings.Fields("-f lavfi -i testsrc2=size=64x48:rate=25:duration=2 -c:v libx264 -f null -"),
		Frames:   49,
		Progress: func(p Progress) { got = append(got, p) },
	})
	if err != nil {
		t.Fatal(err)
	}
	last := got[len(got)-1]
	if !last.Done || last.Frame != 49 || last.Time < 1900*time.Millisecond || last.Time > 2100*time.Millisecond {
		t.Errorf("ends with %+v", last)
	}
	for i := 1; i < len(got); i++ {
		if got[i-1].Done || got[i].Frame < got[i-1].Frame {
			t.Errorf("%+v is followed by %+v", got[i-1], got[i])
		}
	}
}

func TestCancelLeavesNoProcess(t *testing.T) {
	tools := found(t)
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("the user changed their mind")
	err := tools.Run(ctx, Command{Op: "render", Args: endless, Nice: true, Progress: func(Progress) { cancel(why) }})
	if !errors.Is(err, why) {
		t.Errorf("a cancelled run says %v", err)
	}
	if left := children(t); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestRunWithADeadContextStartsNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := found(t).Run(ctx, Command{Args: endless}); !errors.Is(err, context.Canceled) {
		t.Errorf("said %v", err)
	}
}

// A program that ignores being asked, and has a child, is killed with it.
func TestStubbornProcessIsKilled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	group := 0
	err := start(ctx, process{
		op: "stubborn", program: "/bin/sh", grace: 50 * time.Millisecond,
		args: []string{"-c", `trap "" TERM; echo $$; sleep 1000 & while :; do sleep 1000; done`},
		read: func(r io.Reader) error {
			line := bufio.NewScanner(r)
			if line.Scan() {
				group = atoi(line.Text())
			}
			if left := members(t, group); len(left) == 0 {
				return fmt.Errorf("group %d has no member while it runs", group)
			}
			cancel()
			return line.Err()
		},
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("said %v", err)
	}
	if left := members(t, group); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestRunExplainsFailures(t *testing.T) {
	tools := found(t)
	junk := write(t, "junk.mp4", strings.Repeat("junk\x00", 1000))
	dir := t.TempDir()
	for _, c := range []struct {
		name  string
		args  []string
		cause error
	}{
		{"full disk", strings.Fields("-f lavfi -i testsrc2=duration=10 -c:v libx264 -b:v 10M -f mpegts file:/dev/full"), ErrDiskFull},
		{"absent input", []string{"-i", InputArg(filepath.Join(dir, "absent.mp4")), "-f", "null", "-"}, ErrNoFile},
		{"absent folder", []string{"-f", "lavfi", "-i", "sine=d=0.1", InputArg(filepath.Join(dir, "absent", "a.wav"))}, ErrNoFile},
		{"invalid", []string{"-i", InputArg(junk), "-f", "null", "-"}, ErrInvalid},
		{"encoder", strings.Fields("-f lavfi -i sine=d=0.1 -c:a libnope -f null -"), ErrEncoder},
		{"option", strings.Fields("-nope 1 -f lavfi -i sine=d=0.1 -f null -"), ErrOption},
		{"filter", strings.Fields("-f lavfi -i sine=d=0.1 -af nope -f null -"), ErrOption},
	} {
		err := tools.Run(t.Context(), Command{Op: "render", Args: c.args})
		e, ok := asError(err)
		if !ok || !errors.Is(err, c.cause) || e.ExitCode < 1 || e.Hint == "" || e.Tail == "" {
			t.Errorf("%s: %v\n%s", c.name, err, tailOf(err))
		}
	}
}

// ffmpeg 5.1 exits with 0 when the disk fills up as it closes the file.
func TestFullDiskAtTheVeryEnd(t *testing.T) {
	err := found(t).Run(t.Context(), Command{Args: strings.Fields("-f lavfi -i testsrc2=duration=0.2 -c:v libx264 -f mpegts file:/dev/full")})
	if !errors.Is(err, ErrDiskFull) {
		t.Errorf("said %v", err)
	}
}

func TestOutputIsBounded(t *testing.T) {
	tools := found(t)
	raw := strings.Fields("-f lavfi -i color=size=16x16:rate=1:duration=1 -pix_fmt gray -f rawvideo pipe:1")
	if data, err := tools.Output(t.Context(), Command{Args: raw}, 256); err != nil || len(data) != 256 {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	if _, err := tools.Output(t.Context(), Command{Args: raw}, 255); err == nil {
		t.Error("an answer over the limit is no error")
	}
}
