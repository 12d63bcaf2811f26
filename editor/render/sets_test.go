package render

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"parley/editor"
	"parley/editor/ffmpeg"
)

// A set's second to fourth byte are profile, constraints and level; then comes
// its number: 0 is the bit 1, 5 the bits 00110.
var (
	sourceSPS = []byte{0x67, 77, 0, 40, 0x80}
	sourcePPS = []byte{0x68, 0x80}
	ourSPS    = []byte{0x67, 100, 0, 31, 0x30}
	ourPPS    = []byte{0x68, 0x30}
	otherSPS  = []byte{0x67, 66, 0, 51, 0x81}
)

func TestSets(t *testing.T) {
	s := sets{length: 3, sps: [][]byte{sourceSPS}, pps: [][]byte{sourcePPS}}
	s.add(sets{sps: [][]byte{ourSPS}, pps: [][]byte{ourPPS}})
	s.add(sets{sps: [][]byte{otherSPS, sourceSPS}, pps: [][]byte{sourcePPS}})
	if !slices.EqualFunc(s.sps, [][]byte{sourceSPS, ourSPS}, bytes.Equal) || !slices.EqualFunc(s.pps, [][]byte{sourcePPS, ourPPS}, bytes.Equal) {
		t.Errorf("a set with a number that is taken came in, or one is lost: %v", s)
	}
	content := s.content()
	if content[1] != 100 || content[3] != 40 {
		t.Errorf("profile %d and level %d instead of the highest", content[1], content[3])
	}
	back, err := parseSets(content)
	if err != nil || !back.equal(&s) || back.length != 3 {
		t.Errorf("%v became %v: %v", s, back, err)
	}
	for i := range content[:len(content)-4] {
		if _, err := parseSets(content[:i]); err == nil {
			t.Errorf("the first %d bytes of %d are taken", i, len(content))
		}
	}
}

func TestExpGolomb(t *testing.T) {
	for bits, want := range map[byte]uint{0b10000000: 0, 0b01000000: 1, 0b01100000: 2, 0b00100000: 3, 0b00110000: 5, 0b00010000: 7} {
		if got := expGolomb([]byte{0, bits}, 1); got != want {
			t.Errorf("%08b is %d, want %d", bits, got, want)
		}
	}
	expGolomb(nil, 4)
	expGolomb([]byte{0, 0, 0, 0, 0, 0, 0}, 0)
}

func FuzzSets(f *testing.F) {
	s := sets{length: 3, sps: [][]byte{sourceSPS, ourSPS}, pps: [][]byte{sourcePPS}}
	f.Add(s.content())
	f.Add([]byte{1, 66, 0, 30, 0xff, 0xe1, 0, 2, 0x67, 1, 1, 0, 2, 0x68})
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := parseSets(data)
		if err != nil {
			return
		}
		s.add(sets{sps: [][]byte{ourSPS}, pps: [][]byte{ourPPS}})
		back, err := parseSets(s.content())
		if err != nil || !back.equal(&s) {
			t.Errorf("%v became %v: %v", s, back, err)
		}
	})
}

// TestWriteSets puts sets into a file's header; its pictures stay as they are.
func TestWriteSets(t *testing.T) {
	path := shot{name: "a.mp4", w: 160, h: 90, rate: "25", frames: 10}.make(t, t.TempDir())
	before := hashes(t, path)
	s, err := readSets(path)
	if err != nil {
		t.Fatal(err)
	}
	s.add(sets{sps: [][]byte{ourSPS}, pps: [][]byte{ourPPS}})
	if err := writeSets(path, &s); err != nil {
		t.Fatal(err)
	}
	back, err := readSets(path)
	if err != nil || !back.equal(&s) || len(back.sps) != 2 {
		t.Errorf("%v became %v: %v", s, back, err)
	}
	if err := countFrames(path, 10); err != nil {
		t.Error(err)
	}
	if !slices.Equal(hashes(t, path), before) {
		t.Error("the pictures changed")
	}
}

// TestCopyFallsBack encodes where other packets come out than were asked for.
func TestCopyFallsBack(t *testing.T) {
	dir := t.TempDir()
	p := project(t, copyable("a.mp4", "25", "-g 12 -bf 2").make(t, dir))
	p = trimmed(t, p, editor.Rational(1, 5), editor.Rational(3, 1))
	j := &job{Renderer: New(tools(t), filepath.Join(dir, "cache"), editor.Effects{}), film: FilmOf(p), track: newTracker(nil, time.Now)}
	if err := j.prepare(t.Context(), filepath.Join(dir, "film.mp4")); err != nil {
		t.Fatal(err)
	}
	if j.plan.Copied() == 0 {
		t.Fatal("nothing would be copied")
	}
	var err error
	if j.work, err = j.cache.workshop(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := j.work.close(); err != nil {
			t.Error(err)
		}
	}()
	for i, s := range j.plan.Pictures {
		if s.Copied() {
			wrong := slices.Clone(s.Packets)
			wrong[3].Size += 1000
			j.plan.Pictures[i].Packets = wrong
		}
	}
	if err := j.segments(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := j.track.copiedFrames(j.plan); n != 0 {
		t.Errorf("%d frames count as copied", n)
	}
	path := filepath.Join(dir, "film.mp4")
	if err := j.mux(t.Context(), ffmpeg.InputArg(path)); err != nil {
		t.Fatal(err)
	}
	sameNumbers(t, "encoded instead", numbers(t, path), count(5, 70))
}

// TestHeadSparesTheCache gives a first segment that was to be copied, and was
// encoded in the end, the parameter sets of another: the cache's own, which is
// the same file, keeps its header.
func TestHeadSparesTheCache(t *testing.T) {
	c := &cache{dir: t.TempDir(), limit: usualLimit}
	j := &job{Renderer: &Renderer{cache: c}, track: newTracker(nil, time.Now)}
	var err error
	if j.work, err = c.workshop(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := j.work.close(); err != nil {
			t.Error(err)
		}
	}()
	j.plan = &editor.Plan{}
	for i, id := range []string{"5", "0"} {
		s := editor.Step{Name: fmt.Sprintf("v%05d.mp4", i), Frames: 10, Packets: make([]editor.Packet, 10)}
		shot{name: s.Name, w: 160, h: 90, rate: "25", frames: 10, options: []string{"-c:v", "libx264", "-x264-params", "sps-id=" + id}}.make(t, j.work.dir)
		j.plan.Pictures = append(j.plan.Pictures, s)
		j.plan.Reel = append(j.plan.Reel, editor.Piece{Picture: i, Times: 1})
	}
	j.track.copied(j.plan.Pictures[1])
	first := j.work.path(j.plan.Pictures[0].Name)
	if err := c.put("first", first); err != nil {
		t.Fatal(err)
	}
	if err := j.head(); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int{first: 2, c.path("first", ".mp4"): 1} {
		if s, err := readSets(path); err != nil || len(s.sps) != want {
			t.Errorf("%s has %d parameter sets instead of %d, %v", filepath.Base(path), len(s.sps), want, err)
		}
	}
}
