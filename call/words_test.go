package call

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"testing"
)

func TestWordsCannotBeTakenForOneAnother(t *testing.T) {
	short := map[string]string{}
	for _, w := range Words {
		if len(w) < 4 || len(w) > 9 || strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("%q is no easy word", w)
			continue
		}
		if other := short[w[:4]]; other != "" {
			t.Errorf("%q and %q begin alike", w, other)
		}
		short[w[:4]] = w
	}
	if !slices.IsSorted(Words[:]) {
		t.Error("not in order")
	}
}

// Two versions of the program must show the same words.
func TestWordsStayAsTheyAre(t *testing.T) {
	sum := sha256.Sum256([]byte(strings.Join(Words[:], "\n")))
	if got := hex.EncodeToString(sum[:8]); got != "5f6db603d73d6d06" {
		t.Errorf("the words are others than before: %s", got)
	}
}
