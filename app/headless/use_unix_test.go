//go:build unix

package headless

import (
	"os"
	"path/filepath"
	"testing"
)

func TestHighWater(t *testing.T) {
	for text, want := range map[string]int64{
		"Name:\tparley\nVmPeak:\t  900 kB\nVmHWM:\t  75000 kB\nVmRSS:\t 60000 kB\n": 75000,
		"Name:\tparley\n": 0, "": 0, "VmHWM: many kB\n": 0,
	} {
		path := filepath.Join(t.TempDir(), "status")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, ok := highWater(path); got != want || ok != (want > 0) {
			t.Errorf("%q: %d, %v, want %d", text, got, ok, want)
		}
	}
	if _, ok := highWater(filepath.Join(t.TempDir(), "none")); ok {
		t.Error("a file that is not there was read")
	}
}

func TestProcessUse(t *testing.T) {
	cpu, peak := processUse()
	if cpu <= 0 || peak < 1<<20 || peak > 1<<36 {
		t.Errorf("%v s of CPU and %d bytes of memory cannot be", cpu, peak)
	}
}
