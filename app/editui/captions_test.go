package editui

import (
	"path/filepath"
	"strings"
	"testing"

	"parley/editor"
)

// TestCaptions brings subtitles in: they go to the clip that they are named
// after, whatever is selected and in whatever order they were dropped.
func TestCaptions(t *testing.T) {
	for _, tt := range []struct {
		name  string
		paths []string
		want  string // the clips' subtitles in order
	}{
		{"named as a clip", []string{"/b.en.srt", "/b.mp4", "/c.mp4"}, "b.en.srt -"},
		{"named as none", []string{"/words.srt", "/b.mp4", "/c.mp4"}, "- words.srt"},
		{"named as two", []string{"/b.mp4", "/b.mp4", "/B.SRT.srt"}, "- B.SRT.srt"},
	} {
		p := brought(t, tt.paths...)
		var got []string
		for _, c := range p.line().Clips() {
			name := "-"
			if c.Captions != "" {
				name = filepath.Base(c.Captions)
			}
			got = append(got, name)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		if cues := p.line().Cues(p.Project().Library); len(cues) != 1 {
			t.Errorf("%s: the film says %v", tt.name, cues)
		}
	}
}

func TestCaptionsAlone(t *testing.T) {
	p := brought(t, "/words.srt")
	if got := strings.Join(said(p), " "); p.line().Len() != 0 || !strings.Contains(got, "add the clip first") {
		t.Errorf("%d clips, said %q", p.line().Len(), got)
	}
	p = brought(t, "/b.mp4", "/words.srt")
	p.Undo()
	if c := p.line().Clip(0); c.Captions != "" || c.Kind != editor.MovingClip {
		t.Errorf("undone, the clip has the subtitles %q", c.Captions)
	}
}
