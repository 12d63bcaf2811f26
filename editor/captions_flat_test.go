package editor

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOneByOne(t *testing.T) {
	tests := []struct {
		name string
		cues []Cue
		want []Cue
	}{
		{"none", nil, nil},
		{"apart", []Cue{cue(1000, 2000, "a"), cue(3000, 4000, "b")}, []Cue{cue(1000, 2000, "a"), cue(3000, 4000, "b")}},
		{"back to back", []Cue{cue(1000, 2000, "a"), cue(2000, 4000, "b")}, []Cue{cue(1000, 2000, "a"), cue(2000, 4000, "b")}},
		{"overlapping", []Cue{cue(1000, 3000, "a"), cue(2000, 4000, "b")}, []Cue{cue(1000, 2000, "a"), cue(2000, 3000, "a\nb"), cue(3000, 4000, "b")}},
		{"one inside another", []Cue{cue(1000, 4000, "a"), cue(2000, 3000, "b")}, []Cue{cue(1000, 2000, "a"), cue(2000, 3000, "a\nb"), cue(3000, 4000, "a")}},
		{"the same twice", []Cue{cue(1000, 3000, "a"), cue(2000, 4000, "a")}, []Cue{cue(1000, 4000, "a")}},
		{"beyond the end", []Cue{cue(9000, 20000, "a"), cue(10000, 11000, "b"), cue(12000, 13000, "c")}, []Cue{cue(9000, 10000, "a")}},
		{"six at once", []Cue{cue(0, 9000, "a"), cue(1, 9000, "b"), cue(2, 9000, "c"), cue(3, 9000, "d"), cue(4, 9000, "e"), cue(8999, 9000, "f")},
			[]Cue{cue(0, 1, "a"), cue(1, 2, "a\nb"), cue(2, 3, "a\nb\nc"), cue(3, 4, "a\nb\nc\nd"), cue(4, 8999, "b\nc\nd\ne"), cue(8999, 9000, "c\nd\ne\nf")}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, oneByOne(tt.cues, Rational(10, 1))); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}
