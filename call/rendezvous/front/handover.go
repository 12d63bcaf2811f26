package front

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"time"
)

// readyVariable tells a new process the pipe on which it says that it serves.
const readyVariable = "PARLEY_READY"

// startPatience is how long a new process may take until it serves.
const startPatience = 30 * time.Second

// Next is the program that will follow this one.
type Next struct {
	Program   string   // file; remembered when this one was started, for by now it may be replaced
	Arguments []string // without the program's name
	Output    *os.File // for its standard output and error; nil: this process's
}

// Handover starts the next process with the sockets and returns once it serves
// on them. Where it does not, it is ended, and nothing has changed.
func (s *Sockets) Handover(ctx context.Context, n Next) (pid int, err error) {
	ready, tell, err := os.Pipe()
	if err != nil {
		return 0, err
	}
	defer ready.Close()
	files, variable, err := s.files(4) // behind the pipe, which is file 3
	files = append([]*os.File{tell}, files...)
	defer func() {
		for _, f := range files {
			f.Close() // the new process has its own
		}
	}()
	if err != nil {
		return 0, err
	}
	cmd := exec.Command(n.Program, n.Arguments...)
	cmd.Env = append(os.Environ(), socketsVariable+"="+variable, readyVariable+"=3")
	cmd.ExtraFiles, cmd.Stdout, cmd.Stderr = files, os.Stdout, os.Stderr
	if n.Output != nil {
		cmd.Stdout, cmd.Stderr = n.Output, n.Output
	}
	if err := cmd.Start(); err != nil {
		return 0, fmt.Errorf("the new process does not start; this one goes on: %w", err)
	}
	tell.Close() // so that its end is seen when the new process ends
	if err := awaitReady(ctx, ready); err != nil {
		err = fmt.Errorf("the new process does not serve; this one goes on: %w", err)
		if kill := cmd.Process.Kill(); kill != nil && !errors.Is(kill, os.ErrProcessDone) {
			err = errors.Join(err, kill)
		}
		_ = cmd.Wait() // how it ended is in err
		return 0, err
	}
	pid = cmd.Process.Pid
	go cmd.Wait() // it lives longer, or has told why not in its own log
	return pid, nil
}

func awaitReady(ctx context.Context, from *os.File) error {
	ctx, cancel := context.WithTimeout(ctx, startPatience)
	defer cancel()
	stop := context.AfterFunc(ctx, func() { from.SetReadDeadline(time.Unix(1, 0)) })
	defer stop()
	_, err := io.ReadFull(from, make([]byte, 1))
	switch {
	case ctx.Err() != nil:
		return errors.New("it took too long")
	case err != nil:
		return errors.New("it ended; its log says why")
	}
	return nil
}

// Ready tells the process before that this one serves; without one, nothing.
func Ready() error {
	number := os.Getenv(readyVariable)
	if number == "" {
		return nil
	}
	fd, err := strconv.Atoi(number)
	if err != nil || fd < 3 {
		return fmt.Errorf("%s says %q, which is no pipe", readyVariable, number)
	}
	pipe := os.NewFile(uintptr(fd), "ready")
	_, err = pipe.Write([]byte{'1'})
	return errors.Join(err, pipe.Close(), os.Unsetenv(readyVariable))
}
