//go:build endtoend

package endtoend

import (
	"net"
	"strings"
	"testing"
)

// freeAddress is one of this machine that a rendezvous can come back to.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// The rendezvous is killed in a call and started again: the call does not
// notice, and both come back to the rendezvous by themselves, though the link was
// good for one call, so that a new path can be agreed on. Then the path is broken, and the call finds another.
func TestGuestOutlivesRendezvous(t *testing.T) {
	eachBrowser(t, func(t *testing.T, p page) {
		at, file := freeAddress(t), t.TempDir()+"/stats.json"
		serve := func() *process {
			s := parley(t, "the rendezvous", "serve", "--listen", at, "--profile", t.TempDir())
			s.printing(`serving: http`)
			return s
		}
		first := serve()
		host, link := hosting(t, "http://"+at, append(silent, "--stats", file)...)
		p.knock(link, "Gast")
		p.wait("the stage", visible("stage"))
		mustComeAlive(t, p, file)
		first.kill()
		p.wait("the page notices", `window.sockets.every((s) => s.readyState > 1)`)
		p.moves("them")
		serve()
		p.wait("the page is back", `window.sockets.at(-1).readyState === 1`)
		p.moves("them")
		if said := p.text("document.getElementById('veil').checkVisibility() ? document.getElementById('veil').textContent : ''"); said != "" {
			t.Errorf("the page says %q", said)
		}
		old := p.text("window.peers[0].localDescription.sdp.match(/a=ice-ufrag:(\\S+)/)[1]")
		// As if the path were lost: the session is told what the browser would tell.
		p.run(`void ((window.pretended = 'disconnected'), window.peers[0].onconnectionstatechange(new Event('connectionstatechange')), (window.pretended = ''))`)
		p.wait("a new path is agreed on", strings.ReplaceAll(`((sdp) => sdp && sdp.signalingState === 'stable' && !sdp.localDescription.sdp.includes('ice-ufrag:OLD'))(window.peers[0])`, "OLD", old))
		p.moves("them")
		p.click("hang-up")
		p.wait("the end", visible("over"))
		host.mustEnd(0)
	})
}
