//go:build endtoend

package endtoend

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The recording program crashes: what it had recorded opens, and is short of a
// second at most. The pictures are small, for what is held here is the
// recorder, not how well two cores keep up with four encoders; and a machine
// that does much else may be late by itself, so one crash out of three has to
// keep the promise.
func TestRecordingSurvivesACrash(t *testing.T) {
	var recording string
	var lasted, short float64
	for range 3 {
		recording, lasted = crash(t)
		short = missing(t, recording, lasted)
		if short <= 1 {
			break
		}
	}
	if short > 1 {
		t.Errorf("each of three recordings was short of more than 1 s, the last of %.2f s", short)
	}
	mustOpen(t, recording, lasted)
}

// crash kills a Parley that records, after some seconds. It returns the
// recording and how long it had lasted, in seconds.
func crash(t *testing.T) (recording string, lasted float64) {
	t.Helper()
	dir := t.TempDir()
	devices := []string{"--camera", "file:" + smallFilm(t), "--mic", "tone", "--speaker", "off"}
	bob, port := answering(t, devices...)
	ann := calling(t, "127.0.0.1:"+port, append(devices, "--record", dir)...)
	await(t, "4 s of every track", patience, func() bool {
		found, err := filepath.Glob(filepath.Join(dir, "*", "recording.json"))
		if err != nil || len(found) == 0 {
			return false
		}
		recording = filepath.Dir(found[0])
		return clusters(t, recording) >= 10
	})
	killed := time.Now()
	ann.kill()
	bob.mustEnd(1)
	mustSay(t, bob, "was lost")
	return recording, killed.Sub(readManifest(t, recording).Started).Seconds()
}

// smallFilm is a moving picture that costs little to encode.
func smallFilm(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "small.y4m")
	tool(t, "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=30:d=2", "-pix_fmt", "yuv420p", path)
	return path
}

// missing is how much of a crashed recording's end the worst of its tracks
// has lost, in seconds.
func missing(t *testing.T, recording string, lasted float64) (most float64) {
	t.Helper()
	m := readManifest(t, recording)
	if !m.Ended.IsZero() {
		t.Error("the manifest of a recording that was cut off tells when it ended")
	}
	if len(m.Tracks) != 4 {
		t.Errorf("%d tracks, want my and their sound and picture", len(m.Tracks))
	}
	for _, track := range m.Tracks {
		short := lasted - lastStamp(t, filepath.Join(recording, track.ID+".mkv"))
		t.Logf("%s is short of %.2f s", track.ID, short)
		most = max(most, short)
	}
	return most
}

// mustOpen probes a cut-off recording's tracks and makes a film of them.
func mustOpen(t *testing.T, recording string, lasted float64) {
	t.Helper()
	tracks, err := filepath.Glob(filepath.Join(recording, "*.mkv"))
	if err != nil {
		t.Fatal(err)
	}
	p := parley(t, "probe", append([]string{"probe"}, tracks...)...)
	p.mustEnd(0)
	if n := strings.Count(p.output(), ".mkv"); n != len(tracks) {
		t.Errorf("probe told of %d of %d tracks:\n%s", n, len(tracks), p.output())
	}
	film := filepath.Join(t.TempDir(), "film.mp4")
	parley(t, "render", "render", recording, "-o", film).mustEnd(0)
	// The clock was read a moment before the kill, and the last picture of a film
	// lasts a frame.
	if got := seconds(t, probe(t, film).Format.Duration); got > lasted+0.25 || got < lasted-2 {
		t.Errorf("the film of a recording of %.2f s lasts %.2f s", lasted, got)
	}
}

// clusterID begins each cluster of a Matroska file (RFC 9559). One of a recording's
// lasts half a second at most, and rarely much less.
var clusterID = []byte{0x1F, 0x43, 0xB6, 0x75}

// clusters counts those of the shortest track of a running recording, or 0
// while some track has not begun.
func clusters(t *testing.T, recording string) int {
	t.Helper()
	tracks, err := filepath.Glob(filepath.Join(recording, "*.mkv"))
	if err != nil || len(tracks) < 4 {
		return 0
	}
	least := math.MaxInt
	for _, track := range tracks {
		data, err := os.ReadFile(track)
		if err != nil {
			t.Fatal(err)
		}
		least = min(least, bytes.Count(data, clusterID))
	}
	return least
}

// lastStamp is the time at which the last packet of a file begins, in
// seconds.
func lastStamp(t *testing.T, path string) float64 {
	t.Helper()
	var answer struct {
		Packets []struct {
			At string `json:"pts_time"`
		} `json:"packets"`
	}
	if err := json.Unmarshal(tool(t, "ffprobe", "-v", "quiet", "-show_entries", "packet=pts_time", "-of", "json", path), &answer); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if len(answer.Packets) == 0 {
		return 0
	}
	return seconds(t, answer.Packets[len(answer.Packets)-1].At)
}
