package editor

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

func cue(from, to int64, text string) Cue {
	return Cue{Rational(from, 1000), Rational(to, 1000), text}
}

func utf16Bytes(order binary.ByteOrder, text string) []byte {
	var data []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		data = append(data, 0, 0)
		order.PutUint16(data[len(data)-2:], unit)
	}
	return data
}

func TestParseCaptions(t *testing.T) {
	plain := "1\n00:00:01,000 --> 00:00:02,500\nGrüße\n\n"
	grüße := []Cue{cue(1000, 2500, "Grüße")}
	tests := []struct {
		name, data string
		want       []Cue
	}{
		{"srt", plain, grüße},
		{"byte order mark", "\ufeff" + plain, grüße},
		{"old Mac lines", strings.ReplaceAll(plain, "\n", "\r"), grüße},
		{"Windows lines", strings.ReplaceAll(plain, "\n", "\r\n"), grüße},
		{"utf-16le", "\xff\xfe" + string(utf16Bytes(binary.LittleEndian, plain)), grüße},
		{"utf-16be", "\xfe\xff" + string(utf16Bytes(binary.BigEndian, plain)), grüße},
		{"utf-16le without a mark", string(utf16Bytes(binary.LittleEndian, plain)), grüße},
		{"utf-16be without a mark", string(utf16Bytes(binary.BigEndian, plain)), grüße},
		{"windows-1252", "1\n0:0:1.0 --> 0:0:2.5\nGr\xfc\xdfe \x80 5 \x96 7\n", []Cue{cue(1000, 2500, "Grüße € 5 – 7")}},
		{"no empty line at the end", "00:01,000 --> 00:02,000\na", []Cue{cue(1000, 2000, "a")}},
		{"no number", "00:00:01,000 --> 00:00:02,000\na\n\n00:00:03,000 --> 00:00:04,000\nb\n", []Cue{cue(1000, 2000, "a"), cue(3000, 4000, "b")}},
		{"no line between", "1\n00:00:01,000 --> 00:00:02,000\na\n2\n00:00:03,000 --> 00:00:04,000\n1984\n", []Cue{cue(1000, 2000, "a"), cue(3000, 4000, "1984")}},
		{"two lines, spaces around", "1\n 00:00:01.000-->00:00:02.000  \n  a  \n\tb \n\n", []Cue{cue(1000, 2000, "a\nb")}},
		{"coordinates", "1\n00:00:01,000 --> 00:00:02,000 X1:10 X2:20 Y1:1 Y2:2\na\n", []Cue{cue(1000, 2000, "a")}},
		{"spaces within times", "1\n00: 00: 01, 500 --> 00 : 00 : 02 , 5\na\n", []Cue{cue(1500, 2500, "a")}},
		{"a colon before the fraction", "00:00:01:500 --> 00:00:02:500\na\n", []Cue{cue(1500, 2500, "a")}},
		{"out of order and overlapping", "00:00:05,000 --> 00:00:09,000\nb\n\n00:00:01,000 --> 00:00:08,000\na\n", []Cue{cue(1000, 8000, "a"), cue(5000, 9000, "b")}},
		{"begins below zero", "-00:00:01,000 --> 00:00:02,000\na\n", []Cue{cue(0, 2000, "a")}},
		{"ends below zero", "-00:00:03,000 --> -00:00:02,000\na\n\n00:01,0 --> 00:02,0\nb\n", []Cue{cue(1000, 2000, "b")}},
		{"ends before it begins", "00:00:03,000 --> 00:00:02,000\na\n\n00:01,0 --> 00:02,0\nb\n", []Cue{cue(1000, 2000, "b")}},
		{"no text", "00:00:01,000 --> 00:00:02,000\n\n00:01,0 --> 00:02,0\nb\n", []Cue{cue(1000, 2000, "b")}},
		{"more hours than there are", "99999999999999999999:00:00,000 --> 99999999999999999999:00:01,000\na\n\n00:01,0 --> 00:02,0\nb\n", []Cue{cue(1000, 2000, "b")}},
		{"longer than any film", "99999999:00:00,000 --> 99999999:00:01,000\na\n\n00:01,0 --> 00:02,0\nb\n", []Cue{cue(1000, 2000, "b")}},
		{"marks", "00:01,0 --> 00:02,0\n{\\an8}<i>a</i> <FONT color=\"#ff0000\">b</font> 1 < 2 > 0 {y:i}c\n", []Cue{cue(1000, 2000, "a b 1 < 2 > 0 c")}},
		{"control characters", "00:01,0 --> 00:02,0\na\x07b\x1bc\u2028d\n", []Cue{cue(1000, 2000, "abc\nd")}},
		{"an arrow in the text", "00:01,0 --> 00:02,0\nA --> B\n", []Cue{cue(1000, 2000, "A --> B")}},
		{"webvtt", "WEBVTT - a title\nKind: captions\n\nNOTE\n1 --> 2\n\nSTYLE\n::cue { color: red }\n\nintro\n00:01.000 --> 00:02.000 align:start line:0\n" +
			"<v Ann><c.loud>R&amp;D</c> &lt;b&gt; <00:01.500>now</v>\n\n1:00:00.000 --> 1:00:01.000\nb\n",
			[]Cue{cue(1000, 2000, "Ann: R&D <b> now"), cue(3600000, 3601000, "b")}},
	}
	for _, tt := range tests {
		got, err := ParseCaptions([]byte(tt.data))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if diff := cmp.Diff(tt.want, got.Cues); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

func TestParseCaptionsRefuses(t *testing.T) {
	for name, data := range map[string]string{
		"nothing": "", "prose": "It was a dark and stormy night.\n", "picture": "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00",
		"too many": strings.Repeat("0:1 --> 0:2\na\n\n", maxCues+1),
	} {
		if _, err := ParseCaptions([]byte(data)); !errors.Is(err, ErrCaptions) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestManyCues compares the time that the largest file takes with that of a
// tenth of it: were any step of it to look at all cues for each cue, it would
// take a hundred times as long.
func TestManyCues(t *testing.T) {
	few, many := readCues(t, maxCues/10), readCues(t, maxCues)
	t.Logf("%d cues in %s", maxCues, many)
	if many > 50*few {
		t.Errorf("ten times as many cues took %s instead of %s", many, few)
	}
}

// readCues is how long a file of n cues takes to read.
func readCues(t *testing.T, n int) time.Duration {
	t.Helper()
	var b strings.Builder
	for i := range n {
		at := Rational(int64(i), 1)
		fmt.Fprintf(&b, "%d\n%s --> %s\nSentence <i>number</i> %d\nof many\n\n", i+1, clock(at, ","), clock(at.Add(Rational(3, 2)), ","), i)
	}
	begun := time.Now()
	c, err := ParseCaptions([]byte(b.String()))
	if err != nil || len(c.Cues) != n || c.Cues[n-1].Text != fmt.Sprintf("Sentence number %d\nof many", n-1) {
		t.Fatalf("%v, %d cues", err, len(c.Cues))
	}
	return time.Since(begun)
}

// hostile are texts that would be taken for something else if they were
// written as they are.
var hostile = []string{
	"plain", "two\nlines", "1 < 2 & 3 > 2", "<b>not bold</b>", "<v Eve>", "</c>", "<00:00:01.000>", "{\\an8}", "{y:i}", "&amp;", "&lt;", "R&D", "a\\\\Nb",
	"00:00:01.000 --> 00:00:02.000", "00:00:01,000 --> 00:00:02,000", "WEBVTT", "NOTE x", "STYLE", "17", "שלום", "日本語", "🙂",
}

func TestWriteCaptions(t *testing.T) {
	var cues []Cue
	for i, text := range hostile {
		cues = append(cues, cue(int64(i)*1000+1, int64(i)*1000+2500, text))
	}
	for name, text := range map[string]string{"SRT": SRT(cues), "WebVTT": WebVTT(cues)} {
		again, err := ParseCaptions([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(cues, again.Cues); diff != "" {
			t.Errorf("%s: %s\n%s", name, diff, text)
		}
	}
	if got := SRT([]Cue{cue(3723004, 3724000, "a")}); got != "1\n01:02:03,004 --> 01:02:04,000\na\n\n" {
		t.Errorf("SRT: %q", got)
	}
}

// FuzzParseCaptions: whatever is read passes for what a project may hold, and
// is the same after being written and read, in both formats.
func FuzzParseCaptions(f *testing.F) {
	f.Add([]byte("1\n00:00:01,000 --> 00:00:02,500\n<i>a</i>\n\n2\n-1:00 --> 9:00\n{\\an8}b\n"))
	f.Add([]byte("WEBVTT\n\nx\n00:01.000 --> 00:02.000 line:0\n<v Ann>R&amp;D</v>\n"))
	f.Add(utf16Bytes(binary.LittleEndian, "0:1 --> 0:2\na"))
	f.Add([]byte("0:1 --> 0:2\nGr\xfc\xdfe"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := ParseCaptions(data)
		if err != nil {
			return
		}
		if err := c.check(); err != nil {
			t.Fatalf("read, and yet: %v", err)
		}
		for _, text := range []string{SRT(c.Cues), WebVTT(c.Cues)} {
			again, err := ParseCaptions([]byte(text))
			if err != nil {
				t.Fatalf("what was written cannot be read: %v\n%s", err, text)
			}
			for i, q := range again.Cues {
				if q.Text != c.Cues[i].Text {
					t.Fatalf("%q became %q in\n%s", c.Cues[i].Text, q.Text, text)
				}
			}
		}
	})
}
