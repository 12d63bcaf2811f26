//go:build unix

package headless

import (
	"runtime"
	"syscall"
)

// processUse is what this process has used: CPU seconds, and the most memory
// at one time in bytes.
func processUse() (cpu float64, peak int64) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0, 0
	}
	seconds := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	unit := int64(1024) // Linux counts in KiB, macOS in bytes
	if runtime.GOOS == "darwin" {
		unit = 1
	}
	return seconds(u.Utime) + seconds(u.Stime), int64(u.Maxrss) * unit
}
