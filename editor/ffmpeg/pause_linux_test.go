package ffmpeg

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// await waits until a child has come to a state, without reaping it.
func await(pid, options int, so func(syscall.WaitStatus) bool) error {
	var status syscall.WaitStatus
	if _, err := syscall.Wait4(pid, &status, options, nil); err != nil {
		return err
	}
	if !so(status) {
		return fmt.Errorf("process %d has status %x", pid, status)
	}
	return nil
}

func firstNumber(r io.Reader) (int, error) {
	line := bufio.NewScanner(r)
	line.Scan()
	return atoi(line.Text()), line.Err()
}

func TestHeldProcessStandsStillAndGoesOn(t *testing.T) {
	gate := filepath.Join(t.TempDir(), "gate")
	if err := syscall.Mkfifo(gate, 0o600); err != nil {
		t.Fatal(err)
	}
	var p Pause
	err := start(Pausable(t.Context(), &p), process{
		op: "held", program: "/bin/sh", args: []string{"-c", `echo $$; cat < "$0"`, gate},
		read: func(r io.Reader) error {
			pid, err := firstNumber(r)
			if err != nil {
				return err
			}
			p.Hold()
			if err := await(pid, syscall.WUNTRACED, syscall.WaitStatus.Stopped); err != nil {
				return err
			}
			p.Release()
			if err := await(pid, syscall.WCONTINUED, syscall.WaitStatus.Continued); err != nil {
				return err
			}
			return os.WriteFile(gate, []byte("on\n"), 0o600)
		},
	})
	if err != nil {
		t.Error(err)
	}
	if len(p.groups) != 0 {
		t.Errorf("groups %v are still in its charge", p.groups)
	}
}

// A process that stands still would hear of being asked to end only when it
// goes on; with this patience the test would never end. The shell becomes what
// it runs: one that has a child by vfork, and the child stopped before it runs
// anything, does not stop until the child goes on.
func TestHeldProcessEndsWhenCancelled(t *testing.T) {
	why := errors.New("given up")
	ctx, cancel := context.WithCancelCause(t.Context())
	var p Pause
	group := 0
	err := start(Pausable(ctx, &p), process{
		op: "held", program: "/bin/sh", grace: time.Hour, args: []string{"-c", `echo $$; exec sleep 10000`},
		read: func(r io.Reader) (err error) {
			if group, err = firstNumber(r); err != nil {
				return err
			}
			p.Hold()
			if err := await(group, syscall.WUNTRACED, syscall.WaitStatus.Stopped); err != nil {
				return err
			}
			cancel(why)
			return nil
		},
	})
	if !errors.Is(err, why) {
		t.Errorf("said %v", err)
	}
	if left := members(t, group); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
