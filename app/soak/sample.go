package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"
)

// sample is what one process holds at one moment.
type sample struct {
	memory     int64 // resident bytes
	handles    int
	goroutines int
	lips       float64 // ms by which the picture is late, mean of late
	shown      float64 // pictures a second, mean of late
}

// sample looks at the process, and at its statistics of the time before.
func (p *person) sample(over time.Duration) (sample, error) {
	s, err := p.told(over)
	if err != nil {
		return s, err
	}
	proc := fmt.Sprintf("/proc/%d", p.cmd.Process.Pid)
	files, err1 := os.ReadDir(proc + "/fd")
	statm, err2 := os.ReadFile(proc + "/statm")
	var size, pages int64
	if _, err := fmt.Fscan(bytes.NewReader(statm), &size, &pages); err != nil && err2 == nil {
		err2 = err
	}
	s.handles, s.memory = len(files), pages*int64(os.Getpagesize())
	return s, errors.Join(err1, err2)
}

// second is what is read of a line of the statistics.
type second struct {
	Type       string
	Goroutines int
	Received   struct {
		FrameRate float64  `json:"frame_rate"`
		LipSync   *float64 `json:"lip_sync_ms"`
	}
}

// told takes the means of the newest lines of the statistics, one a second.
func (p *person) told(over time.Duration) (sample, error) {
	text, err := os.ReadFile(p.stats)
	if err != nil {
		return sample{}, err
	}
	seconds, err := parse(text)
	if err != nil {
		return sample{}, fmt.Errorf("%s: %w", p.stats, err)
	}
	n := min(len(seconds), max(1, int(over/time.Second)))
	if n == 0 {
		return sample{}, fmt.Errorf("%s says nothing: no call came about", p.name)
	}
	return mean(seconds[len(seconds)-n:]), nil
}

// parse reads whole lines; the last one may still be written.
func parse(text []byte) (seconds []second, err error) {
	lines := bufio.NewScanner(bytes.NewReader(text[:bytes.LastIndexByte(text, '\n')+1]))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var s second
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			return nil, err
		}
		if s.Type == "second" {
			seconds = append(seconds, s)
		}
	}
	return seconds, lines.Err()
}

func mean(of []second) (s sample) {
	known := 0
	for _, one := range of {
		s.shown += one.Received.FrameRate / float64(len(of))
		if one.Received.LipSync != nil {
			s.lips += *one.Received.LipSync
			known++
		}
	}
	s.lips /= float64(max(known, 1))
	s.goroutines = of[len(of)-1].Goroutines
	return s
}
