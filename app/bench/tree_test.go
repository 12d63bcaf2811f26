package main

import (
	"bufio"
	"os"
	"os/exec"
	"strconv"
	"strings"
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

func TestKillTreeEndsWhatAProcessStarted(t *testing.T) {
	shell := exec.Command("sh", "-c", "sleep 100 & echo $!; wait")
	out, err := shell.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := shell.Start(); err != nil {
		t.Fatal(err)
	}
	said, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	child, err := strconv.Atoi(strings.TrimSpace(said))
	if err != nil {
		t.Fatal(err)
	}
	if !runs(child) {
		t.Fatal("the child does not run")
	}
	if err := killTree(shell.Process.Pid); err != nil {
		t.Error(err)
	}
	if runs(child) {
		t.Error("the child goes on")
	}
	if err := shell.Wait(); err == nil {
		t.Error("the process was not ended")
	}
}

func TestParseMachineLeavesIdleOut(t *testing.T) {
	got, err := parseMachine("cpu  100 20 30 9000 800 7 3 40 0 0\ncpu0 1 2 3\n")
	if err != nil || got != 2*time.Second {
		t.Errorf("%v, %v; want 2 s", got, err)
	}
	if _, err := parseMachine("intr 5"); err == nil {
		t.Error("something else was taken for CPU times")
	}
}
