//go:build endtoend

package endtoend

import (
	"strings"
	"testing"
)

// unfit lists what of a page is not as a narrow screen and a screen reader want
// it: what is wider than the screen, what a finger misses, what has no name.
const unfit = `(() => {
  const all = [];
  if (document.documentElement.scrollWidth > innerWidth) all.push('the page scrolls sideways');
  for (const e of document.querySelectorAll('button, a[href], select, input, textarea')) {
    if (!e.checkVisibility({ checkVisibilityCSS: true })) continue;
    const box = e.getBoundingClientRect(), it = e.tagName + '#' + e.id;
    if (box.width <= 1 || box.height <= 1) continue; // for screen readers alone
    if (box.left < 0 || box.right > innerWidth + 0.5) all.push(it + ' sticks out of the screen');
    if (box.height < 40 || box.width < 40) all.push(it + ' is ' + box.width + ' by ' + box.height);
    const name = e.ariaLabel || e.innerText || e.title || [...(e.labels || [])].map((l) => l.innerText).join('');
    if (!name.trim()) all.push(it + ' has no name');
  }
  return all.join('; ');
})()`

func (p page) mustFit(where string) {
	p.t.Helper()
	if wrong := p.text(unfit); wrong != "" {
		p.t.Errorf("%s: %s", where, wrong)
	}
}

// On a phone everything is within reach, from the door to the end of a call.
func TestGuestOnAPhone(t *testing.T) {
	eachBrowser(t, func(t *testing.T, p page) {
		p.size(390, 844)
		p.open(pageAlone(t) + "/")
		p.moves("preview")
		p.mustFit("the door")
		if said := p.text("document.getElementById('code-text').innerText"); !strings.Contains(said, "code") {
			t.Errorf("of a code it says %q", said)
		}
		p.keepShot("door")
		p.click("call")
		p.wait("the stage", visible("stage"))
		p.moves("them")
		p.mustFit("the stage")
		p.keepShot("stage")
		p.click("hang-up")
		p.wait("the end", visible("over"))
		p.mustFit("the end")
	})
}

// A link of a space shows whose it is, in its colours.
func TestGuestWearsTheSpacesTheme(t *testing.T) {
	profile := t.TempDir()
	add := parley(t, "the administrator", "serve", "space", "add", "friends", "--title", "Our circle", "--theme", "contrast", "--profile", profile)
	key := add.printing(`invitation key:\s+(\S+)`)[1]
	add.mustEnd(0)
	server := parley(t, "the rendezvous", "serve", "--listen", "127.0.0.1:0", "--profile", profile)
	origin := server.printing(`serving: (http://\S+)`)[1]
	invite := parley(t, "the inviting side", "invite", "--no-qr", "--server", origin, "--key", key, "--profile", t.TempDir())
	link := invite.printing(`(http://\S+/c/\S+#\S+)`)[1]
	eachBrowser(t, func(t *testing.T, p page) {
		p.open(link)
		p.wait("the space's name", "document.getElementById('space').textContent === 'Our circle'")
		p.wait("the space's colour", "getComputedStyle(document.documentElement).getPropertyValue('--primary').trim() === '#ffd60a'")
		p.keepShot("space")
	})
}
