package editor

// History is what was done to a film and can be undone, without limit. It is
// not safe for concurrent use; the zero History is that of an empty film.
type History struct {
	now   Version
	steps []*Change // what was done, and behind it what was undone
	done  int       // how many of them are done
}

// Past is a history as it is kept in a file: its steps, and how many of them
// are done. It is a value that nobody changes.
type Past struct {
	Steps []*Change
	Done  int
}

// NewHistory begins a history with a version that cannot be undone.
func NewHistory(now Version) *History { return &History{now: now} }

// ResumeHistory goes on with a history that was kept.
func ResumeHistory(now Version, past Past) *History {
	return &History{now: now, steps: past.Steps[:len(past.Steps):len(past.Steps)], done: max(0, min(past.Done, len(past.Steps)))}
}

// Now is the present version.
func (h *History) Now() Version { return h.now }

// Past is all that is to be kept of the history.
func (h *History) Past() Past { return Past{h.steps[:len(h.steps):len(h.steps)], h.done} }

// Do makes next the present version; label says what was done ("Split clip").
// What had been undone is forgotten.
func (h *History) Do(label string, next Version) {
	step := newChange(label, h.now, next)
	if h.done < len(h.steps) { // a Past may still hold what comes behind
		h.steps = h.steps[:h.done:h.done]
	}
	h.steps = append(h.steps, step)
	h.now = next
	h.done++
}

// Undo goes back one step and returns the label of what was undone. A step
// from a damaged file cannot be undone; it is forgotten with all before it.
func (h *History) Undo() (label string, ok bool) {
	if h.done == 0 {
		return "", false
	}
	step := h.steps[h.done-1]
	before, err := step.undo(h.now)
	if err != nil {
		h.steps, h.done = h.steps[h.done:], 0
		return "", false
	}
	h.now = before
	h.done--
	return step.label, true
}

// Redo does again what was undone last, and returns its label.
func (h *History) Redo() (label string, ok bool) {
	if h.done == len(h.steps) {
		return "", false
	}
	step := h.steps[h.done]
	after, err := step.do(h.now)
	if err != nil {
		h.steps = h.steps[:h.done:h.done]
		return "", false
	}
	h.now = after
	h.done++
	return step.label, true
}

// CanUndo returns the label of what Undo would undo.
func (h *History) CanUndo() (label string, ok bool) {
	if h.done == 0 {
		return "", false
	}
	return h.steps[h.done-1].label, true
}

// CanRedo returns the label of what Redo would do again.
func (h *History) CanRedo() (label string, ok bool) {
	if h.done == len(h.steps) {
		return "", false
	}
	return h.steps[h.done].label, true
}
