package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var s soak
	flag.StringVar(&s.binary, "parley", "bin/parley", "the Parley to watch")
	flag.DurationVar(&s.length, "for", time.Hour, "length of the call, a minute at least")
	flag.StringVar(&s.keep, "keep", "", "a folder for the statistics; without it they are thrown away")
	flag.Parse()
	// What is measured is not for the network to see.
	if err := errors.Join(os.Setenv("PARLEY_NEARBY", "off"), s.run(ctx)); err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
}

// soak is one long call.
type soak struct {
	binary, keep string
	length       time.Duration
}

var errGrew = errors.New("something grew that should not; see the table")

func (s soak) run(ctx context.Context) (err error) {
	if s.length < time.Minute {
		return errors.New("a call of less than a minute tells nothing; use -for 3m or more")
	}
	dir := s.keep
	if dir == "" {
		if dir, err = os.MkdirTemp("", "parley-soak"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	people, err := startCall(ctx, s.binary, dir, s.length)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, endAll(people)) }()
	rows, err := s.watch(ctx, people)
	if err != nil {
		return err
	}
	if v := judge(rows, s.length); !v.print(os.Stdout) {
		return errGrew
	}
	return nil
}

// watch takes a row of the table once a minute, more often in a short call,
// until the call is nearly over.
func (s soak) watch(ctx context.Context, people []*person) ([]row, error) {
	step := min(time.Minute, s.length/20)
	tick := time.NewTicker(step)
	defer tick.Stop()
	fmt.Println(heading)
	began := time.Now()
	var rows []row
	for time.Since(began)+step < s.length {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-people[0].gone:
			return nil, fmt.Errorf("the call ended early: %w", people[0].err)
		case <-people[1].gone:
			return nil, fmt.Errorf("the call ended early: %w", people[1].err)
		case <-tick.C:
		}
		r := row{at: time.Since(began)}
		for i, p := range people {
			var err error
			if r.of[i], err = p.sample(step); err != nil {
				return nil, err
			}
		}
		fmt.Println(r)
		rows = append(rows, r)
	}
	return rows, nil
}

func statsFile(dir, name string) string { return filepath.Join(dir, name+".json") }
