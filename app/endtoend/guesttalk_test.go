//go:build endtoend

package endtoend

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// Chat and files pass both ways between a guest and a Parley, and both show the
// same words.
func TestGuestTalk(t *testing.T) {
	eachBrowser(t, func(t *testing.T, p page) {
		_, origin := serving(t)
		dir := t.TempDir()
		gift := bytes.Repeat([]byte("from the host "), 100_000)
		path := filepath.Join(dir, "gift.txt")
		if err := os.WriteFile(path, gift, 0o600); err != nil {
			t.Fatal(err)
		}
		host, link := hosting(t, origin, append(silent, "--chat", "--receive", filepath.Join(dir, "got"), "--send", path, "--for", "10m")...)
		p.size(1280, 800)
		p.knock(link, "Gast")
		p.wait("the stage", visible("stage"))
		p.wait("the words", visible("words"))
		shown := p.text("document.getElementById('word-list').textContent")
		if told := host.saying(`^words to compare with Gast: (.+)$`)[1]; strings.Join(wordsIn(shown), " ") != told {
			t.Errorf("the page shows %q, the program %q", shown, told)
		}
		p.click("chat")
		p.write("text", "Grüße vom Gast")
		p.run("document.getElementById('write').requestSubmit()")
		host.printing(`^Grüße vom Gast$`)
		p.wait("the text was delivered", `document.getElementById('log').textContent.includes('✓')`)
		p.wait("a file is offered", `document.querySelector('#log .file .primary')`)
		p.run(`document.querySelector('#log .file .primary').click()`)
		p.wait("the file is here", `document.querySelector('#log .file a[download="gift.txt"]')`)
		sum := p.text(`(async () => (await import('/guest/bytes.js')).hex(await (await import('/guest/bytes.js')).sha256(await window.whole.arrayBuffer())))()`)
		if want := fmt.Sprintf("%x", sha256.Sum256(gift)); sum != want {
			t.Errorf("the guest's file has the sum %s, want %s", sum, want)
		}
		p.run(`(() => {
			const chosen = new DataTransfer(), input = document.getElementById('file');
			chosen.items.add(new File([new Uint8Array(3000001).fill(7)], 'present.bin'));
			input.files = chosen.files;
			input.dispatchEvent(new Event('change'));
		})()`)
		kept := host.printing(`^(.*present.*)$`)[1]
		got, err := os.ReadFile(kept)
		if err != nil || !bytes.Equal(got, bytes.Repeat([]byte{7}, 3_000_001)) {
			t.Errorf("%s: %d bytes, %v", kept, len(got), err)
		}
		p.wait("the file arrived whole", `document.getElementById('log').textContent.includes('arrived whole')`)
		p.keepShot("talk")
		p.click("hang-up")
		p.wait("the end", visible("over"))
	}, `
		const make = URL.createObjectURL;
		URL.createObjectURL = (blob) => make.call(URL, window.whole = blob);`)
}

// wordsIn are the words of a text, whatever stands between them.
func wordsIn(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
}
