//go:build endtoend

package endtoend

import (
	"encoding/json"
	"image"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// freePort is a port of this machine that is free for TCP and UDP.
func freePort(t *testing.T) string {
	t.Helper()
	for range 20 {
		port := deadPort(t)
		udp, err := net.ListenPacket("udp", ":"+port)
		if err != nil {
			continue
		}
		if err := udp.Close(); err != nil {
			t.Fatal(err)
		}
		return port
	}
	t.Fatal("no free port")
	return ""
}

// newProfile is a profile of somebody with a name and with test sources.
func newProfile(t *testing.T, name string) string {
	t.Helper()
	return profileWith(t, map[string]any{"name": name, "camera": "pattern", "microphone": "tone", "speaker": "off"})
}

// profileWith is one with settings, that tells nothing to the network it is on.
func profileWith(t *testing.T, chosen map[string]any) string {
	t.Helper()
	profile := t.TempDir()
	chosen["version"], chosen["nearby_off"] = 1, true
	settings, err := json.Marshal(chosen)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(profile, "config")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "settings.json"), settings, 0o600); err != nil {
		t.Fatal(err)
	}
	return profile
}

// Two people with a window each: ring, accept, talk, record, make a film.
func TestTwoWindows(t *testing.T) {
	d := newDesktop(t, 2400, 800)
	port, annProfile := freePort(t), newProfile(t, "Ann")
	bob := d.open("Bob", newProfile(t, "Bob"), "answer", "--port", port)
	ann := d.open("Ann", annProfile)
	ann.move(4, 30)
	bob.move(1204, 30)
	ann.mustLive("Ann herself", tileLeast)
	bob.mustLive("Bob himself", tileLeast)

	ann.write("127.0.0.1:" + port)
	ann.key("Return")
	accept := mustRing(bob)
	rang := d.picture("root")
	bob.click(middle(accept))
	ann.mustLive("Bob's picture", callLeast)
	bob.mustLive("Ann's picture", callLeast)
	d.save(rang, "ringing.png")

	recording := record(ann, annProfile)
	bob.close()
	film := makeFilm(ann, annProfile, recording)
	ann.close()
	mustBeRight(t, film, lengthOf(t, recording))
}

// A caller whose call is declined in a window learns it by the exit status.
func TestDecline(t *testing.T) {
	d, port := newDesktop(t, 1280, 800), freePort(t)
	bob := d.open("Bob", newProfile(t, "Bob"), "answer", "--port", port)
	ann := calling(t, "127.0.0.1:"+port, silent...)
	mustRing(bob)
	bob.key("ctrl+h")
	ann.mustEnd(4)
	mustSay(t, ann, "Bob declined")
	bob.mustLive("Bob himself again", tileLeast)
	bob.close()
}

// What a muted side says is not heard; a window that is closed in a call ends
// it for the other side too.
func TestMuteInWindow(t *testing.T) {
	d, dir := newDesktop(t, 1280, 800), t.TempDir()
	file := filepath.Join(dir, "stats.json")
	bob, port := answering(t, append(silent, "--record", dir, "--stats", file)...)
	ann := d.open("Ann", newProfile(t, "Ann"), "call", "127.0.0.1:"+port)
	ann.mustLive("Bob's picture", callLeast)
	more := func(n int) {
		from := len(written(t, file))
		await(t, "more seconds of the call", patience, func() bool { return len(written(t, file)) >= from+n })
	}
	more(2)
	ann.key("m")
	more(4)
	d.save(ann.shot(), "muted.png")
	ann.key("m")
	more(3)
	ann.close()
	bob.mustEnd(0)
	pcm, _ := samples(t, only(t, filepath.Join(dir, "*", "them-audio.mkv")))
	before, quiet, after := stillness(pcm)
	t.Logf("heard for %v, quiet for %v, heard for %v", before, quiet, after)
	if before < time.Second || quiet < 2*time.Second || after < time.Second {
		t.Errorf("heard %v, quiet %v, heard %v; want 1, 2 and 1 s at least", before, quiet, after)
	}
}

// stillness finds the longest stretch without sound, and tells how long it is
// and how much there is before and after it.
func stillness(pcm []int16) (before, quiet, after time.Duration) {
	const step = 4800 // 100 ms: the soft tone of the test signal never ends for that long
	var from, to, begin int
	for i := 0; i+step <= len(pcm); i += step {
		if loudest(pcm[i:i+step]) > 100 {
			begin = i + step
		} else if i+step-begin > to-from {
			from, to = begin, i+step
		}
	}
	length := func(n int) time.Duration { return time.Duration(n) * time.Second / 48000 }
	return length(from), length(to - from), length(len(pcm) - to)
}

func loudest(pcm []int16) (most int) {
	for _, s := range pcm {
		most = max(most, max(int(s), -int(s)))
	}
	return most
}

// "parley call self" calls oneself with a window as it does without.
func TestCallSelfFromTheCommandLine(t *testing.T) {
	d := newDesktop(t, 1280, 800)
	w := d.open("self", newProfile(t, "Ann"), "call", "self")
	w.mustLive("the call's picture", callLeast)
	w.close()
}

// mustRing waits until the window rings, and returns its button to accept.
// The caller's picture must not be seen yet.
func mustRing(w *window) (accept image.Rectangle) {
	w.t.Helper()
	img := w.see("a call that comes in", func(img *image.RGBA) bool {
		accept = patch(img, welcome, 0.3, 1, 1000)
		return !accept.Empty() && !patch(img, danger, 0.3, 1, 1000).Empty()
	})
	if found := patterns(img); len(found) > 0 {
		w.t.Errorf("a picture is seen while it rings: %v", found)
	}
	return accept
}

// record keeps some seconds of the call that runs, by key, takes a picture of
// both windows meanwhile, and opens the recording in the Edit tab.
func record(w *window, profile string) (recording string) {
	w.t.Helper()
	w.key("r")
	await(w.t, "2 s of a recording", patience, func() bool {
		found, err := filepath.Glob(filepath.Join(profile, "data", "recordings", "*", "recording.json"))
		if err != nil || len(found) == 0 {
			return false
		}
		recording = filepath.Dir(found[0])
		return clusters(w.t, recording) >= 4
	})
	w.save(w.picture("root"), "call.png")
	w.key("r")
	var button image.Rectangle
	w.see("where the recording is, with a button", func(img *image.RGBA) bool {
		button = patch(img, primary, 0.88, 1, 1000)
		return !button.Empty()
	})
	if readManifest(w.t, recording).Ended.IsZero() {
		w.t.Error("the recording is shown before it is finished")
	}
	w.click(middle(button))
	return recording
}

// makeFilm renders what the Edit tab shows, by keys and the one blue button.
func makeFilm(w *window, profile, recording string) (film string) {
	w.t.Helper()
	var button image.Rectangle
	w.see("the Edit tab with a film to make", func(img *image.RGBA) bool {
		button = patch(img, primary, 0, 0.2, 1000)
		return !button.Empty()
	})
	await(w.t, "a saved project with the recording", patience, func() bool {
		saved, err := filepath.Glob(filepath.Join(profile, "data", "projects", "*.parley"))
		if err != nil || len(saved) != 1 {
			return false
		}
		project, err := os.ReadFile(saved[0])
		return err == nil && strings.Contains(string(project), filepath.Base(recording))
	})
	w.save(w.see("thumbnails of the recording", showsBars), "edit.png")
	w.click(middle(button))
	film = filepath.Join(w.t.TempDir(), "film.mp4")
	w.see("the question where the film goes", func(img *image.RGBA) bool {
		return !patch(img, primary, 0.3, 0.9, 1000).Empty()
	})
	w.key("ctrl+a")
	w.write(film)
	w.key("Return")
	took := await(w.t, "the film", 2*patience, func() bool {
		_, err := os.Stat(film)
		return err == nil
	})
	w.t.Logf("the film was made in %v", took.Round(100*time.Millisecond))
	w.save(w.see("that the film is made", func(img *image.RGBA) bool {
		return !patch(img, welcome, 0.93, 1, 20).Empty()
	}), "film.png")
	return film
}

// showsBars says whether a test pattern of any size is seen.
func showsBars(img *image.RGBA) bool { return len(patterns(img)) > 0 }

// lengthOf is how long a recording lasts, in seconds.
func lengthOf(t *testing.T, recording string) float64 {
	t.Helper()
	var end time.Duration
	for _, track := range readManifest(t, recording).Tracks {
		end = max(end, track.Offset+track.Duration)
	}
	return end.Seconds()
}
