package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// row is one line of the table: a link, and what happens to it in the call.
type row struct {
	name   string
	title  string
	link   []string // what each host's sending side is set to
	length time.Duration
	steps  []step
}

// step happens at a time after dialling.
type step struct {
	at   time.Duration
	kind stepKind
	link []string // for change
}

type stepKind int

const (
	change    stepKind = iota // the links are set anew
	cut                       // the caller is unplugged
	join                      // and plugged in again
	readdress                 // the caller loses its device and gets another, with another address
)

const (
	s     = time.Second
	usual = 30 * s
)

// rows are the links of the table. Delays are for one direction.
var rows = []row{
	{name: "clean", title: "clean, 100 Mbit/s, 2 ms", link: set("rate=100000 queue=100ms delay=1ms"), length: usual},
	{name: "1mbit", title: "1 Mbit/s, 50 ms round trip", link: set("rate=1000 queue=300ms delay=25ms"), length: usual},
	{name: "300kbit", title: "300 kbit/s, bursts of loss 5 %", link: set("rate=300 queue=300ms delay=25ms loss=5 burst=3"), length: usual},
	{name: "loss5", title: "50 ms, random loss 5 %", link: set("rate=100000 queue=100ms delay=25ms loss=5"), length: usual},
	{name: "loss10", title: "50 ms, random loss 10 %", link: set("rate=100000 queue=100ms delay=25ms loss=10"), length: usual},
	{name: "loss20", title: "50 ms, random loss 20 %", link: set("rate=100000 queue=100ms delay=25ms loss=20"), length: usual},
	{name: "far", title: "250±100 ms, bursts of 3, 25 %, 300 kbit/s", link: set("rate=300 queue=300ms delay=150ms jitter=100ms loss=25 burst=3"), length: usual},
	{
		name: "drop", title: "5 Mbit/s falling to 500 kbit/s for 10 s and back", link: set("rate=5000 queue=1s delay=25ms"), length: 40 * s,
		steps: []step{{at: 15 * s, kind: change, link: set("rate=500")}, {at: 25 * s, kind: change, link: set("rate=5000")}},
	},
	{
		name: "cut", title: "link cut 5 s", link: set("rate=100000 queue=100ms delay=10ms"), length: 40 * s,
		steps: []step{{at: 10 * s, kind: cut}, {at: 15 * s, kind: join}},
	},
	{
		name: "address", title: "address changed", link: set("rate=100000 queue=100ms delay=10ms"), length: 35 * s,
		steps: []step{{at: 10 * s, kind: readdress}},
	},
}

func set(words string) []string { return strings.Fields(words) }

// chooseRows takes names with commas between; "" is all of them.
func chooseRows(names string) ([]row, error) {
	if names == "" {
		return rows, nil
	}
	var chosen []row
	for name := range strings.SplitSeq(names, ",") {
		i := slices.IndexFunc(rows, func(r row) bool { return r.name == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no row %q; the rows are %s", name, strings.Join(rowNames(), ", "))
		}
		chosen = append(chosen, rows[i])
	}
	return chosen, nil
}

func rowNames() (names []string) {
	for _, r := range rows {
		names = append(names, r.name)
	}
	return names
}

// has says whether a kind of step comes in the row.
func (r *row) has(kind stepKind) bool {
	return slices.ContainsFunc(r.steps, func(st step) bool { return st.kind == kind })
}
