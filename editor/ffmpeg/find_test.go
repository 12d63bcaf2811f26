package ffmpeg

import (
	"errors"
	"strings"
	"testing"
)

// found are the tools of this machine.
func found(t testing.TB) *Tools {
	t.Helper()
	tools, err := Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	tools.Cache = t.TempDir()
	return tools
}

func TestFind(t *testing.T) {
	tools := found(t)
	if tools.Version.Less(Oldest) {
		t.Errorf("found %v, older than %v", tools.Version, Oldest)
	}
	if !strings.Contains(tools.formats, "matroska,webm") || strings.Contains(tools.formats, "concat") {
		t.Errorf("allowed containers are %q", tools.formats)
	}
}

func TestFindNamesTheInstallation(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := Find(t.Context())
	if !errors.Is(err, ErrMissing) || !strings.Contains(err.Error(), "sudo apt-get install ffmpeg") {
		t.Errorf("without ffmpeg: %v", err)
	}
}
