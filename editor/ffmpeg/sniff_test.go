package ffmpeg

import (
	"errors"
	"strings"
	"testing"
)

func TestRecognise(t *testing.T) {
	webp := "RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00"
	for _, c := range []struct {
		name, head string
		want       guess
	}{
		{"jpeg", "\xff\xd8\xff\xe0", guess{picture: true}},
		{"png", "\x89PNG\r\n\x1a\n....IHDR", guess{picture: true}},
		{"animated png", "\x89PNG\r\n\x1a\n....IHDR.....acTL", guess{loop: true}},
		{"webp", webp + "\x10\x00\x00\x00", guess{picture: true}},
		{"animated webp", webp + "\x12\x00\x00\x00", guess{webpAnim: true, loop: true}},
		{"gif", "GIF89a", guess{loop: true}},
		{"heic", "\x00\x00\x00\x18ftypheic", guess{heif: true}},
		{"avif", "\x00\x00\x00\x18ftypavif", guess{heif: true}},
		{"mp4", "\x00\x00\x00\x18ftypisom", guess{}},
		{"matroska", "\x1a\x45\xdf\xa3", guess{}},
		{"subtitles", "WEBVTT\n\n", guess{}},
		{"nothing", "", guess{}},
	} {
		if got := recognise([]byte(c.head)); got != c.want {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestRecogniseRefuses(t *testing.T) {
	for _, m := range magics {
		if g := recognise([]byte(m.start + "rest")); !errors.Is(g.cause, ErrNoMedia) || g.sentence != m.sentence || g.hint == "" {
			t.Errorf("%q: %+v", m.start, g)
		}
	}
	for _, head := range []string{"#EXTM3U", "\ufeff #EXTM3U", "[playlist]\nFile1=x", "<ASX version=\"3\">", "<smil>", "v=0\r\no=- 1"} {
		if g := recognise([]byte(head)); !errors.Is(g.cause, ErrReference) {
			t.Errorf("%q: %+v", head, g)
		}
	}
}

func TestLooksLikeText(t *testing.T) {
	for _, c := range []struct {
		head string
		text bool
	}{
		{"plain\r\n\ttext", true}, {"größer", true}, {"\x00", false}, {"\xff\xfe", false},
		{strings.Repeat("ü", headSize)[1 : headSize+1], false}, // begins within a character
		{("x" + strings.Repeat("ü", headSize))[:headSize], true},
		{("xx" + strings.Repeat("€", headSize))[:headSize], true},
		{("x" + strings.Repeat("🎬", headSize))[:headSize], true},
	} {
		if got := looksLikeText([]byte(c.head)); got != c.text {
			t.Errorf("%.20q: %v", c.head, got)
		}
	}
}

func FuzzRecognise(f *testing.F) {
	f.Add([]byte("RIFF\x00\x00\x00\x00WEBPVP8X"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, head []byte) {
		if g := recognise(head); (g.cause == nil) != (g.sentence == "") {
			t.Errorf("%+v", g)
		}
		looksLikeText(head)
		isMP4(head)
	})
}
