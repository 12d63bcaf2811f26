package ffmpeg

import (
	"errors"
	"os"
	"syscall"
)

// ownGroup puts a child into its own process group, so that Ctrl-C in a
// terminal reaches Parley alone, which then ends the child in order; and has
// the kernel end the child should Parley be killed.
func ownGroup() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// askGroup asks a group to end. A group that is gone already has ended; one
// that is stopped hears of it only when it goes on.
func askGroup(pid int) error {
	err := syscall.Kill(-pid, syscall.SIGTERM)
	if errors.Is(err, syscall.ESRCH) {
		return os.ErrProcessDone
	}
	continueGroup(pid)
	return err
}

// stopGroup has a group stand still; one that is gone stands still already.
func stopGroup(pid int) { _ = syscall.Kill(-pid, syscall.SIGSTOP) }

// continueGroup lets a group go on where it stood.
func continueGroup(pid int) { _ = syscall.Kill(-pid, syscall.SIGCONT) }

// killGroup is the end of patience; a group that is gone is what was wanted.
func killGroup(pid int) { _ = syscall.Kill(-pid, syscall.SIGKILL) }

// niceness is how far a render stands back, in the kernel's steps of 0 to 19.
const niceness = 10

// lowerPriority lets everything else go first. It is a courtesy: where the
// kernel refuses, the process runs as any other.
func lowerPriority(pid int) { _ = syscall.Setpriority(syscall.PRIO_PGRP, pid, niceness) }
