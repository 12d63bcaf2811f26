package render

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// made is a film that is finished but for its check, with its job. What its plan
// says can be made wrong before.
func made(t *testing.T, p *editor.Project, name string, spoil ...func(*editor.Plan)) (*job, string) {
	t.Helper()
	dir := t.TempDir()
	film := FilmOf(p)
	j := &job{Renderer: New(tools(t), filepath.Join(dir, "cache"), editor.Effects{}), film: film, track: newTracker(nil, ffmpeg.Worked(t.Context()))}
	path := filepath.Join(dir, name)
	if err := j.prepare(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	for _, s := range spoil {
		s(j.plan)
	}
	var err error
	if j.work, err = j.cache.workshop(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := j.work.close(); err != nil {
			t.Error(err)
		}
	})
	if err := j.segments(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := j.assemble(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	return j, path
}

// heardFilm is a film of sound that is copied, encoded and silent, in turn.
func heardFilm(t *testing.T, format editor.Format, name string) (*job, string) {
	t.Helper()
	dir := t.TempDir()
	p := project(t,
		aacFile(t, dir, "copied.m4a", lively, 12),
		aacFile(t, dir, "cd.wav", "anoisesrc=a=0.2:c=pink:s=5:r=44100", 3, "-ar", "44100", "-c:a", "pcm_s16le"),
		aacFile(t, dir, "silent.wav", "anullsrc=r=48000", 2, "-c:a", "pcm_s16le"))
	out := editor.DefaultOutput
	out.Format, out.Width, out.Height = format, 160, 90
	p.Output = &out
	return made(t, p, name)
}

// TestCheckHeard hands the check films in which something else is heard than
// was mixed.
func TestCheckHeard(t *testing.T) {
	t.Parallel()
	j, good := heardFilm(t, editor.M4A, "film.m4a")
	if err := j.checkHeard(t.Context(), good); err != nil {
		t.Fatalf("a right film is refused: %v", err)
	}
	other := filepath.Join(t.TempDir(), "other.m4a")
	run(t, "-f", "lavfi", "-i", "anoisesrc=a=0.2:c=pink:s=9:r=48000", "-t", "17", ffmpeg.InputArg(other))
	if err := j.checkHeard(t.Context(), other); err == nil || !strings.Contains(err.Error(), "something else") {
		t.Errorf("another sound: %v", err)
	}
	for _, tt := range []struct{ name, filter, says string }{
		{"4 ms late", "adelay=4:all=1", "something else"},
		{"5 ms early from the third second on", "asplit[a][b];[a]atrim=end=3[c];[b]atrim=start=3.005,asetpts=PTS-STARTPTS[d];[c][d]concat=v=0:a=1", "something else"},
		{"muted", "volume=0", "silent"},
		{"muted where it was encoded", "volume=enable='between(t,12,15)':volume=0", "silent"},
		{"too quiet", "volume=-4dB", "not as loud"},
		{"a click at a join", "aeval=exprs='val(0)+0.5*eq(n,576000)|val(1)+0.5*eq(n,576000)':c=same", "at 12"},
		{"a hum where it is silent", "aeval=exprs='val(0)+0.02*sin(2*PI*50*t)*gt(t,15)|val(1)':c=same", "at 15"},
		{"one channel for both", "pan=stereo|c0=c0|c1=c0", "at "},
	} {
		path := filepath.Join(filepath.Dir(good), "bad.m4a")
		run(t, "-i", ffmpeg.InputArg(good), "-af", tt.filter, "-c:a", "aac", "-b:a", "256k", ffmpeg.InputArg(path))
		err := j.checkHeard(t.Context(), path)
		if err == nil || !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), " s its sound") {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// TestCheckHeardElsewhere has other encoders and containers pass, at rates at
// which little is left of a sound.
func TestCheckHeardElsewhere(t *testing.T) {
	t.Parallel()
	for format, name := range map[editor.Format]string{editor.Opus: "film.opus", editor.WebM: "film.webm"} {
		j, good := heardFilm(t, format, name)
		if err := j.checkHeard(t.Context(), good); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		path := filepath.Join(filepath.Dir(good), "bad-"+name)
		run(t, "-i", ffmpeg.InputArg(good), "-map", "0:a", "-af", "adelay=12:all=1", "-c:a", "libopus", ffmpeg.InputArg(path))
		if err := j.checkHeard(t.Context(), path); err == nil {
			t.Errorf("%s: 12 ms late are not noticed", name)
		}
	}
}

// TestExcerptsAreKept renders twice: the second time the sound comes from the
// cache, and what it is held against, too.
func TestExcerptsAreKept(t *testing.T) {
	j, _ := heardFilm(t, editor.M4A, "film.m4a")
	first, err := os.ReadFile(j.work.path(excerptsFile))
	if err != nil {
		t.Fatal(err)
	}
	again := *j
	if again.work, err = j.cache.workshop(); err != nil {
		t.Fatal(err)
	}
	defer again.work.close() //nolint:errcheck // the folder is the test's
	if err := again.sound(t.Context()); err != nil {
		t.Fatal(err)
	}
	second, err := os.ReadFile(again.work.path(excerptsFile))
	if err != nil || string(second) != string(first) || len(first) == 0 {
		t.Errorf("%d bytes, %v; %d before", len(second), err, len(first))
	}
	a, err := os.Stat(j.work.path(editor.SoundName))
	if err != nil {
		t.Fatal(err)
	}
	if b, err := os.Stat(again.work.path(editor.SoundName)); err != nil || !os.SameFile(a, b) {
		t.Errorf("the sound was made again, %v", err)
	}
}
