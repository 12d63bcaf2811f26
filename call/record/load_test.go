package record

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
)

func TestSafeName(t *testing.T) {
	for name, want := range map[string]string{
		"Bob":                   "Bob",
		"":                      "call",
		"../../etc/passwd":      "etc-passwd",
		"..":                    "call",
		"-rf":                   "rf",
		".hidden":               "hidden",
		"Anna  Мария O'Neil":    "Anna-Мария-O-Neil",
		"a\x00b\nc\u202ed":      "a-b-c-d",
		"C:\\CON":               "C-CON",
		"\xff\xfe":              "call",
		strings.Repeat("x", 99): strings.Repeat("x", 40),
	} {
		if got := safeName(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
}

func FuzzSafeName(f *testing.F) {
	f.Add("../x")
	f.Add("\u202e- .")
	f.Fuzz(func(t *testing.T, name string) {
		got := safeName(name)
		bad := strings.ContainsFunc(got, func(r rune) bool {
			return r != '-' && r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
		})
		if got == "" || len(got) > 4*(maxNameRunes+1) || got[0] == '-' || bad {
			t.Errorf("%q becomes %q", name, got)
		}
	})
}

func TestFoldersOfOneMoment(t *testing.T) {
	root := filepath.Join(t.TempDir(), "new", "root")
	at := time.Date(2026, 7, 1, 15, 4, 5, 0, time.Local)
	for _, want := range []string{"2026-07-01_15-04-05_Bob", "2026-07-01_15-04-05_Bob-2", "2026-07-01_15-04-05_Bob-3"} {
		dir, err := makeFolder(root, at, "Bob")
		if err != nil || filepath.Base(dir) != want {
			t.Fatalf("%s %v, want %s", dir, err, want)
		}
		if info, err := os.Stat(dir); err != nil || info.Mode() != fs.ModeDir|0o700 {
			t.Errorf("%v %v", info.Mode(), err)
		}
	}
}

func TestFolderThatCannotBe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := makeFolder(filepath.Join(file, "root"), time.Now(), "Bob")
	if err == nil || !strings.HasSuffix(err.Error(), "not a directory; choose another folder for recordings") {
		t.Errorf("the error is %v", err)
	}
}

const someTrack = `{"id":"me-video","who":"me","kind":"video","file":"me-video.mkv","timing":"me-video.jsonl","codec":"H264","offset_ns":5,"duration_ns":7,"sha256":""}`

func manifestOf(version, tracks string) []byte {
	return []byte(`{"format":"parley-recording","version":` + version + `,"started":"2026-07-01T15:04:05.5Z","tracks":[` + tracks + `]}`)
}

func TestParseManifest(t *testing.T) {
	m, err := parseManifest(manifestOf("1", someTrack))
	if err != nil || len(m.Tracks) != 1 || m.Tracks[0].Duration != 7 || !m.Ended.IsZero() || m.Started.Nanosecond() != 5e8 {
		t.Errorf("%+v %v", m, err)
	}
	track := func(old, new string) []byte { return manifestOf("1", strings.Replace(someTrack, old, new, 1)) }
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"newer":     {manifestOf("2", someTrack), ErrNewer},
		"no json":   {[]byte("x"), ErrNotRecording},
		"other":     {[]byte(`{"format":"other","version":1}`), ErrNotRecording},
		"path":      {track("me-video.mkv", "../me-video.mkv"), ErrNotRecording},
		"hidden":    {track("me-video.jsonl", ".jsonl"), ErrNotRecording},
		"who":       {track(`"who":"me"`, `"who":"it"`), ErrNotRecording},
		"twice":     {manifestOf("1", someTrack+","+someTrack), ErrNotRecording},
		"negative":  {track(`"duration_ns":7`, `"duration_ns":-7`), ErrNotRecording},
		"wrong":     {track(`"offset_ns":5`, `"offset_ns":"5"`), ErrNotRecording},
		"too large": {bytes.Repeat([]byte(" "), maxManifest+1), ErrNotRecording},
	} {
		if _, err := parseManifest(c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLoadOfNothing(t *testing.T) {
	dir := t.TempDir()
	if _, err := Load(dir); !errors.Is(err, ErrNotRecording) || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an empty folder: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, ManifestName), manifestOf("1", someTrack), 0o600); err != nil {
		t.Fatal(err)
	}
	if m, err := Load(dir); err != nil || len(m.Tracks) != 0 {
		t.Errorf("a track without its file: %+v %v", m, err)
	}
}

func FuzzManifest(f *testing.F) {
	f.Add(manifestOf("1", someTrack))
	f.Add(manifestOf("2", ""))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := parseManifest(data)
		if err != nil {
			return
		}
		for _, track := range m.Tracks {
			if filepath.Join("dir", track.File) != "dir/"+track.File || track.Duration < 0 || track.Duration > maxElapsed {
				t.Fatalf("%+v", track)
			}
		}
	})
}

// matroska is a small file of three blocks.
func matroska(t testing.TB) []byte {
	path := filepath.Join(t.TempDir(), "x.mkv")
	f, err := createFile(path)
	if err != nil {
		t.Fatal(err)
	}
	w, err := newMKV(f, time.Now(), opusHeader(0))
	for _, ms := range []int64{100, 400, 700} {
		err = errors.Join(err, w.block(ms, true, []byte("block")))
	}
	if err = errors.Join(err, w.flush(), f.Close()); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// A file cut off anywhere measures as far as its blocks go.
func TestMeasureOfACutFile(t *testing.T) {
	data := matroska(t)
	last := time.Duration(0)
	for n := range data {
		span, err := measureIn(bytes.NewReader(data[:n]), int64(n))
		if err != nil && last > 0 || span < last {
			t.Fatalf("%d bytes of %d measure %v (%v) after %v", n, len(data), span, err, last)
		}
		last = span
	}
	if last != 700*time.Millisecond { // and a last block of 100 ms
		t.Errorf("all but a byte measures %v", last)
	}
}

func FuzzMeasure(f *testing.F) {
	f.Add(matroska(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		span, err := measureIn(bytes.NewReader(data), int64(len(data)))
		if err == nil && (span < 0 || span > maxElapsed) {
			t.Fatalf("%v", span)
		}
	})
}
