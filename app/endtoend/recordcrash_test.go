//go:build endtoend

package endtoend

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The recording program crashes: what it had recorded opens, and is short of a
// second at most.
func TestRecordingSurvivesACrash(t *testing.T) {
	dir := t.TempDir()
	bob, port := answering(t, silent...)
	ann := calling(t, "127.0.0.1:"+port, append(silent, "--record", dir)...)
	var recording string
	await(t, "4 s of every track", patience, func() bool {
		found, err := filepath.Glob(filepath.Join(dir, "*", "recording.json"))
		if err != nil || len(found) == 0 {
			return false
		}
		recording = filepath.Dir(found[0])
		return recorded(t, recording) >= 4
	})
	killed := time.Now()
	ann.kill()
	m := readManifest(t, recording)
	if !m.Ended.IsZero() {
		t.Error("the manifest of a recording that was cut off tells when it ended")
	}
	lasted := killed.Sub(m.Started).Seconds()
	for _, track := range m.Tracks {
		short := lasted - lastStamp(t, filepath.Join(recording, track.ID+".mkv"))
		t.Logf("%s is short of %.2f s", track.ID, short)
		if short > 1 {
			t.Errorf("%s is short of the last %.2f s, want 1 s at most", track.ID, short)
		}
	}
	if len(m.Tracks) != 4 {
		t.Errorf("%d tracks, want my and their sound and picture", len(m.Tracks))
	}
	mustOpen(t, recording, lasted)
	bob.mustEnd(1)
	mustSay(t, bob, "was lost")
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
	if got := seconds(t, probe(t, film).Format.Duration); math.Abs(got-lasted) > 1 {
		t.Errorf("the film of a recording of %.2f s lasts %.2f s", lasted, got)
	}
}

// recorded is the length in seconds of the shortest track that has begun in a
// running recording, or 0 while some have not.
func recorded(t *testing.T, recording string) float64 {
	t.Helper()
	tracks, err := filepath.Glob(filepath.Join(recording, "*.mkv"))
	if err != nil || len(tracks) < 4 {
		return 0
	}
	shortest := math.Inf(1)
	for _, track := range tracks {
		// The headers are some hundred bytes; before the first cluster there is
		// nothing to measure.
		if info, err := os.Stat(track); err != nil || info.Size() < 4096 {
			return 0
		}
		shortest = min(shortest, lastStamp(t, track))
	}
	return shortest
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
