package editor

import "fmt"

// Transition is how a clip takes over from the one before it. Both are seen
// while it lasts, so that the film becomes shorter by its length; the sound is
// cross-faded along. The zero Transition is a cut.
type Transition struct {
	Kind   string `json:"kind,omitempty"` // the name of an effect, "crossfade" for one
	Length Time   `json:"length,omitzero"`

	Extra Extra `json:"-"`
}

// Cut says whether the one clip simply follows the other.
func (t Transition) Cut() bool { return t.Kind == "" || t.Length.Cmp(Time{}) <= 0 }

func (t Transition) check() error {
	if t.Length.Cmp(Time{}) < 0 || t.Length.Cmp(maxTime) > 0 {
		return fmt.Errorf("%w: a transition of %s s is not possible", ErrClip, t.Length)
	}
	if t.Kind != "" && !effectName(t.Kind) {
		return fmt.Errorf("%w: %q cannot be the name of a transition", ErrClip, t.Kind)
	}
	return nil
}

// effectName says whether a text can name an effect: a short word of small
// letters, digits and hyphens, so that it is also a plain file name.
func effectName(s string) bool {
	if len(s) == 0 || len(s) > 64 {
		return false
	}
	for _, r := range s {
		if r != '-' && (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return false
		}
	}
	return true
}
