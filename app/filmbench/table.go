package main

import (
	"fmt"
	"io"
	"time"
)

// row is a film and what it is set against.
type row struct {
	out   io.Writer
	title string
	ours  cost
}

const heading = "| film | made by | time | CPU time | memory | Parley / it | aim | met |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n"

// row begins with what Parley needed.
func (b *bench) row(title string, ours cost) *row {
	fmt.Fprintf(b.out, "| %s | Parley | %s | | | |\n", title, ours)
	return &row{b.out, title, ours}
}

// against prints what something else needed. aim is the largest ratio of
// Parley's time to it that is wanted, where there is one.
func (r *row) against(who string, other cost, aim float64, wanted bool) {
	ratio := r.ours.wall.Seconds() / other.wall.Seconds()
	aims, met := "", ""
	if wanted {
		aims, met = fmt.Sprintf("≤ %.3g", aim), "**no**"
		if ratio <= aim {
			met = "yes"
		}
	}
	fmt.Fprintf(r.out, "| | %s | %s | %.3g | %s | %s |\n", who, other, ratio, aims, met)
}

// figure prints another figure of the film.
func (r *row) figure(what string, value float64) {
	fmt.Fprintf(r.out, "| | %s | %.1f | | | | | |\n", what, value)
}

// String is the cost as three cells of the table.
func (c cost) String() string {
	mark := ""
	if c.whole != 1 {
		mark = "≈ "
	}
	return fmt.Sprintf("%s%s | %s%s | %d MB", mark, c.wall.Round(10*time.Millisecond), mark, c.cpu.Round(10*time.Millisecond), c.memory>>20)
}
