package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// ticks is Linux's USER_HZ, in which /proc counts CPU time.
const ticks = 100

// process is one line of /proc.
type process struct {
	pid, parent int
	used        time.Duration // its own, and of its children that have ended
}

// tree lists a process and all that come from it.
func tree(root int) ([]process, error) {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil, err
	}
	children := map[int][]process{}
	var found []process
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		text, err := os.ReadFile("/proc/" + e.Name() + "/stat")
		if err != nil {
			continue // it has ended since
		}
		p, err := parseStat(pid, text)
		if err != nil {
			return nil, err
		}
		if pid == root {
			found = append(found, p)
		}
		children[p.parent] = append(children[p.parent], p)
	}
	for i := 0; i < len(found); i++ {
		found = append(found, children[found[i].pid]...)
	}
	return found, nil
}

// parseStat reads proc(5)'s /proc/PID/stat, whose second field is a name that
// may hold anything, in parentheses.
func parseStat(pid int, text []byte) (process, error) {
	_, rest, ok := bytes.Cut(text, []byte("("))
	if i := bytes.LastIndexByte(rest, ')'); ok && i >= 0 {
		rest = rest[i+1:]
	}
	f := strings.Fields(string(rest))
	if len(f) < 15 {
		return process{}, fmt.Errorf("/proc/%d/stat has only %d fields", pid, len(f))
	}
	parent, err := strconv.Atoi(f[1])
	if err != nil {
		return process{}, fmt.Errorf("/proc/%d/stat: %w", pid, err)
	}
	var sum int64
	for _, field := range f[11:15] { // utime, stime, cutime, cstime
		n, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return process{}, fmt.Errorf("/proc/%d/stat: %w", pid, err)
		}
		sum += n
	}
	return process{pid: pid, parent: parent, used: time.Duration(sum) * time.Second / ticks}, nil
}

// used is the CPU time of a process and all that come from it.
func used(root int) (time.Duration, error) {
	all, err := tree(root)
	var sum time.Duration
	for _, p := range all {
		sum += p.used
	}
	return sum, err
}

// killTree ends at once what has come from a process, and it, and waits until
// what came from it is gone; the process itself is left for its own parent to
// wait for.
func killTree(root int) error {
	all, err := tree(root)
	if err != nil {
		return err
	}
	for _, p := range all {
		if err := syscall.Kill(p.pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
			return fmt.Errorf("process %d cannot be ended: %w", p.pid, err)
		}
	}
	for deadline := time.Now().Add(2 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if !slices.ContainsFunc(all, func(p process) bool { return p.pid != root && runs(p.pid) }) {
			return nil
		}
	}
	return fmt.Errorf("what process %d had started goes on running", root)
}

// runs tells whether a process is there and has not ended (a zombie has).
func runs(pid int) bool {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	i := bytes.LastIndexByte(text, ')')
	return err == nil && i >= 0 && len(text) > i+2 && text[i+2] != 'Z' && text[i+2] != 'X'
}
