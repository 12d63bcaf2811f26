package aac

import (
	"fmt"
	"io"
)

// Take is a stretch of the film's packets that a stream has.
type Take struct {
	Stream *Stream
	Shift  int64 // the stream's packet n is the film's packet n+Shift
	Range        // of the film's packets
	Copied bool  // as it is in a source, and not encoded for the film
}

// window is the window of a packet of the film's, if the take's stream has it:
// a stream goes on before and behind what is taken of it.
func (t Take) window(n int64) Window { return t.Stream.Window(n - t.Shift) }

// SeamError is that two takes that follow each other cannot be joined anywhere
// in what they have in common.
type SeamError struct{ Left, Right int }

// Error satisfies error.
func (e *SeamError) Error() string {
	return fmt.Sprintf("the packets of takes %d and %d cannot be joined anywhere", e.Left, e.Right)
}

// Join chooses where each take goes over into the next, and returns the takes
// cut to that, which then follow each other without gap or overlap. As much as
// possible is copied. Where two cannot be joined it returns a *SeamError.
func Join(takes []Take) ([]Take, error) {
	joined := append([]Take(nil), takes...)
	for i := 1; i < len(joined); i++ {
		left, right := &joined[i-1], &joined[i]
		at, ok := seam(*left, *right)
		if !ok {
			return nil, &SeamError{i - 1, i}
		}
		left.To, right.From = at, at
	}
	return joined, nil
}

// seam is the first packet to be taken from the right.
func seam(left, right Take) (int64, bool) {
	from, to := max(right.From, left.From+1), min(left.To, right.To-1)
	for i := int64(0); from+i <= to; i++ {
		at := from + i
		if left.Copied {
			at = to - i
		}
		if right.window(at).Follows(left.window(at-1), right.window(at-1)) {
			return at, true
		}
	}
	return 0, false
}

// Write writes the takes, joined, as one ADTS stream.
func Write(w io.Writer, joined []Take) error {
	for i, t := range joined {
		if i > 0 && (t.From != joined[i-1].To || t.Stream.Config != joined[0].Stream.Config) {
			return fmt.Errorf("%w: take %d does not follow the one before", ErrStream, i)
		}
		if err := t.Stream.Copy(w, t.From-t.Shift, t.To-t.Shift); err != nil {
			return err
		}
	}
	return nil
}
