//go:build !linux

package ffmpeg

import (
	"os"
	"syscall"
)

func ownGroup() *syscall.SysProcAttr { return nil }

func askGroup(pid int) error {
	p, err := os.FindProcess(pid)
	if err != nil {
		return os.ErrProcessDone
	}
	return p.Kill()
}

func killGroup(pid int) {
	if p, err := os.FindProcess(pid); err == nil {
		_ = p.Kill()
	}
}

func lowerPriority(int) {}

// Elsewhere a process that runs is not held back; the next one is.
func stopGroup(int)     {}
func continueGroup(int) {}
