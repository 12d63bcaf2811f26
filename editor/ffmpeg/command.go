package ffmpeg

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"time"
)

// Command is one run of ffmpeg. Args are everything but what Run adds itself:
// -nostdin, -hide_banner, -loglevel, -y or -n are not to be among them, and
// inputs are made with InputOptions and InputArg.
type Command struct {
	Op       string         // what is being done, for errors; "ffmpeg" when empty
	Args     []string       // handed over
	Frames   int64          // pictures that will be written, 0 unknown; bounds Progress.Frame
	Progress func(Progress) // called from one goroutine of Run, several times a second; may be nil
	Dir      string         // working folder, the caller's when empty
	Input    io.Reader      // what it reads as pipe:0, to its end or the program's; may be nil
	Nice     bool           // let everything else go first: a call must not stutter for a render
}

// stopGrace is how long a process may take to end after it was asked to.
const stopGrace = 3 * time.Second

// Run runs ffmpeg and waits for it. A cancelled context ends the process and
// returns the context's cause; any other failure is an *Error. When Run
// returns, the process is gone.
func (t *Tools) Run(ctx context.Context, c Command) error {
	args := append([]string{"-nostdin", "-hide_banner", "-y", "-loglevel", "error",
		"-progress", "pipe:1", "-stats_period", "0.2"}, c.Args...)
	return start(ctx, process{
		op: c.op(), program: t.FFmpeg, args: args, dir: c.Dir, nice: c.Nice, input: c.Input,
		read: func(r io.Reader) error { return readProgress(r, c.bounded()) },
	})
}

// Output runs ffmpeg and returns what it writes to its standard output
// (pipe:1), at most limit bytes; a longer answer is an error.
func (t *Tools) Output(ctx context.Context, c Command, limit int64) ([]byte, error) {
	args := append([]string{"-nostdin", "-hide_banner", "-loglevel", "error"}, c.Args...)
	var out bytes.Buffer
	err := start(ctx, process{
		op: c.op(), program: t.FFmpeg, args: args, dir: c.Dir, nice: c.Nice, input: c.Input,
		read: func(r io.Reader) error { return readAll(&out, r, limit) },
	})
	return out.Bytes(), err
}

func (c Command) op() string {
	if c.Op == "" {
		return "ffmpeg"
	}
	return c.Op
}

// bounded is the caller's Progress with frames that do not run over.
func (c Command) bounded() func(Progress) {
	if c.Progress == nil || c.Frames <= 0 {
		return c.Progress
	}
	return func(p Progress) {
		p.Frame = min(p.Frame, c.Frames)
		c.Progress(p)
	}
}

func readAll(into *bytes.Buffer, r io.Reader, limit int64) error {
	n, err := io.Copy(into, io.LimitReader(r, limit))
	if err != nil {
		return err
	}
	if n == limit {
		more, err := io.Copy(io.Discard, r)
		if err != nil {
			return err
		}
		if more > 0 {
			return fmt.Errorf("the answer is longer than %d bytes", limit)
		}
	}
	return nil
}
