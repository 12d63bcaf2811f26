package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() {
	if len(os.Args) == 4 && os.Args[1] == "relay" {
		fail(relay(os.Args[2], os.Args[3]))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	fail(os.Setenv("PARLEY_NEARBY", "off")) // what is measured is not for the network to see
	b := bench{lab: os.Getenv("NETLAB")}
	var names, who string
	flag.StringVar(&names, "rows", os.Getenv("ROWS"), "rows of the table, with commas between: "+strings.Join(rowNames(), ","))
	flag.StringVar(&who, "who", "parley,chromium", "programs to measure")
	flag.StringVar(&b.parley, "parley", "bin/parley", "the Parley to measure")
	flag.StringVar(&b.chromium, "chromium", "chromium", "the Chromium to compare it with")
	flag.StringVar(&b.keep, "keep", "", "a folder for logs and sampled pictures; without it they are thrown away")
	flag.Parse()
	fail(b.run(ctx, names, who))
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench is one run of the table.
type bench struct{ lab, parley, chromium, keep string }

func (b *bench) run(ctx context.Context, names, who string) (err error) {
	chosen, err := chooseRows(names)
	if err != nil {
		return err
	}
	dir, done, err := b.folder()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	programs, err := b.programs(who, dir)
	if err != nil {
		return err
	}
	if err := filesIn(dir).write(); err != nil {
		return fmt.Errorf("the source cannot be written: %w", err)
	}
	fmt.Print(heading(programs))
	s := newSource()
	for i := range chosen {
		if err := b.row(ctx, &chosen[i], programs, s, dir); err != nil {
			return err
		}
	}
	return nil
}

// row holds the call of one row with each program, and prints its lines.
func (b *bench) row(ctx context.Context, r *row, programs []program, s *source, dir string) error {
	var columns [][]measure
	for _, p := range programs {
		place := filepath.Join(dir, r.name+"-"+strings.ToLower(p.name()))
		if err := os.Mkdir(place, 0o700); err != nil {
			return err
		}
		began := time.Now()
		t, err := hold(ctx, p, r, b.lab, place)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			// The other rows can still be had; this one's failure is a result.
			fmt.Fprintf(os.Stderr, "bench: %s, %s: %v\n", r.name, p.name(), err)
			columns = append(columns, nil)
			continue
		}
		columns = append(columns, t.measured(r, s))
		fmt.Fprintf(os.Stderr, "%s, %s: %.0f s; %s; %s; %d bar codes not read\n",
			r.name, p.name(), time.Since(began).Seconds(), t.ends[0].note, t.ends[1].note, t.unread())
		if b.keep == "" {
			if err := os.RemoveAll(place); err != nil {
				return err
			}
		}
	}
	fmt.Print(lines(r, columns))
	return nil
}

// folder is where everything goes; done takes it away unless it is to be kept.
func (b *bench) folder() (dir string, done func() error, err error) {
	if b.keep != "" {
		dir, err = filepath.Abs(b.keep)
		return dir, func() error { return nil }, errors.Join(err, os.MkdirAll(dir, 0o700))
	}
	dir, err = os.MkdirTemp("", "parley-bench-")
	return dir, func() error { return os.RemoveAll(dir) }, err
}

// programs are those chosen, Parley before what it is compared with.
func (b *bench) programs(who, dir string) (all []program, err error) {
	chosen := strings.Split(who, ",")
	for _, name := range chosen {
		if name != "parley" && name != "chromium" {
			return nil, fmt.Errorf("%q is neither parley nor chromium", name)
		}
	}
	if slices.Contains(chosen, "parley") {
		path, err := filepath.Abs(b.parley)
		if err != nil {
			return nil, err
		}
		if _, err := exec.LookPath(path); err != nil {
			return nil, fmt.Errorf("there is no Parley to measure (%w): build it with make build, or name one with -parley", err)
		}
		all = append(all, parley{path})
	}
	if slices.Contains(chosen, "chromium") {
		path, err := exec.LookPath(b.chromium)
		if err != nil {
			return nil, fmt.Errorf("there is no Chromium to compare with (%w): apt-get install chromium", err)
		}
		all = append(all, chromium{path, filesIn(dir)})
	}
	return all, nil
}
