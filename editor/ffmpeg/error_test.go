package ffmpeg

import (
	"errors"
	"os/exec"
	"strings"
	"testing"
)

func asError(err error) (*Error, bool) { return errors.AsType[*Error](err) }

func TestNewError(t *testing.T) {
	failed := exec.Command("false").Run()
	for _, c := range []struct {
		said  string
		cause error
		has   string
	}{
		{"av_interleaved_write_frame(): No space left on device\nError writing trailer: Invalid data found when processing input", ErrDiskFull, "the disk is full"},
		{"/a: No such file or directory", ErrNoFile, "not there"},
		{"/a: Permission denied", ErrDenied, "permissions"},
		{"/a: Invalid data found when processing input", ErrInvalid, "damaged"},
		{"[mov] moov atom not found\n/a: Invalid data found when processing input", ErrInvalid, "cut off"},
		{"Unknown encoder 'libfoo'\n", ErrEncoder, "libfoo"},
		{"Unrecognized option 'fps_mode'.", ErrOption, "fps_mode"},
		{"No such filter: 'tpad'", ErrOption, "tpad"},
		{"[hls] Format not on whitelist 'a,b'", ErrReference, "does not follow"},
		{"x264 [error]: malloc of size 9 failed\nCannot allocate memory", ErrMemory, "memory"},
		{"one\nsomething new", ErrFailed, "status 1: something new"},
		{"", ErrFailed, "status 1"},
	} {
		e := newError("render", c.said, failed)
		if !errors.Is(e, c.cause) || !strings.Contains(e.Error(), c.has) || e.ExitCode != 1 || e.Hint == "" {
			t.Errorf("%q is %v (%v)", c.said, e, e.Cause)
		}
	}
}

func TestErrorOfASignal(t *testing.T) {
	err := exec.Command("sh", "-c", "kill -9 $$").Run()
	if e := newError("render", "", err); e.ExitCode != -1 || !strings.Contains(e.Error(), "ended from outside") {
		t.Errorf("killed: %v, status %d", e, e.ExitCode)
	}
}

func TestTailIsBounded(t *testing.T) {
	var said tail
	for range 100 {
		if n, err := said.Write([]byte(strings.Repeat("x", 999))); n != 999 || err != nil {
			t.Fatal(n, err)
		}
	}
	if _, err := said.Write([]byte(strings.Repeat("y", tailSize) + "the end")); err != nil {
		t.Fatal(err)
	}
	if got := said.String(); len(got) != tailSize || !strings.HasSuffix(got, "ythe end") || strings.Contains(got, "x") {
		t.Errorf("kept %d bytes, ending %q", len(got), got[len(got)-10:])
	}
}
