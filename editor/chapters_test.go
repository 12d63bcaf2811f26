package editor

import (
	"strings"
	"testing"
)

func TestChapterMetadata(t *testing.T) {
	chapters := []Chapter{
		{At: Time{}, Label: "Start"},
		{At: Rational(1, 3), Label: "a=b;c#d\\e"},
		{At: Rational(2, 1), Label: "two\nlines\r\x00\x1b[1m\n[CHAPTER]"},
		{At: Rational(2, 1), Label: " "},
		{At: Rational(9, 1), Label: "after the end"},
	}
	want := ";FFMETADATA1\n" +
		"[CHAPTER]\nTIMEBASE=1/1000000\nSTART=0\nEND=333333\ntitle=Start\n" +
		"[CHAPTER]\nTIMEBASE=1/1000000\nSTART=333333\nEND=2000000\ntitle=a\\=b\\;c\\#d\\\\e\n" +
		"[CHAPTER]\nTIMEBASE=1/1000000\nSTART=2000000\nEND=5000000\ntitle=Chapter 4\n"
	if got := ChapterMetadata(chapters, Rational(5, 1)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := ChapterMetadata(chapters[2:3], Rational(5, 1)); !strings.Contains(got, "title=two lines[1m [CHAPTER]\n") || strings.Count(got, "\n") != 11 {
		t.Errorf("a hostile label gives %q", got)
	}
	if got := ChapterMetadata(chapters[2:3], Rational(5, 1)); !strings.Contains(got, "START=0\nEND=2000000\ntitle=Start\n") {
		t.Errorf("a first chapter at 2 s has none before it: %q", got)
	}
	if got := ChapterMetadata(nil, Rational(5, 1)); got != "" {
		t.Errorf("no chapters give %q", got)
	}
}
