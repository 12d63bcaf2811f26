package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// cost is what a command took.
type cost struct {
	wall   time.Duration
	cpu    time.Duration // of it and all that it started
	memory int64         // bytes, the largest of its processes
	whole  float64       // by how much wall and cpu were multiplied; 1: all was run
}

// scaled is the cost of so many times as much.
func (c cost) scaled(by float64) cost {
	c.wall, c.cpu = time.Duration(float64(c.wall)*by), time.Duration(float64(c.cpu)*by)
	c.whole *= by
	return c
}

// measure runs a command to its end.
func measure(name string, args ...string) (cost, []byte, error) {
	cmd := exec.Command(name, args...)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	begun := time.Now()
	if err := cmd.Run(); err != nil {
		return cost{}, nil, fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, tail(said.String()))
	}
	c := cost{wall: time.Since(begun), cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), whole: 1}
	if use, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		c.memory = use.Maxrss * 1024
	}
	return c, out.Bytes(), nil
}

func tail(s string) string {
	s = strings.TrimSpace(s)
	return s[max(0, len(s)-600):]
}

// ffmpeg runs ffmpeg over the file that its last argument names.
func ffmpeg(args ...string) (cost, error) {
	c, _, err := measure("ffmpeg", append([]string{"-nostdin", "-hide_banner", "-v", "error", "-y"}, args...)...)
	return c, err
}

// exists says whether a file is there already.
func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
