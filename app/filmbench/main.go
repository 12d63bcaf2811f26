package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// bench is where the films lie and what makes them.
type bench struct {
	dir     string
	parley  string
	seconds int // of a take
	out     io.Writer
}

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "filmbench:", err)
		os.Exit(1)
	}
}

// run prints the table of the rows asked for.
func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("filmbench", flag.ContinueOnError)
	parley := flags.String("parley", "bin/parley", "the program")
	dir := flags.String("dir", "build/filmbench", "where material and films are kept")
	seconds := flags.Int("seconds", 600, "length of a take")
	only := flags.String("rows", "", "rows to run, all of them without: cuts,still,call,open")
	if err := flags.Parse(args); err != nil {
		return err
	}
	b := &bench{seconds: *seconds, out: out}
	var err error
	if b.dir, err = filepath.Abs(*dir); err != nil {
		return err
	}
	if b.parley, err = filepath.Abs(*parley); err != nil {
		return err
	}
	if err := os.MkdirAll(b.dir, 0o700); err != nil {
		return err
	}
	rows := []struct {
		name string
		run  func() error
	}{{"cuts", b.cuts}, {"still", b.still}, {"call", b.call}, {"open", b.open}}
	fmt.Fprint(out, heading)
	for _, r := range rows {
		if *only != "" && !slices.Contains(strings.Split(*only, ","), r.name) {
			continue
		}
		if err := r.run(); err != nil {
			return fmt.Errorf("row %s: %w", r.name, err)
		}
	}
	return nil
}
