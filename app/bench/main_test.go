package main

import (
	"os"
	"strings"
	"testing"
)

func TestParleyComesFirst(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	b := bench{parley: self, chromium: self}
	all, err := b.programs("chromium,parley", t.TempDir())
	if err != nil || len(all) != 2 || all[0].name() != "Parley" {
		t.Errorf("%v, %v; want Parley and Chromium", all, err)
	}
	if _, err := b.programs("zoom", t.TempDir()); err == nil {
		t.Error("an unknown program was taken")
	}
	b.parley = "/no/such/parley"
	if _, err := b.programs("parley", t.TempDir()); err == nil || !strings.Contains(err.Error(), "make build") {
		t.Errorf("without a Parley: %v; want the command that makes one", err)
	}
}
