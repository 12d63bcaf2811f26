package ffmpeg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"runtime"
	"time"
)

// process is one program to be run to its end.
type process struct {
	op      string
	program string
	args    []string
	dir     string
	nice    bool
	input   io.Reader             // its standard input; may be nil
	grace   time.Duration         // to end after being asked to; stopGrace when 0
	read    func(io.Reader) error // takes the standard output to its end
}

// start runs the process, hands its output to read and waits for both.
//
//	context ends -> SIGTERM to the group -> stopGrace -> SIGKILL to the group
//
// The calling goroutine keeps its thread meanwhile: the kernel ends the child
// when the thread that started it ends, which is meant for the death of this
// program alone.
func start(ctx context.Context, p process) error {
	if err := Unpaused(ctx); err != nil {
		return err
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()

	var said tail
	cmd := exec.CommandContext(ctx, p.program, p.args...)
	cmd.Dir, cmd.Stdin, cmd.Stderr = p.dir, p.input, &said
	cmd.SysProcAttr = ownGroup()
	stop := &stopper{cmd: cmd, grace: p.patience()}
	cmd.WaitDelay = stop.grace + stopGrace
	cmd.Cancel = stop.ask
	out, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("%s: %w", p.op, err)
	}
	if err := cmd.Start(); err != nil {
		return &Error{Op: p.op, Sentence: fmt.Sprintf("%s does not start (%v)", p.program, err), Hint: install, ExitCode: -1, Cause: ErrMissing}
	}
	if p.nice {
		lowerPriority(cmd.Process.Pid)
	}
	defer hold(ctx, cmd.Process.Pid)()
	readErr := p.read(out)
	if readErr != nil { // an unread pipe would hold the process up for ever
		if _, err := io.Copy(io.Discard, out); err != nil {
			readErr = errors.Join(readErr, err)
		}
	}
	waitErr := cmd.Wait()
	stop.done()
	return p.verdict(ctx, said.String(), readErr, waitErr)
}

// verdict is what the run came to. A program that ended well just before it
// was cancelled ended well.
func (p process) verdict(ctx context.Context, said string, readErr, waitErr error) error {
	switch {
	case waitErr == nil && readErr == nil && writeFailed(said):
		return newError(p.op, said, nil)
	case waitErr == nil && readErr == nil:
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("%s: %w", p.op, context.Cause(ctx))
	case waitErr == nil:
		return fmt.Errorf("%s: %w", p.op, readErr)
	}
	return newError(p.op, said, waitErr)
}

func (p process) patience() time.Duration {
	if p.grace > 0 {
		return p.grace
	}
	return stopGrace
}

// stopper ends a process group, first politely.
type stopper struct {
	cmd   *exec.Cmd
	grace time.Duration
	kill  *time.Timer
}

// ask runs on the goroutine of exec that watches the context; Wait returns
// only after it did.
func (s *stopper) ask() error {
	pid := s.cmd.Process.Pid
	s.kill = time.AfterFunc(s.grace, func() { killGroup(pid) })
	return askGroup(pid)
}

func (s *stopper) done() {
	if s.kill != nil {
		s.kill.Stop()
	}
}
