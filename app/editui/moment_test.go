package editui

import (
	"fmt"
	"testing"

	"parley/editor"
)

func TestParseMoment(t *testing.T) {
	ntsc := editor.Ratio{Num: 30000, Den: 1001}
	tests := []struct {
		text string
		rate editor.Ratio
		want editor.Time
		ok   bool
	}{
		{"0", ntsc, editor.Time{}, true},
		{"7.5", ntsc, editor.Rational(15, 2), true},
		{" 7,5 s ", ntsc, editor.Rational(15, 2), true},
		{"1:07.5", ntsc, editor.Rational(135, 2), true},
		{"1:02:03.04", ntsc, editor.Rational(372304, 100), true},
		{"30f", ntsc, editor.Rational(1001, 1000), true},
		{"45 F", editor.Ratio{}, editor.Rational(3, 2), true},
		{"", ntsc, editor.Time{}, false},
		{"f", ntsc, editor.Time{}, false},
		{"s", ntsc, editor.Time{}, false},
		{"-1", ntsc, editor.Time{}, false},
		{"1e3", ntsc, editor.Time{}, false},
		{"0x10", ntsc, editor.Time{}, false},
		{"inf", ntsc, editor.Time{}, false},
		{"1/3", ntsc, editor.Time{}, false},
		{"1:75", ntsc, editor.Time{}, false},
		{"1:2:3:4", ntsc, editor.Time{}, false},
		{"-3f", ntsc, editor.Time{}, false},
		{"1.5f", ntsc, editor.Time{}, false},
		{"99999999999999f", ntsc, editor.Time{}, false},
		{"half a minute", ntsc, editor.Time{}, false},
	}
	for _, tt := range tests {
		got, err := parseMoment(tt.text, tt.rate)
		if (err == nil) != tt.ok || got != tt.want {
			t.Errorf("%q: %s, %v; want %s", tt.text, got, err, tt.want)
		}
	}
}

func TestShowTimes(t *testing.T) {
	tests := []struct {
		t              editor.Time
		moment, length string
	}{
		{editor.Time{}, "0:00.000", "0 s"},
		{editor.Rational(15, 2), "0:07.500", "7.5 s"},
		{editor.Rational(1001, 30), "0:33.367", "33.4 s"},
		{editor.Rational(59960, 1000), "0:59.960", "1:00"},
		{editor.Rational(3723, 1), "1:02:03.000", "1:02:03"},
		{editor.Rational(-3, 2), "-0:01.500", "-1.5 s"},
	}
	for _, tt := range tests {
		if m := showMoment(tt.t); m != tt.moment {
			t.Errorf("moment %s: %q, want %q", tt.t, m, tt.moment)
		}
		if tt.t.Num() >= 0 && showLength(tt.t) != tt.length {
			t.Errorf("length %s: %q, want %q", tt.t, showLength(tt.t), tt.length)
		}
	}
}

// FuzzParseMoment: what is read can be shown and read again, to the
// millisecond, and is never negative.
func FuzzParseMoment(f *testing.F) {
	for _, seed := range []string{"7.5", "1:02:03.04", "12f", "", ":", "1,5s", "99:59", "0.0004"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at, err := parseMoment(text, editor.Ratio{Num: 25, Den: 1})
		if err != nil {
			return
		}
		again, err := parseMoment(showMoment(at), editor.Ratio{})
		if at.Num() < 0 || err != nil || !near(at, again) {
			t.Errorf("%q is %s, shown as %q, read as %s (%v)", text, at, showMoment(at), again, err)
		}
	})
}

// A refusal is a sentence in the person's language, and an error in English.
func TestRefusals(t *testing.T) {
	err := refuse(Text{"choose {{.Least}} to {{.Most}} here", map[string]any{"Least": 3, "Most": 5}})
	if got := err.Error(); got != "choose 3 to 5 here" {
		t.Errorf("the error is %q", got)
	}
	for _, got := range []string{sayError(err).String(), sayErrorOf(err, "/a.mp4").String()} {
		if got != "Choose 3 to 5 here." {
			t.Errorf("it says %q", got)
		}
	}
	if got := sayError(fmt.Errorf("the film: %w", err)).String(); got != "The film: choose 3 to 5 here." {
		t.Errorf("wrapped it says %q", got)
	}
}
