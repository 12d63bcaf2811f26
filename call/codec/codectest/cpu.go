package codectest

import (
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// cpuMeter measures the processor time of the whole process, the codec
// library's own threads included.
type cpuMeter struct {
	b     *testing.B
	start time.Duration
}

func startCPU(b *testing.B) cpuMeter {
	b.ReportAllocs()
	return cpuMeter{b: b, start: cpuTime(b)}
}

func (c cpuMeter) report(per string) {
	used := cpuTime(c.b) - c.start
	c.b.ReportMetric(float64(used.Microseconds())/float64(c.b.N)/1000, "cpu-ms/"+per)
}

func cpuTime(t testing.TB) time.Duration {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
