//go:build endtoend

package endtoend

import (
	"bytes"
	"image"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Two windows find each other by a link at a rendezvous, and see the same
// words; what one writes and a file that is sent come to the other.
func TestTwoWindowsByLink(t *testing.T) {
	d := newDesktop(t, 2400, 800)
	server := parley(t, "the rendezvous", "serve", "--listen", "127.0.0.1:0", "--profile", t.TempDir())
	var at string
	await(t, "the rendezvous", patience, func() bool {
		m := regexp.MustCompile(`serving: http://(\S+)`).FindStringSubmatch(server.output())
		if m != nil {
			at = "http://" + m[1]
		}
		return m != nil
	})
	person := func(name string) string {
		return profileWith(t, map[string]any{"name": name, "camera": "pattern", "microphone": "tone", "speaker": "off", "rendezvous": at})
	}
	bob, ann := d.open("Bob", person("Bob")), d.open("Ann", person("Ann"))
	ann.move(4, 30)
	bob.move(1204, 30)
	bob.mustLive("Bob himself", tileLeast)
	bob.key("Tab", "Tab", "space") // invite
	var copyLink image.Rectangle
	bob.see("a link with a button to copy it", func(img *image.RGBA) bool {
		copyLink = patch(img, primary, 0.5, 0.95, 4000)
		return !copyLink.Empty()
	})
	d.save(bob.shot(), "invite.png")
	bob.click(middle(copyLink))
	ann.mustLive("Ann herself", tileLeast)
	ann.key("ctrl+v", "Return")
	bob.click(middle(mustRing(bob)))
	ann.mustLive("Bob's picture", callLeast)
	bob.mustLive("Ann's picture", callLeast)
	words := func(w *window) string { return w.program.saying(`words="([a-z ]+)"`)[1] }
	if a, b := words(ann), words(bob); a != b || len(strings.Fields(a)) != 4 {
		t.Errorf("Ann sees the words %q, Bob %q", a, b)
	}
	ann.key("w")
	d.save(ann.shot(), "words.png")
	ann.key("w")
	ann.key("c")
	ann.see("the chat beside the picture", func(img *image.RGBA) bool {
		_, large := widest(img, callLeast)
		_, there := widest(img, tileLeast)
		return there && !large
	})
	ann.write("Hello Bob")
	ann.key("Return")
	bob.see("that something was written", func(img *image.RGBA) bool { return !patch(img, danger, 0.85, 1, 40).Empty() })
	bob.key("c")
	d.save(d.picture("root"), "chat.png")
	ann.close()
	bob.mustLive("Bob himself again", tileLeast)
	bob.close()
	server.interrupt()
	server.mustEnd(0)
}

// A file that the other side sends is asked about, and kept where downloads go.
func TestAFileComesIntoTheWindow(t *testing.T) {
	d, port := newDesktop(t, 1280, 800), freePort(t)
	profile := newProfile(t, "Bob")
	bob := d.open("Bob", profile, "answer", "--port", port)
	file := filepath.Join(t.TempDir(), "plan.txt")
	content := bytes.Repeat([]byte("word by word\n"), 50_000)
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	ann := calling(t, "127.0.0.1:"+port, append(silent, "--send", file)...)
	bob.click(middle(mustRing(bob)))
	bob.see("that something came", func(img *image.RGBA) bool { return !patch(img, danger, 0.85, 1, 40).Empty() })
	bob.key("c")
	var accept image.Rectangle
	img := bob.see("a file with a button to accept it", func(img *image.RGBA) bool {
		accept = patch(img, primary, 0.05, 0.6, 1000)
		return !accept.Empty()
	})
	d.save(img, "file.png")
	bob.click(middle(accept))
	await(t, "the file among the downloads", patience, func() bool {
		kept, err := os.ReadFile(filepath.Join(profile, "data", "received", "plan.txt"))
		return err == nil && bytes.Equal(kept, content)
	})
	ann.mustEnd(0)
	bob.mustLive("Bob himself again", tileLeast)
	bob.close()
}
