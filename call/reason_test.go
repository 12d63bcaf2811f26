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
