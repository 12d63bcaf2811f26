package main

import (
	"strings"
	"testing"
)

func TestWithoutALabItSaysWhatIsMissing(t *testing.T) {
	for _, name := range []string{"", "/no/such/lab"} {
		l, err := openLab(t.Context(), name)
		if err == nil {
			t.Fatalf("a lab named %q was opened: %+v", name, l)
		}
		for _, word := range []string{"NETLAB", "go doc ./app/bench"} {
			if !strings.Contains(err.Error(), word) {
				t.Errorf("%q: the error does not mention %s: %v", name, word, err)
			}
		}
	}
}
