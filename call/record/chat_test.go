package record

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/call"
)

func TestTheChatIsKept(t *testing.T) {
	root := t.TempDir()
	rec, err := New(Options{Root: root}).Open(call.RecordingInfo{Me: "Ann", Them: "Bob"})
	if err != nil {
		t.Fatal(err)
	}
	said := []call.ChatLine{{ID: 1, Mine: true, Text: "one\ntwo", At: time.Unix(5, 0).UTC()}, {ID: 1, Text: "</b>", At: time.Unix(6, 0).UTC()}}
	for _, line := range said {
		rec.(call.ChatRecorder).Write(line)
	}
	if err := rec.Close(); err != nil {
		t.Fatal(err)
	}
	rec.(call.ChatRecorder).Write(said[0]) // too late
	m, err := Load(rec.Dir())
	if err != nil || m.Chat != chatFile {
		t.Fatalf("%+v, %v", m, err)
	}
	data, err := os.ReadFile(filepath.Join(rec.Dir(), m.Chat))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	if len(lines) != len(said) {
		t.Fatalf("%q", data)
	}
	for i, text := range lines {
		var got call.ChatLine
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != said[i] {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
	if info, err := os.Stat(filepath.Join(rec.Dir(), m.Chat)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

// All that was written before a recording began comes at once; what no disk
// could take in time is told.
func TestALongChatIsKept(t *testing.T) {
	for n, want := range map[int]string{5000: "", mostWaiting + 1: "more was written"} {
		told := ""
		h := &host{dir: t.TempDir(), create: createFile, now: time.Now, failed: func(err error) { told = err.Error() }}
		c := newChat(h)
		for id := range n {
			c.take(call.ChatLine{ID: id, Text: "x"})
		}
		c.drain()
		c.drain()
		c.end()
		data, err := os.ReadFile(filepath.Join(h.dir, chatFile))
		if got := strings.Count(string(data), "\n"); err != nil || got != min(n, mostWaiting) {
			t.Errorf("%d lines of %d, %v", got, n, err)
		}
		if (told == "") != (want == "") || !strings.Contains(told, want) {
			t.Errorf("%d lines: told %q", n, told)
		}
	}
}

func TestACallWithoutChatHasNoFileOfIt(t *testing.T) {
	rec, err := New(Options{Root: t.TempDir()}).Open(call.RecordingInfo{})
	if err != nil {
		t.Fatal(err)
	}
	if err := rec.Close(); err != nil {
		t.Fatal(err)
	}
	if m, err := Load(rec.Dir()); err != nil || m.Chat != "" {
		t.Errorf("%+v, %v", m, err)
	}
	if _, err := parseManifest([]byte(`{"format":"parley-recording","version":1,"chat":"../../etc/passwd"}`)); err == nil {
		t.Error("a chat outside the folder is believed")
	}
}
