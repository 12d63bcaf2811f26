package main

import (
	"fmt"
	"math"
	"strings"
)

// heading begins the Markdown table.
func heading(programs []program) string {
	names := []string{"link", "measure"}
	for _, p := range programs {
		names = append(names, p.name())
	}
	if len(programs) == 2 {
		names = append(names, "ratio", "aim", "met")
	}
	return "| " + strings.Join(names, " | ") + " |\n" + strings.Repeat("| --- ", len(names)) + "|\n"
}

// lines are a row's part of the table; columns holds what each program
// measured, nil where its call failed. With two, the first is set against the
// second.
func lines(r *row, columns [][]measure) string {
	var all []measure
	for _, c := range columns {
		if c != nil {
			all = c
		}
	}
	var out strings.Builder
	for i, m := range all {
		link := ""
		if i == 0 {
			link = r.title
		}
		label := m.name
		if m.unit != "" {
			label += ", " + m.unit
		}
		cells := []string{link, label}
		var values []float64
		for _, c := range columns {
			v := never
			if c != nil {
				v = c[i].value
			}
			values = append(values, v)
			cells = append(cells, number(v))
		}
		if len(columns) == 2 {
			wanted, met := judge(r, m.name, values[0], values[1])
			cells = append(cells, fraction(values[0]/values[1]), wanted, met)
		}
		fmt.Fprintf(&out, "| %s |\n", strings.Join(cells, " | "))
	}
	if all == nil {
		fmt.Fprintf(&out, "| %s | no call%s |\n", r.title, strings.Repeat(" | -", len(columns)))
	}
	return out.String()
}

func number(v float64) string {
	switch {
	case math.IsNaN(v):
		return "-"
	case v == math.Trunc(v) || math.Abs(v) >= 100:
		return fmt.Sprintf("%.0f", v)
	case math.Abs(v) < 1:
		return fmt.Sprintf("%.3f", v)
	}
	return fmt.Sprintf("%.1f", v)
}

func fraction(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "-"
	}
	return fmt.Sprintf("%.2f", v)
}
