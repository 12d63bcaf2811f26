package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// gauge is what both ends have used until a time.
type gauge struct {
	at      time.Time
	machine time.Duration // CPU of everything that runs here
	cpu     [2]time.Duration
	sent    [2]uint64
}

// usage is what both ends use in a second: CPU seconds, and bits sent; and the
// CPU seconds of everything else, which takes from them.
type usage struct {
	cpu, sent [2]float64
	others    float64
}

// unknownUsage is that of a call that was lost.
var unknownUsage = usage{[2]float64{never, never}, [2]float64{never, never}, never}

func readGauge(l *lab, c conversation) (g gauge, err error) {
	g.at = time.Now()
	if g.machine, err = machineUse(); err != nil {
		return g, err
	}
	for i, pid := range c.pids() {
		if g.cpu[i], err = used(pid); err != nil {
			return g, err
		}
	}
	g.sent, err = l.sentBytes()
	return g, err
}

func (g gauge) since(before gauge) (u usage) {
	over := g.at.Sub(before.at).Seconds()
	for i := range u.cpu {
		u.cpu[i] = (g.cpu[i] - before.cpu[i]).Seconds() / over
		u.sent[i] = 8 * float64(g.sent[i]-before.sent[i]) / over
	}
	u.others = (g.machine-before.machine).Seconds()/over - u.cpu[0] - u.cpu[1]
	return u
}

// machineUse is the CPU time of all that has run on this machine: in proc(5)'s
// /proc/stat all but idle and waiting, and what other machines took of it.
func machineUse() (time.Duration, error) {
	text, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0, err
	}
	return parseMachine(string(text))
}

func parseMachine(text string) (time.Duration, error) {
	f := strings.Fields(text)
	if len(f) < 9 || f[0] != "cpu" {
		return 0, fmt.Errorf("/proc/stat begins with %.40q", text)
	}
	var sum int64
	for i, field := range f[1:9] { // user nice system idle iowait irq softirq steal
		n, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("/proc/stat: %w", err)
		}
		if i != 3 && i != 4 {
			sum += n
		}
	}
	return time.Duration(sum) * time.Second / ticks, nil
}
