package render

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"parley/editor/ffmpeg"
)

// TestMP4Index lists files as ffmpeg does, or leaves them to it.
func TestMP4Index(t *testing.T) {
	dir := t.TempDir()
	x264 := func(more ...string) []string {
		return append([]string{"-c:v", "libx264", "-preset", "veryfast", "-g", "30", "-c:a", "aac"}, more...)
	}
	made := func(name string, options []string, sound string) string {
		return shot{name: name, w: 160, h: 90, rate: "30", frames: 130, options: options, sound: sound}.make(t, dir)
	}
	plain := made("plain.mp4", x264("-bf", "3"), "sine=440")
	cut, late := filepath.Join(dir, "cut.mp4"), filepath.Join(dir, "late.mov")
	run(t, "-ss", "1.5", "-i", ffmpeg.InputArg(plain), "-c", "copy", ffmpeg.InputArg(cut))
	run(t, "-itsoffset", "0.5", "-i", ffmpeg.InputArg(plain), "-i", ffmpeg.InputArg(plain), "-map", "0:v", "-map", "1:a", "-c", "copy", ffmpeg.InputArg(late))
	for _, tt := range []struct {
		path  string
		knows bool
	}{
		{plain, true},
		{made("baseline.mp4", x264("-bf", "0", "-profile:v", "baseline"), ""), true},
		{made("open.mp4", x264("-bf", "2", "-x264-params", "open-gop=1:keyint=20:min-keyint=20"), "sine=440"), true},
		{made("slices.mov", x264("-x264-params", "slices=4:aud=1"), ""), true},
		{made("negative.mp4", x264("-bf", "2", "-movflags", "+negative_cts_offsets+faststart"), "sine=440"), true},
		{made("all-key.mp4", x264("-g", "1"), ""), false},
		{made("fragments.mp4", x264("-movflags", "+frag_keyframe+empty_moov"), ""), false},
		{made("refresh.mp4", x264("-x264-params", "intra-refresh=1:keyint=30"), ""), true},
		{cut, false},
		{late, false},
	} {
		m, err := tools(t).Probe(t.Context(), tt.path)
		if err != nil {
			t.Fatal(err)
		}
		v, _ := m.Video()
		got, err := mp4Index(tt.path, v.Index)
		if (err == nil) != tt.knows {
			t.Errorf("%s: %v", filepath.Base(tt.path), err)
		}
		want, wantErr := tools(t).Index(t.Context(), m, v)
		if err != nil || wantErr != nil {
			continue
		}
		if got.Tick != want.Tick || !slices.Equal(got.Packets, want.Packets) {
			for i := range min(len(got.Packets), len(want.Packets)) {
				if got.Packets[i] != want.Packets[i] {
					t.Errorf("%s: packet %d is %+v, with ffmpeg %+v", filepath.Base(tt.path), i, got.Packets[i], want.Packets[i])
					break
				}
			}
			t.Errorf("%s: %d packets of %s s, with ffmpeg %d of %s s", filepath.Base(tt.path), len(got.Packets), got.Tick, len(want.Packets), want.Tick)
		}
	}
	if _, err := mp4Index(plain, 1); err == nil {
		t.Error("sound was listed as pictures")
	}
}

// FuzzMP4Index reads damaged files.
func FuzzMP4Index(f *testing.F) {
	dir := f.TempDir()
	for i, options := range [][]string{{"-bf", "2"}, {"-bf", "0", "-movflags", "+faststart"}} {
		path := filepath.Join(dir, string(rune('a'+i))+".mp4")
		run(f, append(append([]string{"-f", "lavfi", "-i", "testsrc2=s=32x32:r=30", "-frames:v", "12", "-c:v", "libx264", "-g", "5"}, options...), ffmpeg.InputArg(path))...)
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "f.mp4")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		x, err := mp4Index(path, 0)
		if err != nil {
			if errors.Is(err, os.ErrNotExist) {
				t.Error(err)
			}
			return
		}
		for _, p := range x.Packets {
			if p.Size <= 0 {
				t.Fatalf("%+v", p)
			}
		}
	})
}
