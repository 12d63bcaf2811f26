package headless

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"parley/call"
)

func TestSamplerKeepsTwoPicturesASecond(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		s, err := openSampler(filepath.Join(dir, "samples"))
		if err != nil {
			t.Fatal(err)
		}
		pattern, pic := call.NewPattern(320, 180, 30), &call.Picture{}
		for n := range uint32(60) {
			pattern.Draw(pic, n, time.Now())
			time.Sleep(time.Second / 30) // of the bubble's clock
			s.shown(pic)
		}
		pic.Blacken()
		s.shown(pic)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	})
	all, kept := readShown(t, filepath.Join(dir, "samples"))
	if len(all) != 61 || all[60].Frame != -1 {
		t.Errorf("%d pictures, the last one number %d; want 61, and -1 for one without a mark", len(all), all[len(all)-1].Frame)
	}
	if d := all[5].At - all[5].Drawn; all[5].Frame != 5 || d < 33_000 || d > 34_000 {
		t.Errorf("picture 5: number %d, %d µs after it was drawn", all[5].Frame, d)
	}
	if kept != 4 {
		t.Errorf("%d pictures kept of 2 s, want 4", kept)
	}
}

// readShown reads what a sampler wrote, and counts the pictures it kept.
func readShown(t *testing.T, dir string) (all []shownLine, kept int) {
	t.Helper()
	file, err := os.Open(filepath.Join(dir, "shown.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var l shownLine
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		if all = append(all, l); l.File == "" {
			continue
		}
		kept++
		if pix, err := os.ReadFile(filepath.Join(dir, l.File)); err != nil || len(pix) != 320*180*3/2 {
			t.Errorf("%s: %d bytes, %v", l.File, len(pix), err)
		}
	}
	return all, kept
}

func TestSamplerTellsThatItCouldNotWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "samples")
	s, err := openSampler(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	pic := &call.Picture{}
	call.NewPattern(320, 180, 30).Draw(pic, 1, time.Now())
	s.shown(pic)
	if err := s.Close(); err == nil {
		t.Error("a picture that could not be written went unnoticed")
	}
	var none *sampler
	none.shown(pic)
	if err := none.Close(); err != nil {
		t.Error(err)
	}
}
