package main

import (
	"slices"
	"strings"
	"testing"
)

func TestEveryAimNamesARowAndAMeasure(t *testing.T) {
	names := rowNames()
	for _, a := range aims {
		for _, name := range a.rows {
			r := rows[slices.Index(names, name)]
			if !slices.ContainsFunc(wanted(&r), func(m measure) bool { return m.name == a.measure }) {
				t.Errorf("row %s does not measure %q", name, a.measure)
			}
		}
	}
}

func TestJudge(t *testing.T) {
	for _, c := range []struct {
		a            aim
		mine, theirs float64
		want         string
	}{
		{aim{bound: 3}, 2.9, 50, "yes"},
		{aim{bound: 3}, 3.1, 50, "no"},
		{aim{bound: 10, least: true}, 12, never, "yes"},
		{aim{ratio: true, bound: 0.5}, 40, 100, "yes"},
		{aim{ratio: true, bound: 0.5}, 60, 100, "no"},
		{aim{ratio: true, bound: 0.5}, 60, never, "yes"},
		{aim{ratio: true, bound: 0.5}, never, never, "no"},
	} {
		if got := c.a.judge(c.mine, c.theirs); got != c.want {
			t.Errorf("%v: %v against %v is %q, want %q", c.a, c.mine, c.theirs, got, c.want)
		}
	}
}

func TestLines(t *testing.T) {
	r := row{name: "clean", title: "a link"}
	one := []measure{{name: setUp, unit: "ms", value: 100}, {name: freezeCount, value: 0}}
	two := []measure{{name: setUp, unit: "ms", value: 400}, {name: freezeCount, value: never}}
	want := "| a link | " + setUp + ", ms | 100 | 400 | 0.25 | ≤ 0.5 × | yes |\n" +
		"|  | " + freezeCount + " | 0 | - | - |  |  |\n"
	if got := lines(&r, [][]measure{one, two}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := lines(&r, [][]measure{nil, nil}); !strings.Contains(got, "no call") {
		t.Errorf("two failed calls read %q", got)
	}
}

func TestChooseRows(t *testing.T) {
	if got, err := chooseRows("1mbit,clean"); err != nil || len(got) != 2 || got[0].name != "1mbit" {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := chooseRows("dial-up"); err == nil || !strings.Contains(err.Error(), "clean") {
		t.Errorf("an unknown row gives %v, want the known ones", err)
	}
}
