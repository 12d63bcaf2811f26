//go:build endtoend

package endtoend

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"testing"
	"time"
)

// written are the lines that are whole in a statistics file so far.
func written(t *testing.T, statsFile string) []stats {
	t.Helper()
	data, err := os.ReadFile(statsFile)
	if err != nil {
		return nil // not begun
	}
	var all []stats
	lines := bytes.Split(data, []byte("\n"))
	for _, line := range lines[:len(lines)-1] {
		var s stats
		if err := json.Unmarshal(line, &s); err != nil {
			t.Fatalf("%s: %v in %q", statsFile, err, line)
		}
		all = append(all, s)
	}
	return all
}

// awaitTalk waits until a call's statistics show pictures, a bar code read and
// a pip heard.
func awaitTalk(t *testing.T, statsFile string) {
	t.Helper()
	await(t, "picture and sound in "+statsFile, patience, func() bool {
		return slices.ContainsFunc(written(t, statsFile), func(s stats) bool {
			return s.Received.PictureP50 != nil && s.Received.SoundP95 != nil && s.Received.Shown > 0
		})
	})
}

func TestCallOverIPv6(t *testing.T) {
	bob, port := answering(t, silent...)
	file := t.TempDir() + "/stats.json"
	ann := calling(t, "[::1]:"+port, append(silent, "--stats", file)...)
	awaitTalk(t, file)
	ann.interrupt()
	ann.mustEnd(0)
	bob.mustEnd(0)
	_, summary := readStats(t, file)
	summary.mustHaveTalked(t, "the caller")
	t.Logf("over %s: %s", summary.Path, summary)
}

func TestCallSelf(t *testing.T) {
	file := t.TempDir() + "/stats.json"
	ann := calling(t, "self", append(silent, "--stats", file)...)
	awaitTalk(t, file)
	ann.interrupt()
	ann.mustEnd(0)
	_, summary := readStats(t, file)
	summary.mustHaveTalked(t, "the caller")
}

func TestBothCodecs(t *testing.T) {
	for _, codec := range []string{"H264", "VP8"} {
		bob, port := answering(t, silent...)
		file := t.TempDir() + "/stats.json"
		ann := calling(t, "127.0.0.1:"+port, append(silent, "--codec", codec, "--stats", file)...)
		awaitTalk(t, file)
		ann.interrupt()
		ann.mustEnd(0)
		bob.mustEnd(0)
		_, summary := readStats(t, file)
		summary.mustHaveTalked(t, "the caller")
		t.Logf("%s: %s", codec, summary)
	}
}

// The other side's program crashes in the call.
func TestOtherSideDies(t *testing.T) {
	bob, port := answering(t, silent...)
	file := t.TempDir() + "/stats.json"
	ann := calling(t, "127.0.0.1:"+port, append(silent, "--stats", file)...)
	awaitTalk(t, file)
	bob.kill()
	killed := time.Now()
	ann.mustEnd(1)
	mustSay(t, ann, "was lost", "stopped answering")
	took := ann.ended.Sub(killed)
	if took > 10*time.Second {
		t.Errorf("the call ended %v after the other side died, want 10 s at most", took)
	}
	t.Logf("the call ended %.1f s after the other side died: %s", took.Seconds(), ann.stderr())
}
