package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"
)

// person is one of the two processes.
type person struct {
	name  string
	stats string // file
	cmd   *exec.Cmd
	gone  chan struct{} // closed when it has ended
	err   error         // how; valid once gone
}

func newPerson(ctx context.Context, binary, dir, name string, args ...string) *person {
	p := &person{name: name, stats: statsFile(dir, name), gone: make(chan struct{})}
	args = append(args, "--no-window", "--profile", filepath.Join(dir, name),
		"--camera", "pattern", "--mic", "tone", "--speaker", "off", "--stats", p.stats)
	p.cmd = exec.CommandContext(ctx, binary, args...)
	return p
}

// follow waits for the process, once its output has been passed on.
func (p *person) follow(rest io.Reader) {
	defer close(p.gone)
	_, copied := io.Copy(os.Stderr, rest)
	p.err = cmp.Or(errors.Join(copied, p.cmd.Wait()), error(errOver))
}

// errOver is how a call ends that ends well.
var errOver = errors.New("somebody hung up")

// startCall has Ann call Bob.
func startCall(ctx context.Context, binary, dir string, length time.Duration) ([]*person, error) {
	bob := newPerson(ctx, binary, dir, "bob", "answer")
	lines, err := bob.start()
	if err != nil {
		return nil, err
	}
	port, err := readPort(lines)
	go bob.follow(lines)
	if err != nil {
		return nil, errors.Join(err, endAll([]*person{bob}))
	}
	ann := newPerson(ctx, binary, dir, "ann", "call", "127.0.0.1:"+port, "--for", length.String())
	if lines, err = ann.start(); err != nil {
		return nil, errors.Join(err, endAll([]*person{bob}))
	}
	go ann.follow(lines)
	return []*person{ann, bob}, nil
}

func (p *person) start() (*bufio.Reader, error) {
	said, err := p.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("%s did not start: %w; build it first with: make build", p.name, err)
	}
	return bufio.NewReader(said), nil
}

var portLine = regexp.MustCompile(`port (\d+)\s*$`)

// readPort waits for the line that says where the answering side listens.
func readPort(lines *bufio.Reader) (string, error) {
	for {
		line, err := lines.ReadString('\n')
		if m := portLine.FindStringSubmatch(line); m != nil {
			return m[1], nil
		}
		if err != nil {
			return "", fmt.Errorf("the answering side did not say where it listens: %w", err)
		}
	}
}

// endAll has the processes hang up, and waits.
func endAll(people []*person) error {
	var errs []error
	for _, p := range people {
		if err := p.cmd.Process.Signal(os.Interrupt); err != nil && !errors.Is(err, os.ErrProcessDone) {
			errs = append(errs, err)
		}
	}
	for _, p := range people {
		select {
		case <-p.gone:
		case <-time.After(10 * time.Second):
			errs = append(errs, fmt.Errorf("%s did not end within 10 s", p.name), p.cmd.Process.Kill())
			<-p.gone
		}
		if !errors.Is(p.err, errOver) {
			errs = append(errs, fmt.Errorf("%s: %w", p.name, p.err))
		}
	}
	return errors.Join(errs...)
}
