package main

import (
	"bufio"
	"math"
	"strings"
	"testing"
	"time"
)

// hour is a row a minute, each by at.
func hour(at func(minute int) sample) (rows []row) {
	for minute := 1; minute < 60; minute++ {
		s := at(minute)
		rows = append(rows, row{time.Duration(minute) * time.Minute, [2]sample{s, s}})
	}
	return rows
}

func TestVerdict(t *testing.T) {
	even := sample{memory: 100e6, handles: 20, goroutines: 80, lips: -20, shown: 30}
	for _, c := range []struct {
		name string
		at   func(minute int, s *sample)
		want bool
	}{
		{"an even call", func(int, *sample) {}, true},
		{"memory that settles late", func(m int, s *sample) { s.memory -= int64(max(0, 5-m)) * 10e6 }, true},
		{"memory that the collector takes back", func(m int, s *sample) { s.memory += int64(m%4) * 5e6 }, true},
		{"a leak of 10 MB an hour", func(m int, s *sample) { s.memory += int64(m) * 170e3 }, false},
		{"a goroutine that comes and goes", func(m int, s *sample) { s.goroutines += m % 2 }, true},
		{"a goroutine more", func(m int, s *sample) { s.goroutines += m / 30 }, false},
		{"a handle more", func(m int, s *sample) { s.handles += m / 30 }, false},
		{"lips that drift", func(m int, s *sample) { s.lips -= float64(m) }, false},
		{"lips that come back", func(m int, s *sample) { s.lips += 100 * math.Sin(float64(m)*math.Pi/59) }, true},
	} {
		v := judge(hour(func(m int) sample { s := even; c.at(m, &s); return s }), time.Hour)
		var said strings.Builder
		if got := v.print(&said); got != c.want || strings.Contains(said.String(), "NOT GOOD") == c.want {
			t.Errorf("%s: good %v\n%s", c.name, got, said.String())
		}
	}
}

func TestAShortCallIsJudgedSooner(t *testing.T) {
	var rows []row
	for i := range 19 {
		r := row{at: time.Duration(i+1) * 9 * time.Second}
		r.of[0].memory = int64(max(0, 4-i)) * -20e6 // settles within 45 s
		rows = append(rows, r)
	}
	if v := judge(rows, 3*time.Minute); v[0].memory != 0 {
		t.Errorf("%+v", v[0])
	}
}

func TestStatisticsThatAreStillWritten(t *testing.T) {
	seconds, err := parse([]byte(`{"type":"second","goroutines":80,"received":{"frame_rate":30,"lip_sync_ms":-10}}
{"type":"second","goroutines":81,"received":{"frame_rate":28}}
{"type":"second","gorou`))
	if err != nil || len(seconds) != 2 {
		t.Fatalf("%d seconds, %v", len(seconds), err)
	}
	if s := mean(seconds); s.goroutines != 81 || s.shown != 29 || s.lips != -10 {
		t.Errorf("%+v", s)
	}
	if _, err := parse([]byte("no statistics\n")); err == nil {
		t.Error("what is no JSON was taken")
	}
}

func TestReadPort(t *testing.T) {
	lines := bufio.NewReader(strings.NewReader("level=WARN msg=x\nwaiting for a call on 192.168.1.7:4000, port 4000\nmore\n"))
	if port, err := readPort(lines); port != "4000" || err != nil {
		t.Errorf("port %q, %v", port, err)
	}
	if _, err := readPort(bufio.NewReader(strings.NewReader("it failed\n"))); err == nil {
		t.Error("no port, and no error")
	}
}
