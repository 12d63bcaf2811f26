package ffmpeg

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fakeHardware is an ffmpeg on a machine with one encoder in hardware that
// works, which is libx264 in disguise, and one that does not. What it tries is
// written to a log.
func fakeHardware(t *testing.T) (tools *Tools, tried func() []string) {
	t.Helper()
	real, log := found(t), filepath.Join(t.TempDir(), "log")
	script := fmt.Sprintf(`#!/bin/sh
case "$*" in
*-encoders*) printf ' V..... = Video\n ------\n V....D libx264  x\n V....D h264_nvenc  x\n V..... h264_qsv  x\n'; exit;;
*h264_nvenc*) echo h264_nvenc >> '%[1]s'; set -- $(printf '%%s\n' "$@" | sed 's/^h264_nvenc$/libx264/; s/^p5$/veryfast/; s/^-cq$/-crf/; s/^-rc$/-maxrate/; s/^vbr$/0/');;
*h264_qsv*) echo h264_qsv >> '%[1]s'; echo 'Error initializing an MFX session' >&2; exit 1;;
esac
exec '%[2]s' "$@"
`, log, real.FFmpeg)
	path := filepath.Join(t.TempDir(), "ffmpeg")
	if err := os.WriteFile(path, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	tools = &Tools{FFmpeg: path, FFprobe: real.FFprobe, Version: real.Version, encoders: map[string]error{}, Trials: filepath.Join(t.TempDir(), "cache", "trials.json")}
	return tools, func() []string {
		data, err := os.ReadFile(log)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		return strings.Fields(string(data))
	}
}

func TestHardwareIsTriedOnce(t *testing.T) {
	tools, tried := fakeHardware(t)
	for range 2 {
		all, err := tools.HardwareTrials(t.Context())
		if err != nil || len(all) != 2 || all[0].Name != "h264_nvenc" || all[0].Err != nil {
			t.Fatalf("%v, %v", all, err)
		}
		if e, ok := asError(all[1].Err); all[1].Name != "h264_qsv" || !ok || !errors.Is(e, ErrEncoder) || !strings.Contains(e.Tail, "MFX session") {
			t.Errorf("%s: %v", all[1].Name, all[1].Err)
		}
		work, err := tools.Hardware(t.Context())
		if err != nil || len(work) != 1 || work[0].Name != "h264_nvenc" {
			t.Errorf("%v, %v", work, err)
		}
	}
	if got := tried(); len(got) != 2 {
		t.Errorf("tried %v", got)
	}
	// Another ffmpeg, or another version of it, is tried anew.
	tools.Version.Text = "99"
	if _, err := tools.Hardware(t.Context()); err != nil || len(tried()) != 4 {
		t.Errorf("tried %v, %v", tried(), err)
	}
}

func TestTrialsThatCannotBeRead(t *testing.T) {
	tools, tried := fakeHardware(t)
	for i, text := range []string{"", "{", "null", `{"identity":"x","said":{"h264_qsv":""}}`, fmt.Sprintf(`{"identity":%q,"said":null}`, tools.identity())} {
		if err := os.MkdirAll(filepath.Dir(tools.Trials), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(tools.Trials, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if work, err := tools.Hardware(t.Context()); err != nil || len(work) != 1 || len(tried()) != 2*i+2 {
			t.Errorf("%q: %v, %v, tried %v", text, work, err, tried())
		}
	}
	tools.Trials = filepath.Join(tools.Trials, "below a file", "trials.json")
	if work, err := tools.Hardware(t.Context()); err != nil || len(work) != 1 {
		t.Errorf("nothing can be remembered: %v, %v", work, err)
	}
}

// TestHardwareHere tries what this machine has, and holds each answer against
// an encode.
func TestHardwareHere(t *testing.T) {
	tools := found(t)
	all, err := tools.HardwareTrials(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range all {
		if err := tools.Run(t.Context(), Command{Args: h.Trial()}); (err == nil) != (h.Err == nil) {
			t.Errorf("%s: the trial said %v, and now %v", h.Name, h.Err, err)
		}
	}
}
