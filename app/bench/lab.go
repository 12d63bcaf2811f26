package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// The hosts of a call, and one whose device is moved to the caller when its
// address changes.
const (
	caller  = "a"
	callee  = "b"
	spare   = "c"
	addrOne = "10.99.0.1"
	addrTwo = "10.99.0.2"
	addrNew = "10.99.0.3"
)

// lab drives the link laboratory. Its hosts live from openLab to Close.
type lab struct {
	program string
	serving *exec.Cmd
}

const noLab = `the environment variable NETLAB does not name a link laboratory (%s).
The bench needs a program that makes hosts and sets the links between them; its commands are described by "go doc ./app/bench"`

func openLab(ctx context.Context, program string) (*lab, error) {
	if _, err := exec.LookPath(program); program == "" || err != nil {
		return nil, fmt.Errorf(noLab, strings.TrimSpace("NETLAB="+program))
	}
	if os.Geteuid() != 0 {
		return nil, errors.New("making hosts needs root: run it again as root")
	}
	l := &lab{program: program, serving: exec.Command(program, "up", caller, callee, spare)}
	out, err := l.serving.StdoutPipe()
	if err != nil {
		return nil, err
	}
	l.serving.Stderr = os.Stderr
	if err := l.serving.Start(); err != nil {
		return nil, fmt.Errorf("%s up: %w", program, err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "ready") {
		return nil, errors.Join(fmt.Errorf("%s up said %q instead of ready: %w", program, line, err), l.Close())
	}
	return l, ctx.Err()
}

// Close takes the hosts away.
func (l *lab) Close() error {
	return end(l.serving, 5*time.Second)
}

func (l *lab) command(host string, args ...string) *exec.Cmd {
	return exec.Command(l.program, append([]string{"exec", host, "--"}, args...)...)
}

func (l *lab) do(args ...string) error {
	_, err := output(exec.Command(l.program, args...))
	return err
}

// links sets what both ends send into the link.
func (l *lab) links(pairs []string) error {
	for _, host := range []string{caller, callee} {
		if err := l.do(append([]string{"set", host + ".up"}, pairs...)...); err != nil {
			return err
		}
	}
	return nil
}

// play does one step of a row; pid is any process on the caller's host.
func (l *lab) play(st step, r *row, pid int) error {
	switch st.kind {
	case change:
		return l.links(st.link)
	case cut:
		return l.do("cut", caller)
	case join:
		return l.do("join", caller)
	case readdress:
		return l.readdress(r.link, pid)
	}
	return fmt.Errorf("step %d is not known", st.kind)
}

// readdress pulls the caller's device out and puts the spare host's device,
// with its address, in.
func (l *lab) readdress(link []string, pid int) error {
	if err := l.do(append([]string{"set", spare + ".up"}, link...)...); err != nil {
		return err
	}
	for _, c := range []struct{ host, args string }{
		{spare, "ip link set net0 down"},
		{spare, "ip link set net0 name net1"},
		{spare, "ip link set net1 netns " + strconv.Itoa(pid)},
		{caller, "ip link set net0 down"},
		{caller, "ip addr add " + addrNew + "/24 dev net1"},
		{caller, "ip link set net1 mtu 1500 up"},
		{caller, "ip route add default dev net1"},
	} {
		if _, err := output(l.command(c.host, strings.Fields(c.args)...)); err != nil {
			return err
		}
	}
	return nil
}

// sentBytes is how many bytes of IP packets each end has sent.
func (l *lab) sentBytes() (bytes [2]uint64, err error) {
	out, err := output(exec.Command(l.program, "stats"))
	if err != nil {
		return bytes, err
	}
	var all map[string]struct{ Bytes uint64 }
	if err := json.Unmarshal(out, &all); err != nil {
		return bytes, fmt.Errorf("%s stats: %w", l.program, err)
	}
	bytes[0] = all[caller+".up"].Bytes + all[spare+".up"].Bytes
	bytes[1] = all[callee+".up"].Bytes
	return bytes, nil
}

// output runs a command and makes what it wrote part of its error.
func output(c *exec.Cmd) ([]byte, error) {
	var complaint strings.Builder
	c.Stderr = &complaint
	out, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w %s", strings.Join(c.Args, " "), err, strings.TrimSpace(complaint.String()+string(out)))
	}
	return out, nil
}

// end asks a process to end and, when it does not within the time, ends it.
// How it ended is no error: it was told to.
func end(c *exec.Cmd, within time.Duration) error {
	if c == nil || c.Process == nil {
		return nil
	}
	done := make(chan error, 1)
	go func() { done <- c.Wait() }()
	if err := c.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-done:
		return nil
	case <-time.After(within):
	}
	if err := c.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	<-done
	return nil
}
