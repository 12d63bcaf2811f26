package wire

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"parley/app/settings"
	"parley/editor"
	"parley/editor/ffmpeg"
	"parley/editor/store"
)

// stills writes so many pictures into a folder of their own.
func stills(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	picture := image.NewRGBA(image.Rect(0, 0, 640, 480))
	for i := range n {
		picture.Set(i%640, i%480, color.White)
		f, err := os.Create(filepath.Join(dir, fmt.Sprintf("still %d.jpg", i+1)))
		if err != nil {
			t.Fatal(err)
		}
		err = jpeg.Encode(f, picture, nil)
		if err := errors.Join(err, f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A folder of 500 stills comes in within seconds: what they are is told by
// their headers, without a process for each.
func TestFiveHundredStillsComeIn(t *testing.T) {
	folders, err := settings.FoldersFor(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	kit, err := NewEditor(t.Context(), folders, editor.Effects{})
	if errors.Is(err, ffmpeg.ErrMissing) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	dir := stills(t, 500)
	begin := time.Now()
	paths, err := store.Look(t.Context(), dir)
	if err != nil || len(paths) != 500 {
		t.Fatalf("%d files found, %v", len(paths), err)
	}
	var side sync.WaitGroup // as many as the Edit tab's
	for half := range 2 {
		side.Go(func() {
			for _, path := range paths[half*250 : half*250+250] {
				s, err := store.Import(t.Context(), kit.Tools, path)
				if err != nil || !s.Media.Still {
					t.Errorf("%s came in as %+v, %v", path, s.Media, err)
				}
			}
		})
	}
	side.Wait()
	took := time.Since(begin)
	t.Logf("500 stills came in within %.2f s", took.Seconds())
	if took > 20*time.Second {
		t.Errorf("500 stills took %v, want seconds", took)
	}
}
