package ffmpeg

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/editor"
)

// generate makes a file with ffmpeg. The words of args are split at spaces.
func generate(t testing.TB, tools *Tools, name, args string, more ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	words := append(strings.Fields(args), more...)
	if err := tools.Run(t.Context(), Command{Op: "generate " + name, Args: append(words, InputArg(path))}); err != nil {
		t.Fatalf("%v\n%s", err, tailOf(err))
	}
	return path
}

func tailOf(err error) string {
	if e, ok := asError(err); ok {
		return e.Tail
	}
	return ""
}

// write makes a file with a content.
func write(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func probe(t testing.TB, tools *Tools, path string) *editor.Media {
	t.Helper()
	m, err := tools.Probe(t.Context(), path)
	if err != nil {
		t.Fatalf("%v\n%s", err, tailOf(err))
	}
	return m
}

func video(t testing.TB, m *editor.Media) *editor.Stream {
	t.Helper()
	s, ok := m.Video()
	if !ok {
		t.Fatalf("no picture in %+v", m)
	}
	return s
}

func audio(t testing.TB, m *editor.Media) *editor.Stream {
	t.Helper()
	s, ok := m.Audio()
	if !ok {
		t.Fatalf("no sound in %+v", m)
	}
	return s
}

// near says whether a time is within tol seconds of s.
func near(t editor.Time, s, tol float64) bool {
	d := t.Float() - s
	return d <= tol && d >= -tol
}
