package ffmpeg

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// trials are what encoders in hardware said when they were tried, kept in a
// file from one start to the next. They hold for one ffmpeg on one set of
// devices.
type trials struct {
	Identity string            `json:"identity"`
	Said     map[string]string `json:"said"` // by encoder: why it does not work, "" where it does
}

// deviceFiles are where graphics cards and video devices are seen.
var deviceFiles = []string{"/dev/dri/*", "/dev/nvidia*", "/dev/video*"}

// identity tells this ffmpeg and these devices from others.
func (t *Tools) identity() string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q", t.FFmpeg, t.Version.Text)
	if info, err := os.Stat(t.FFmpeg); err == nil {
		fmt.Fprintf(h, " %d %d", info.Size(), info.ModTime().UnixNano())
	}
	for _, pattern := range deviceFiles {
		found, err := filepath.Glob(pattern)
		if err == nil { // the patterns are right
			fmt.Fprintf(h, " %q", found)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// remembered are the trials in the file, none where they are of another ffmpeg
// or cannot be read: they are then made again.
func (t *Tools) remembered() trials {
	fresh := trials{Identity: t.identity(), Said: map[string]string{}}
	data, err := os.ReadFile(t.Trials)
	if t.Trials == "" || err != nil {
		return fresh
	}
	var kept trials
	if json.Unmarshal(data, &kept) != nil || kept.Identity != fresh.Identity || kept.Said == nil {
		return fresh
	}
	return kept
}

// remember writes the trials down. It is a courtesy to the next start: where
// nothing can be written, they are made again.
func (t *Tools) remember(all trials) {
	if t.Trials == "" {
		return
	}
	data, err := json.Marshal(all)
	if err != nil || os.MkdirAll(filepath.Dir(t.Trials), 0o700) != nil {
		return
	}
	f, err := os.CreateTemp(filepath.Dir(t.Trials), ".trials-*")
	if err != nil {
		return
	}
	_, err = f.Write(data)
	if f.Close() != nil || err != nil || os.Rename(f.Name(), t.Trials) != nil {
		_ = os.Remove(f.Name())
	}
}

// listedEncoders are the encoders that an answer to -encoders names.
func listedEncoders(answer string) []string {
	var names []string
	for _, m := range encoderLine.FindAllStringSubmatch(answer, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return names
}
