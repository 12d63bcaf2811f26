package store

import (
	"errors"
	"path/filepath"
	"testing"

	"parley/editor"
)

func TestCaptions(t *testing.T) {
	dir := t.TempDir()
	clip := touch(t, filepath.Join(dir, "a.mp4"), "x")
	words := touch(t, filepath.Join(dir, "a.SRT"), "1\n00:00:01,000 --> 00:00:02,000\nHello\n")
	p, err := Join(t.Context(), proberFunc(fourSeconds), clip, words, clip)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := p.Timeline.Clip(0).Captions, p.Timeline.Clip(1).Captions; a != words || b != "" {
		t.Errorf("the clips have the subtitles %q and %q", a, b)
	}
	path := filepath.Join(dir, "film.parley")
	if err := Save(path, p); err != nil {
		t.Fatal(err)
	}
	if p, err = Load(path); err != nil {
		t.Fatal(err)
	}
	want := editor.Cue{From: editor.Rational(1, 1), To: editor.Rational(2, 1), Text: "Hello"}
	if cues := p.Timeline.Cues(p.Library); len(cues) != 1 || cues[0] != want {
		t.Errorf("the film says %v", cues)
	}
}

func TestCaptionsRefused(t *testing.T) {
	dir := t.TempDir()
	words := touch(t, filepath.Join(dir, "a.vtt"), "WEBVTT\n\n0:01 --> 0:02\na\n")
	if _, err := Join(t.Context(), proberFunc(fourSeconds), words); !errors.Is(err, editor.ErrClip) {
		t.Errorf("subtitles without a clip: %v", err)
	}
	if _, err := Import(t.Context(), proberFunc(fourSeconds), touch(t, filepath.Join(dir, "b.srt"), "no times")); !errors.Is(err, editor.ErrCaptions) {
		t.Errorf("subtitles without a cue: %v", err)
	}
	if _, err := Import(t.Context(), proberFunc(fourSeconds), filepath.Join(dir, "none.srt")); err == nil {
		t.Error("subtitles that are not there were read")
	}
}
