package editor

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestClipsGoThroughTheClipboard(t *testing.T) {
	clips := busyTimeline(t).Clips()
	clips[0].Source = "/p/\xff odd"
	clips[1].Source = "/p/base64: \"name\"\n"
	text, err := EncodeClips(clips)
	if err != nil {
		t.Fatal(err)
	}
	again, err := DecodeClips(text)
	if err != nil || !cmp.Equal(again, clips) {
		t.Errorf("%v: %s", err, cmp.Diff(again, clips))
	}
	if clips[0].Source != "/p/\xff odd" {
		t.Error("the clips themselves were changed")
	}
}

func TestTextsThatHoldNoClips(t *testing.T) {
	for _, text := range []string{
		"", "hello", "{}", `{"format":"parley-clips","version":1,"clips":7}`,
		`{"format":"parley-clips","version":1,"clips":[{"id":"c1","kind":"still","source":"a.jpg","duration":1}]}`,
		`{"format":"parley-clips","version":1,"clips":[{"id":"c1","kind":"still","source":"/a.jpg","duration":0}]}`,
		`{"format":"parley-clips","version":1,"clips":[{"id":"c1","kind":"still","source":"/a.jpg","duration":1,"captions":"x"}]}`,
		strings.Repeat(" ", maxClipsText+1),
	} {
		if _, err := DecodeClips(text); !errors.Is(err, ErrClips) {
			t.Errorf("%.80q: %v", text, err)
		}
	}
	if _, err := DecodeClips(`{"format":"parley-clips","version":99,"clips":[]}`); !errors.Is(err, ErrNewer) {
		t.Errorf("a newer text: %v", err)
	}
}

func FuzzDecodeClips(f *testing.F) {
	f.Add(`{"format":"parley-clips","version":1,"clips":[{"id":"c1","kind":"still","source":"/a.jpg","duration":1}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		clips, err := DecodeClips(text)
		if err != nil {
			return
		}
		for _, c := range clips {
			if err := c.Check(); err != nil {
				t.Error(err)
			}
		}
	})
}
