package editor

import (
	"fmt"
	"reflect"
	"slices"
	"sort"
)

// delta is how one list became another: what was taken out of the one, and
// what was put into the other. An item that moved or changed is in both; the
// rest is in neither, so that a delta is as small as what was done.
type delta[T any] struct {
	Out []entry[T] `json:"out,omitempty"` // at their places in the list before, ascending
	In  []entry[T] `json:"in,omitempty"`  // at their places in the list after, ascending
}

type entry[T any] struct {
	At   int `json:"at"`
	Item T   `json:"item"`
}

// deltaOf compares two lists whose items are told apart by id.
func deltaOf[T any](before, after []T, id func(T) string) delta[T] {
	head := 0
	for head < min(len(before), len(after)) && reflect.DeepEqual(before[head], after[head]) {
		head++
	}
	tail := 0
	for tail < min(len(before), len(after))-head && reflect.DeepEqual(before[len(before)-1-tail], after[len(after)-1-tail]) {
		tail++
	}
	from, to := before[head:len(before)-tail], after[head:len(after)-tail]
	keptFrom, keptTo := stays(from, to, id)
	return delta[T]{pick(from, keptFrom, head), pick(to, keptTo, head)}
}

// stays marks, in both lists, the longest run of items that are the same and
// in the same order.
func stays[T any](from, to []T, id func(T) string) (inFrom, inTo []bool) {
	places := make(map[string]int, len(from))
	for i, item := range from {
		places[id(item)] = i
	}
	inFrom, inTo = make([]bool, len(from)), make([]bool, len(to))
	var same [][2]int // places of equal items: in from, in to
	for j, item := range to {
		if i, ok := places[id(item)]; ok && reflect.DeepEqual(from[i], item) {
			same = append(same, [2]int{i, j})
		}
	}
	for _, k := range rising(same) {
		inFrom[same[k][0]], inTo[same[k][1]] = true, true
	}
	return inFrom, inTo
}

// rising is the longest rising subsequence of the pairs' first numbers, as
// places in pairs, by patience sorting.
func rising(pairs [][2]int) []int {
	var tops []int // of each pile, the place of its top
	before := make([]int, len(pairs))
	for k, pair := range pairs {
		pile := sort.Search(len(tops), func(i int) bool { return pairs[tops[i]][0] >= pair[0] })
		before[k] = -1
		if pile > 0 {
			before[k] = tops[pile-1]
		}
		if pile == len(tops) {
			tops = append(tops, k)
		} else {
			tops[pile] = k
		}
	}
	if len(tops) == 0 {
		return nil
	}
	var run []int
	for k := tops[len(tops)-1]; k >= 0; k = before[k] {
		run = append(run, k)
	}
	slices.Reverse(run)
	return run
}

func pick[T any](items []T, kept []bool, first int) []entry[T] {
	var list []entry[T]
	for i, item := range items {
		if !kept[i] {
			list = append(list, entry[T]{first + i, item})
		}
	}
	return list
}

// apply makes the list before into the list after. It fails where the list is
// another than the one that the delta was made of.
func (d delta[T]) apply(before []T, id func(T) string) ([]T, error) {
	if len(d.Out)+len(d.In) == 0 {
		return before, nil
	}
	rest := make([]T, 0, len(before)+len(d.In))
	from := 0
	for _, p := range d.Out {
		if p.At < from || p.At >= len(before) || id(before[p.At]) != id(p.Item) {
			return nil, fmt.Errorf("%w: a step of the history does not fit the film", ErrRange)
		}
		rest = append(rest, before[from:p.At]...)
		from = p.At + 1
	}
	rest = append(rest, before[from:]...)
	after := make([]T, 0, len(rest)+len(d.In))
	for _, p := range d.In {
		gap := p.At - len(after)
		if gap < 0 || gap > len(rest) {
			return nil, fmt.Errorf("%w: a step of the history does not fit the film", ErrRange)
		}
		after = append(append(after, rest[:gap]...), p.Item)
		rest = rest[gap:]
	}
	return append(after, rest...), nil
}

// back is the delta that undoes this one.
func (d delta[T]) back() delta[T] { return delta[T]{d.In, d.Out} }

func clipID(c Clip) string   { return string(c.ID) }
func musicID(m Music) string { return string(m.ID) }
