package render

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/editor"
)

// TestSegmentsAreKept renders again after each kind of change and counts what
// had to be made.
func TestSegmentsAreKept(t *testing.T) {
	dir := t.TempDir()
	a := shot{name: "a.mp4", w: 160, h: 90, rate: "30", frames: 20}.make(t, dir)
	b := shot{name: "b.mp4", w: 160, h: 90, rate: "30", frames: 20, cb: 160}.make(t, dir)
	r := New(tools(t), filepath.Join(dir, "cache"), editor.Effects{})
	p := project(t, a, b)
	make := func(what string, made, reused int) {
		t.Helper()
		report, err := r.Render(t.Context(), FilmOf(p), filepath.Join(dir, "film.mp4"), nil)
		if err != nil {
			t.Fatal(err)
		}
		if report.Made != made || report.Reused != reused {
			t.Errorf("%s: %d made and %d reused instead of %d and %d", what, report.Made, report.Reused, made, reused)
		}
	}
	make("at first", 2, 0)
	make("again", 0, 2)
	line, err := p.Timeline.Move("c2", 0)
	if err != nil {
		t.Fatal(err)
	}
	p.Timeline = line
	make("in another order", 0, 2)
	p = trimmed(t, p, editor.Rational(1, 10), editor.Rational(1, 2))
	make("one trimmed", 1, 1)
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(a, later, later); err != nil {
		t.Fatal(err)
	}
	make("one changed on disk", 1, 1)
	for _, path := range segmentsIn(t, r.cache) {
		if err := os.WriteFile(path, []byte("rubbish"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.RemoveAll(filepath.Join(dir, "film.mp4")); err != nil {
		t.Fatal(err)
	}
	make("all damaged", 2, 0)
}

func segmentsIn(t *testing.T, c *cache) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(c.dir, "*.mp4"))
	if err != nil || len(all) == 0 {
		t.Fatalf("no segments: %v", err)
	}
	return all
}

// TestTrimCache lets go of what was not used for longest, and of no more than
// is needed.
func TestTrimCache(t *testing.T) {
	c := &cache{dir: t.TempDir(), limit: func() int64 { return 25 }}
	start := time.Now().Add(-time.Hour)
	for i, name := range []string{"a", "b", "c", "d"} {
		path := c.path(name, ".mp4")
		if err := os.WriteFile(path, make([]byte, 10), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, time.Time{}, start.Add(time.Duration(i)*time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	if !c.take("a", filepath.Join(t.TempDir(), "v.mp4")) {
		t.Fatal("a segment that is there was not found")
	}
	if err := c.trim(); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"a": true, "b": false, "c": false, "d": true} {
		if _, err := os.Stat(c.path(name, ".mp4")); (err == nil) != want {
			t.Errorf("segment %s: %v", name, err)
		}
	}
}

// TestTakeParts takes a segment and makes another one under its name, as is
// done where pieces of a sound cannot be joined: what is kept stays as it is.
func TestTakeParts(t *testing.T) {
	c := &cache{dir: t.TempDir(), limit: usualLimit}
	kept, work := c.path("one", ".aac"), filepath.Join(t.TempDir(), "e00000.aac")
	if err := os.WriteFile(kept, []byte("one"), 0o600); err != nil {
		t.Fatal(err)
	}
	if !c.take("one", work) {
		t.Fatal("what is kept was not found")
	}
	if c.take("two", work) {
		t.Fatal("what is not kept was found")
	}
	if err := os.WriteFile(work, []byte("two"), 0o600); err != nil { // as ffmpeg writes: into the file that is there
		t.Fatal(err)
	}
	if data, err := os.ReadFile(kept); err != nil || string(data) != "one" {
		t.Errorf("what was kept has become %q, %v", data, err)
	}
	if err := c.put("two", work); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(work); !c.take("one", work) || err != nil || string(data) != "two" {
		t.Errorf("what is kept was not found over what is there: %q, %v", data, err)
	}
}

// TestMadeAllTheSame has things go wrong once the film has its name: it is not
// said that it was not made.
func TestMadeAllTheSame(t *testing.T) {
	dir := t.TempDir()
	cache, film := filepath.Join(dir, "cache"), filepath.Join(dir, "film.mp4")
	p := project(t, shot{name: "a.mp4", w: 160, h: 90, rate: "30", frames: 20}.make(t, dir))
	for _, tt := range []struct {
		name  string
		spoil func() error
		says  string
	}{
		{"the cache is cleared away", func() error { return os.RemoveAll(cache) }, ""},
		{"a file takes the cache's place", func() error { return errors.Join(os.RemoveAll(cache), os.WriteFile(cache, nil, 0o600)) }, film + " is made"},
	} {
		report, err := New(tools(t), cache, editor.Effects{}).Render(t.Context(), FilmOf(p), film, func(p Progress) {
			if p.Phase == Done {
				if err := tt.spoil(); err != nil {
					t.Error(err)
				}
			}
		})
		if _, missing := os.Stat(film); missing != nil || report.Path != film {
			t.Errorf("%s: the film %q: %v", tt.name, report.Path, missing)
		}
		if (err == nil) != (tt.says == "") || err != nil && !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// TestSweep clears away the workshops of the dead and not those of the living.
func TestSweep(t *testing.T) {
	c := &cache{dir: t.TempDir(), limit: usualLimit}
	living, err := c.workshop()
	if err != nil {
		t.Fatal(err)
	}
	dead := filepath.Join(c.dir, workPrefix+"dead")
	if err := os.Mkdir(dead, 0o700); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-2 * abandoned)
	for _, dir := range []string{dead, living.dir} {
		if err := os.Chtimes(dir, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.sweep(abandoned); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dead); err == nil {
		t.Error("what a killed job left is still there")
	}
	if _, err := os.Stat(living.dir); err != nil {
		t.Errorf("a job at work lost its folder: %v", err)
	}
	if err := living.close(); err != nil {
		t.Error(err)
	}
}

// TestClearCache empties a cache in which a render is at work.
func TestClearCache(t *testing.T) {
	c := &cache{dir: filepath.Join(t.TempDir(), "none yet"), limit: usualLimit}
	if err := ClearCache(c.dir); err != nil {
		t.Errorf("a cache that is not there: %v", err)
	}
	living, err := c.workshop()
	if err != nil {
		t.Fatal(err)
	}
	dead := filepath.Join(c.dir, workPrefix+"dead")
	if err := os.Mkdir(dead, 0o700); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-time.Minute)
	for _, dir := range []string{dead, living.dir} {
		if err := os.Chtimes(dir, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(c.path("a", ".mp4"), []byte("segment"), 0o600); err != nil {
		t.Fatal(err)
	}
	held := living.path("v.mp4")
	if !c.take("a", held) {
		t.Fatal("the segment cannot be taken")
	}
	if err := ClearCache(c.dir); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{c.path("a", ".mp4"): false, dead: false, held: true} {
		if _, err := os.Stat(path); (err == nil) != want {
			t.Errorf("%s: %v", path, err)
		}
	}
	if err := living.close(); err != nil {
		t.Error(err)
	}
}

// TestTrimTo bounds the cache by what is asked at the end of each render.
func TestTrimTo(t *testing.T) {
	dir := t.TempDir()
	r := New(tools(t), filepath.Join(dir, "cache"), editor.Effects{})
	limit := int64(CacheLimit)
	r.LimitCache(func() int64 { return limit })
	p := project(t, shot{name: "a.mp4", w: 160, h: 90, rate: "30", frames: 20}.make(t, dir))
	for _, limit = range []int64{CacheLimit, 1} {
		if _, err := r.Render(t.Context(), FilmOf(p), filepath.Join(dir, "film.mp4"), nil); err != nil {
			t.Fatal(err)
		}
		files, _, err := r.cache.list()
		if err != nil || (len(files) > 0) != (limit > 1) {
			t.Errorf("limit %d: %d files, %v", limit, len(files), err)
		}
	}
}
