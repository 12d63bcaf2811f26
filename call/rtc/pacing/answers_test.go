package pacing

import (
	"testing"
	"time"
)

func TestAnswers(t *testing.T) {
	const ms = time.Millisecond
	var a answers
	for i, q := range []struct {
		seq  uint16
		at   time.Duration
		want bool
	}{
		{7, 0, true},
		{7, 10 * ms, false}, // the same question
		{8, 10 * ms, true},
		{7, 20 * ms, true},   // meant
		{7, 25 * ms, true},   // and its copies too
		{263, 30 * ms, true}, // another in the same place
		{7, 40 * ms, true},
		{7, 60 * time.Second, true}, // the number was used again
		{7, 60*time.Second + 5*ms, false},
	} {
		if got := a.needs(q.seq, q.at); got != q.want {
			t.Errorf("question %d, for %d after %v: %v", i, q.seq, q.at, got)
		}
	}
}
