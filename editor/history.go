package editor

// History is what was done and can be undone: a list of values, each with the
// label of what led to it, without limit. It is not safe for concurrent use;
// the zero History holds the zero value and can undo nothing.
type History[T any] struct {
	past, future []step[T]
	now          T
}

type step[T any] struct {
	label string // of the change between this value and the one after it
	value T
}

// NewHistory begins a history with a value that cannot be undone.
func NewHistory[T any](now T) *History[T] { return &History[T]{now: now} }

// Now is the present value.
func (h *History[T]) Now() T { return h.now }

// Do makes next the present value; label says what was done ("Split clip").
// What had been undone is forgotten.
func (h *History[T]) Do(label string, next T) {
	h.past = append(h.past, step[T]{label, h.now})
	h.future, h.now = nil, next
}

// Undo goes back one step and returns the label of what was undone.
func (h *History[T]) Undo() (label string, ok bool) {
	return h.shift(&h.past, &h.future)
}

// Redo does again what was undone last, and returns its label.
func (h *History[T]) Redo() (label string, ok bool) {
	return h.shift(&h.future, &h.past)
}

// CanUndo returns the label of what Undo would undo.
func (h *History[T]) CanUndo() (label string, ok bool) { return last(h.past) }

// CanRedo returns the label of what Redo would do again.
func (h *History[T]) CanRedo() (label string, ok bool) { return last(h.future) }

func (h *History[T]) shift(from, to *[]step[T]) (string, bool) {
	label, ok := last(*from)
	if !ok {
		return "", false
	}
	end := len(*from) - 1
	*to = append(*to, step[T]{label, h.now})
	h.now = (*from)[end].value
	(*from)[end] = step[T]{}
	*from = (*from)[:end]
	return label, true
}

func last[T any](steps []step[T]) (string, bool) {
	if len(steps) == 0 {
		return "", false
	}
	return steps[len(steps)-1].label, true
}
