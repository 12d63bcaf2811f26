//go:build endtoend

package endtoend

import "testing"

// serving starts a rendezvous on this machine and returns it and its address.
func serving(t *testing.T, args ...string) (*process, string) {
	t.Helper()
	p := parley(t, "the rendezvous", append([]string{"serve", "--listen", "127.0.0.1:0", "--profile", t.TempDir()}, args...)...)
	return p, p.printing(`serving: (http://\S+)`)[1]
}

// hosting starts a Parley that takes a call by a link, and returns it and the
// link.
func hosting(t *testing.T, origin string, args ...string) (*process, string) {
	t.Helper()
	p := parley(t, "the host", append([]string{"answer", "--no-window", "--profile", t.TempDir(), "--server", origin, "--link"}, args...)...)
	return p, p.printing(`(http://\S+/c/\S+#\S+)`)[1]
}

// knock opens a link as a guest and calls.
func (p page) knock(link, name string) {
	p.t.Helper()
	p.open(link)
	p.wait("the door", visible("call"))
	p.moves("preview")
	p.write("name", name)
	p.run("document.getElementById('knock').requestSubmit()")
}

// A guest without Parley answers a link in a browser: both pictures move, both
// sounds arrive, and the secret is not left in the address bar.
func TestGuestCall(t *testing.T) {
	eachBrowser(t, func(t *testing.T, p page) {
		_, origin := serving(t)
		file := t.TempDir() + "/stats.json"
		host, link := hosting(t, origin, append(silent, "--stats", file)...)
		p.size(1280, 800)
		p.knock(link, "Gast")
		p.wait("the stage", visible("stage"))
		if left := p.text("location.href"); left == link || len(left) > len(origin)+60 {
			t.Errorf("the address bar says %s", left)
		}
		mustComeAlive(t, p, file)
		p.click("hang-up")
		p.wait("the end", visible("over"))
		host.mustEnd(0)
		_, summary := readStats(t, file)
		t.Logf("the host: %s", summary)
		if summary.State != "hangup" {
			t.Errorf("the call ended by %q, want hangup", summary.State)
		}
	})
}

// mustComeAlive waits for picture and sound on both sides.
func mustComeAlive(t *testing.T, p page, file string) {
	t.Helper()
	first := p.mark("them")
	await(t, "the host's picture moves on", patience, func() bool { return p.mark("them").Frame > first.Frame+30 })
	p.hears()
	await(t, "the guest's picture and sound at the host", patience, func() bool {
		pictures, sound := uint64(0), uint64(0)
		for _, second := range written(t, file) {
			pictures += second.Received.Shown
			sound += second.Received.Played - second.Received.Concealed
		}
		return pictures > 30 && sound > 2*48000
	})
	p.keepShot("call")
}

// A link with a letter changed, or without its end, leads nowhere and says so.
func TestGuestWithWrongLink(t *testing.T) {
	eachBrowser(t, func(t *testing.T, p page) {
		_, origin := serving(t)
		_, link := hosting(t, origin, silent...)
		other := "A"
		if link[len(link)-10:len(link)-9] == other {
			other = "B"
		}
		p.knock(link[:len(link)-10]+other+link[len(link)-9:], "Gast")
		p.wait("a sentence", `document.getElementById('over-text').textContent.includes('does not fit')`)
		p.open(origin + "/")
		p.open(link[:len(link)-2])
		p.wait("a sentence", `document.getElementById('over-text').textContent.includes('a part of it is missing')`)
	})
}

// A guest who comes before the host waits, and is put through.
func TestGuestWaits(t *testing.T) {
	eachBrowser(t, func(t *testing.T, p page) {
		_, origin := serving(t)
		profile, file := t.TempDir(), t.TempDir()+"/stats.json"
		invite := parley(t, "the inviting side", "invite", "--always", "--no-qr", "--server", origin, "--profile", profile)
		link := invite.printing(`(http://\S+/c/\S+#\S+)`)[1]
		invite.mustEnd(0)
		p.knock(link, "Gast")
		p.wait("the waiting", `document.getElementById('knocking-text').textContent.includes('Nobody is there yet')`)
		host := parley(t, "the host", append([]string{"answer", "--no-window", "--profile", profile, "--server", origin, "--stats", file}, silent...)...)
		p.wait("the stage", visible("stage"))
		host.interrupt()
		p.wait("the end", visible("over"))
	})
}
