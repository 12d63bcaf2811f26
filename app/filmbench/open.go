package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"parley/editor"
)

// many is how many clips the project of the row "open" has.
const many = 500

// open reads a project of many clips and plans its film.
func (b *bench) open() error {
	takes, err := b.takes(b.seconds)
	if err != nil {
		return err
	}
	f := b.film()
	for i := range int64(many) {
		err := f.add(takes[i%3], func(c *editor.Clip) {
			c.In, c.Out = editor.Rational(i, 30), editor.Rational(i+60, 30)
		})
		if err != nil {
			return err
		}
	}
	path, err := f.save("many")
	if err != nil {
		return err
	}
	begun := time.Now()
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	p, err := editor.DecodeProject(data, filepath.Dir(path))
	if err != nil {
		return err
	}
	read := time.Since(begun)
	plan, err := editor.NewPlan(p.Timeline, p.Library, p.Spec(), editor.Effects{}, func(m *editor.Media) []string { return []string{"-i", m.Path} })
	if err != nil {
		return err
	}
	planned := time.Since(begun)
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Fprintf(b.out, "| a project of %d clips, %d segments | read in %s, planned after %s | | | %d MB | | | |\n",
		many, len(plan.Pictures), read.Round(time.Millisecond), planned.Round(time.Millisecond), m.Sys>>20)
	return nil
}
