package call

import (
	"strings"
	"testing"
)

func TestEveryReasonHasItsSentence(t *testing.T) {
	seen := map[string]Reason{}
	for _, r := range []Reason{HungUp, Declined, Busy, NoAnswer, Cancelled, Unreachable, Lost, NoPath, Broken} {
		for _, them := range []string{"", "ann lee"} {
			s := r.Sentence(them)
			if s == "" || !strings.HasSuffix(s, ".") || strings.Contains(s, "%!") || s[0] >= 'a' && !strings.HasPrefix(s, them) {
				t.Errorf("%s with %q: %q", r, them, s)
			}
			if other, twice := seen[s]; twice && other != r {
				t.Errorf("%s and %s both say %q", r, other, s)
			}
			seen[s] = r
		}
	}
	if got, want := Reason("?").Sentence(""), Broken.Sentence(""); got != want {
		t.Errorf("an unknown reason says %q", got)
	}
}

// Who was called hears of it from their own side.
func TestIncomingSentences(t *testing.T) {
	tests := map[Reason]string{
		Declined:  "You declined the call.",
		Cancelled: "You missed a call from Ann.",
		NoAnswer:  "You missed a call from Ann.",
		HungUp:    HungUp.Sentence("Ann"),
	}
	for reason, want := range tests {
		if got := (Event{State: Ended, Incoming: true, Them: "Ann", Reason: reason}).Sentence(); got != want {
			t.Errorf("%s: %q, want %q", reason, got, want)
		}
	}
	if got := (Event{State: Ended, Them: "Ann", Reason: Declined}).Sentence(); got != "Ann declined the call." {
		t.Errorf("outgoing: %q", got)
	}
}
