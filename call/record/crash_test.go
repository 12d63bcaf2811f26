package record

import (
	"bufio"
	"bytes"
	"encoding/gob"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/call"
)

// childFolder, in the environment, makes this test program a recording that
// goes on until it is killed.
const childFolder = "PARLEY_TEST_RECORD_UNTIL_KILLED"

// childMedia is what the child is given, in the file "media" of its folder.
type childMedia struct {
	Mine, Theirs, Packets [][]byte
}

func TestMain(m *testing.M) {
	if root := os.Getenv(childFolder); root != "" {
		if err := recordUntilKilled(root); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// recordUntilKilled prints the folder, and then in each line for how many
// milliseconds it has fed the recorder.
func recordUntilKilled(root string) error {
	data, err := os.ReadFile(filepath.Join(root, "media"))
	if err != nil {
		return err
	}
	var media childMedia
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&media); err != nil {
		return err
	}
	codec := &playedCodec{name: H264, units: map[int][][]byte{320: media.Mine}}
	started := time.Now()
	rec, err := New(Options{Root: root, Video: codec}).Open(call.RecordingInfo{Them: "Bob", Started: started})
	if err != nil {
		return err
	}
	fmt.Println(rec.Dir())
	k := talk{
		rec: rec, started: started, size: fixedSize(320, 240), codec: VP8, units: media.Theirs, packets: media.Packets,
		each: func(at time.Duration) { fmt.Println(at.Milliseconds()) },
	}
	k.run(10 * time.Second)
	return rec.Close()
}

// A program killed in mid-recording leaves files that are whole but for the
// last second.
func TestKilledInMidRecording(t *testing.T) {
	needFFmpeg(t)
	root := t.TempDir()
	var media bytes.Buffer
	if err := gob.NewEncoder(&media).Encode(childMedia{
		Mine: h264Units(t, "320x240", "300", "90", "60"), Theirs: vp8Units(t, "320x240", "300"),
		Packets: opusPackets(t, "sine=r=48000:d=10"),
	}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "media"), media.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	dir, killed := killAfter(t, root, 3*time.Second)
	m, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if !m.Ended.IsZero() || len(m.Tracks) != 4 {
		t.Fatalf("the manifest says %+v", m)
	}
	for _, track := range m.Tracks {
		end := (track.Offset + track.Duration).Seconds()
		if end < killed.Seconds()-1 {
			t.Errorf("%s ends at %.3f s, killed at %v", track.ID, end, killed)
		}
		path := filepath.Join(dir, track.File)
		if complaint := decode(t, path); complaint != "" {
			t.Errorf("%s does not decode: %s", track.ID, complaint)
		}
		near(t, track.ID+"'s end when decoded", lastFrame(t, path), end, 0.05)
		t.Logf("%s: killed at %v, kept to %.3f s", track.ID, killed, end)
	}
}

// killAfter starts the child, kills it when it has fed its recorder for the
// time given, and returns the recording and how far the child came.
func killAfter(t *testing.T, root string, after time.Duration) (dir string, killed time.Duration) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childFolder+"="+root)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	if dir, err = lines.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	alive := true
	for {
		line, err := lines.ReadString('\n')
		if err == io.EOF {
			break
		}
		ms, bad := strconv.Atoi(strings.TrimSpace(line))
		if err != nil || bad != nil {
			t.Fatal(line, err, bad)
		}
		killed = time.Duration(ms) * time.Millisecond
		if alive && killed >= after {
			alive = false
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := cmd.Wait(); err == nil || alive {
		t.Fatalf("the child ended by itself after %v: %v", killed, err)
	}
	return strings.TrimSpace(dir), killed
}

// lastFrame is when the last frame that decodes ends, near enough.
func lastFrame(t *testing.T, path string) float64 {
	t.Helper()
	out := strings.Fields(run(t, "ffprobe", "-v", "error", "-show_entries", "frame=pts_time", "-of", "csv=p=0", path))
	if len(out) == 0 {
		t.Fatalf("nothing decodes in %s", path)
	}
	return seconds(t, strings.Trim(out[len(out)-1], ","))
}
