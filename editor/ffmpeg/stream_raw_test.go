package ffmpeg

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// raw is what writes grey pictures of 16x16 pixels, as many as there are.
func raw(source string) []string {
	return append(strings.Fields("-f lavfi -i "+source), strings.Fields("-pix_fmt gray -f rawvideo pipe:1")...)
}

func stream(t *testing.T, ctx context.Context, args []string) io.ReadCloser {
	t.Helper()
	s, err := found(t).Stream(ctx, Command{Op: "play", Args: args})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestStreamToItsEnd(t *testing.T) {
	s := stream(t, t.Context(), raw("color=size=16x16:rate=10:duration=1"))
	data, err := io.ReadAll(s)
	if err != nil || len(data) != 10*256 {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	if n, err := s.Read(make([]byte, 1)); n != 0 || !errors.Is(err, io.EOF) {
		t.Errorf("after the end: %d, %v", n, err)
	}
	if left := children(t); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// A process that waits for its reader ends all the same, and at once.
func TestStreamClose(t *testing.T) {
	s := stream(t, t.Context(), raw("color=size=1280x720:rate=100"))
	if _, err := io.ReadFull(s, make([]byte, 1280*720*3)); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	for range 2 {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("closing took %v", took)
	}
	if left := children(t); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if _, err := s.Read(make([]byte, 1)); !errors.Is(err, os.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}

func TestStreamCloseEndsARead(t *testing.T) {
	silent := filepath.Join(t.TempDir(), "silent")
	if err := syscall.Mkfifo(silent, 0o600); err != nil {
		t.Fatal(err)
	}
	s := stream(t, t.Context(), append(strings.Fields("-f rawvideo -pix_fmt gray -s 16x16 -i"), InputArg(silent), "-f", "rawvideo", "pipe:1"))
	ended := make(chan error)
	go func() {
		_, err := s.Read(make([]byte, 256))
		ended <- err
	}()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := <-ended; !errors.Is(err, os.ErrClosed) {
		t.Errorf("Read says %v", err)
	}
	if left := children(t); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestStreamEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	s := stream(t, ctx, raw("color=size=1280x720:rate=100"))
	why := errors.New("the call is over")
	cancel(why)
	if _, err := io.Copy(io.Discard, s); !errors.Is(err, why) {
		t.Errorf("said %v", err)
	}
	if _, err := found(t).Stream(ctx, Command{Args: endless}); !errors.Is(err, why) {
		t.Errorf("a dead context: %v", err)
	}
	if left := children(t); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestStreamExplainsFailures(t *testing.T) {
	absent := InputArg(filepath.Join(t.TempDir(), "absent.mp4"))
	s := stream(t, t.Context(), []string{"-i", absent, "-f", "rawvideo", "pipe:1"})
	_, err := io.ReadAll(s)
	if e, ok := asError(err); !ok || !errors.Is(err, ErrNoFile) || e.Op != "play" {
		t.Errorf("said %v", err)
	}
	none := &Tools{FFmpeg: filepath.Join(t.TempDir(), "ffmpeg")}
	if s, err := none.Stream(t.Context(), Command{}); s != nil || !errors.Is(err, ErrMissing) {
		t.Errorf("without ffmpeg: %v, %v", s, err)
	}
}
