package main

import (
	"os"
	"testing"
	"time"
)

func TestParseStatReadsPastAnyName(t *testing.T) {
	p, err := parseStat(5, []byte("5 (a) b (c) S 3 5 5 0 -1 4194560 1 2 3 4 100 50 20 30 20 0 1 0 9\n"))
	if err != nil || p.parent != 3 || p.used != 2*time.Second {
		t.Errorf("%+v, %v; want parent 3 and 2 s", p, err)
	}
	if _, err := parseStat(5, []byte("5 (x) S 3")); err == nil {
		t.Error("half a line was taken")
	}
}

func TestTreeHoldsItsRoot(t *testing.T) {
	all, err := tree(os.Getpid())
	if err != nil || len(all) == 0 || all[0].pid != os.Getpid() {
		t.Errorf("%+v, %v", all, err)
	}
}
