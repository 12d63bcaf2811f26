package keep

import "slices"

// Watchers are those who hear of a value's changes. Its methods are called
// under the lock that guards the value, what All returns without it.
type Watchers[T any] struct {
	all []*watcher[T]
}

type watcher[T any] struct{ hear func(T) }

// Add has hear called from now on; remove, called under the lock as well, ends
// that.
func (w *Watchers[T]) Add(hear func(T)) (remove func()) {
	one := &watcher[T]{hear}
	w.all = append(w.all, one)
	return func() {
		w.all = slices.DeleteFunc(w.all, func(o *watcher[T]) bool { return o == one })
	}
}

// All are who hears, in the order in which they came.
func (w *Watchers[T]) All() []func(T) {
	all := make([]func(T), len(w.all))
	for i, one := range w.all {
		all[i] = one.hear
	}
	return all
}
