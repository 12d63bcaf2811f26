//go:build unix

package headless

import (
	"bufio"
	"fmt"
	"os"
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
	return seconds(u.Utime) + seconds(u.Stime), peakMemory(&u)
}

// peakMemory is the most memory at one time in bytes. Linux's getrusage counts
// what the process that started this one held, too, so /proc is asked first.
func peakMemory(u *syscall.Rusage) int64 {
	if kib, ok := highWater("/proc/self/status"); ok {
		return kib * 1024
	}
	unit := int64(1024) // Linux counts in KiB, macOS in bytes
	if runtime.GOOS == "darwin" {
		unit = 1
	}
	return int64(u.Maxrss) * unit
}

// highWater reads the line "VmHWM: N kB" (proc(5)).
func highWater(path string) (kib int64, ok bool) {
	f, err := os.Open(path)
	if err != nil {
		return 0, false
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if n, err := fmt.Sscanf(lines.Text(), "VmHWM: %d kB", &kib); n == 1 && err == nil {
			return kib, true
		}
	}
	return 0, false
}
