package typeface

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var sans = []string{"Inter", "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "WenQuanYi Micro Hei"}

// TestWidthIsThatOfLibass draws texts with libass and compares the ink with
// what was measured: it never goes further, and not much less.
func TestWidthIsThatOfLibass(t *testing.T) {
	ffmpeg, err := exec.LookPath("ffmpeg")
	if err != nil {
		t.Skip("there is no ffmpeg")
	}
	fonts := New(t.TempDir())
	for _, c := range []struct {
		text  string
		style Style
	}{
		{"Hamburgefonstiv AVATAR To", Style{sans, 400, false}},
		{"Hamburgefonstiv AVATAR To", Style{sans, 700, false}},
		{"Ångström & Čapek", Style{[]string{"Noto Serif"}, 400, true}},
		{"مرحبا بالعالم", Style{sans, 700, false}},
		{"שלום עולם ABC 123", Style{sans, 400, false}},
		{"中文字幕测试", Style{sans, 700, false}},
		{"한국어 日本語の文", Style{sans, 400, false}},
	} {
		runs := fonts.Runs(c.text, c.style)
		got, want := ink(t, ffmpeg, runs), Width(runs)*100
		if len(runs) == 0 || runs[0].Family == "" || math.Abs(got-want) > 18 {
			t.Errorf("%q is %.0f wide and was measured as %.0f with %+v", c.text, got, want, runs)
		}
	}
}

// ink is how wide libass draws runs of 100 units.
func ink(t *testing.T, ffmpeg string, runs []Run) float64 {
	t.Helper()
	var line strings.Builder
	for _, r := range runs {
		italic := 0
		if r.Italic {
			italic = 1
		}
		fmt.Fprintf(&line, `{\fn%s\b%d\i%d\fs%.2f}%s`, r.Family, r.Weight, italic, 100*r.Height, r.Text)
	}
	script := "[Script Info]\nScriptType: v4.00+\nPlayResX: 2000\nPlayResY: 300\nKerning: yes\n[V4+ Styles]\nFormat: Name, PrimaryColour, Encoding\n" +
		"Style: D,&H00FFFFFF,-1\n[Events]\nFormat: Start, End, Style, Text\nDialogue: 0:00:00.00,0:00:10.00,D,{\\bord0\\shad0\\an7\\pos(100,50)}" + line.String() + "\n"
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "t.ass"), []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), ffmpeg, "-nostdin", "-v", "error", "-f", "lavfi", "-i", "color=black:s=2000x300", "-vf", "ass=filename=t.ass",
		"-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "gray", "pipe:1")
	cmd.Dir = dir
	var said bytes.Buffer
	cmd.Stderr = &said
	frame, err := cmd.Output()
	if err != nil {
		t.Fatal(err, said.String())
	}
	first, last := 2000, 0
	for i, v := range frame {
		if v > 60 {
			first, last = min(first, i%2000), max(last, i%2000)
		}
	}
	return float64(last - first + 1)
}

// TestRuns holds that runs are the text in its order, whatever the text.
func TestRuns(t *testing.T) {
	fonts := New(t.TempDir())
	for _, text := range []string{"", "a", "שלום abc עולם", "a\nb", "a\u2029b", "\u202e\u2067x\u2069", "e\u0301\u200d👩‍👩‍👧", "\x00\x01", "مرحبا (abc) 12:30"} {
		var joined strings.Builder
		for _, r := range fonts.Runs(text, Style{sans, 400, false}) {
			joined.WriteString(r.Text)
			if !(r.Advance >= 0) || !(r.Height > 0) {
				t.Errorf("%q: %+v", text, r)
			}
		}
		if joined.String() != text {
			t.Errorf("%q became %q", text, joined.String())
		}
	}
}

func TestRightToLeft(t *testing.T) {
	for text, want := range map[string]bool{"": false, "12": false, "abc": false, "«שלום» abc": true, "12 مرحبا": true, "abc שלום": false} {
		if got := RightToLeft(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func FuzzRuns(f *testing.F) {
	f.Add("abc שלום")
	f.Add("\u2067\u2066a\u2069\u202e")
	fonts := New(f.TempDir())
	f.Fuzz(func(t *testing.T, text string) {
		var joined strings.Builder
		for _, r := range fonts.Runs(text, Style{sans, 400, false}) {
			joined.WriteString(r.Text)
		}
		if joined.String() != strings.ToValidUTF8(text, "\ufffd") && joined.String() != string([]rune(text)) {
			t.Errorf("%q became %q", text, joined.String())
		}
	})
}
