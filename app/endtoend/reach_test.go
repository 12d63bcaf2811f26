//go:build endtoend

package endtoend

import (
	"net"
	"regexp"
	"strings"
	"testing"
	"time"
)

// telling waits for a line on stdout, past those that were asked for before,
// and returns the match.
func (p *process) telling(pattern string, from int) (match []string, next int) {
	p.t.Helper()
	re, deadline := regexp.MustCompile(pattern), time.After(patience)
	for {
		p.mu.Lock()
		for i := from; i < len(p.out); i++ {
			if m := re.FindStringSubmatch(p.out[i]); m != nil {
				p.mu.Unlock()
				return m, i + 1
			}
		}
		news := p.news
		p.mu.Unlock()
		select {
		case <-news:
		case <-p.gone:
			p.t.Fatalf("%s ended without telling %q; it said:\n%s", p.name, pattern, p.stderr())
		case <-deadline:
			p.t.Fatalf("%s did not tell %q in %v; it said:\n%s", p.name, pattern, patience, p.stderr())
		}
	}
}

const aLink, aCode = `^(http\S+/c/\S+#\S+)$`, `^(\d+-[a-z]+-[a-z]+@\S+)$`

// talksTo has Ann call and talk to whoever waits, and hang up.
func talksTo(t *testing.T, address string, bob *process) {
	t.Helper()
	file := t.TempDir() + "/stats.json"
	ann := calling(t, address, append(silent, "--stats", file)...)
	awaitTalk(t, file)
	await(t, "a second more", patience, func() bool {
		all := written(t, file)
		return all[len(all)-1].Received.Shown >= 20
	})
	ann.interrupt()
	ann.mustEnd(0)
	bob.mustEnd(0)
	_, summary := readStats(t, file)
	summary.mustHaveTalked(t, "the caller")
}

func TestByLinkForOneCall(t *testing.T) {
	_, server := serving(t)
	bob, _ := answering(t, append(silent, "--link", "--server", server)...)
	link, _ := bob.telling(aLink, 0)
	talksTo(t, link[1], bob)
	ann := calling(t, link[1], silent...)
	ann.mustEnd(1)
	mustSay(t, ann, "used already")
}

// A link for a time, and a room, are made beforehand and lead to whatever runs
// with that profile; a room does so again and again.
func TestByLinksMadeBeforehand(t *testing.T) {
	_, server := serving(t)
	profile := t.TempDir()
	link := func(args ...string) string {
		p := parley(t, "the maker of links", append([]string{"invite", "--profile", profile, "--server", server}, args...)...)
		p.mustEnd(0)
		made, _ := p.telling(aLink, 0)
		return made[1]
	}
	room, timed := link("--always"), link("--for", "1h")
	for _, to := range []string{room, timed, room} {
		bob, _ := answering(t, append(silent, "--profile", profile)...)
		talksTo(t, to, bob)
	}
	list := parley(t, "the list", "invite", "list", "--json", "--profile", profile)
	list.mustEnd(0)
	if out := list.output(); !strings.Contains(out, room) || !strings.Contains(out, timed) {
		t.Errorf("the list is %s", out)
	}
}

func TestByCode(t *testing.T) {
	_, server := serving(t)
	bob, _ := answering(t, append(silent, "--code", "--server", server)...)
	code, _ := bob.telling(aCode, 0)
	talksTo(t, code[1], bob)
}

// A wrong guess ends the code, both are told, and a new one is made.
func TestByWrongCode(t *testing.T) {
	_, server := serving(t)
	bob, _ := answering(t, append(silent, "--code", "--server", server)...)
	code, next := bob.telling(aCode, 0)
	parts := strings.SplitN(code[1], "-", 3)
	wrong := "acorn"
	if parts[1] == wrong {
		wrong = "zipper"
	}
	eve := calling(t, parts[0]+"-"+wrong+"-"+parts[2], silent...)
	eve.mustEnd(1)
	mustSay(t, eve, "the code is not right")
	bob.saying("somebody tried a wrong code")
	again, _ := bob.telling(aCode, next)
	talksTo(t, again[1], bob)
}

// The rendezvous crashes in the call and comes back: the call does not notice,
// and whoever calls next finds the room open.
func TestServerCrashesInTheCall(t *testing.T) {
	server, origin := serving(t)
	profile := t.TempDir()
	maker := parley(t, "the maker of links", "invite", "--always", "--profile", profile, "--server", origin)
	maker.mustEnd(0)
	link, _ := maker.telling(aLink, 0)
	bob, _ := answering(t, append(silent, "--profile", profile)...)
	file := t.TempDir() + "/stats.json"
	ann := calling(t, link[1], append(silent, "--stats", file)...)
	awaitTalk(t, file)
	shown := func() (n uint64) {
		for _, second := range written(t, file) {
			n += second.Received.Shown
		}
		return n
	}
	before := shown()
	server.kill()
	await(t, "pictures come without a server", patience, func() bool { return shown() > before+40 })
	serving(t, "--listen", strings.TrimPrefix(origin, "http://"))
	before = shown()
	await(t, "pictures come with a new server", patience, func() bool { return shown() > before+40 })
	ann.interrupt()
	ann.mustEnd(0)
	bob.mustEnd(0)
	_, summary := readStats(t, file)
	summary.mustHaveTalked(t, "the caller")
	again, _ := answering(t, append(silent, "--profile", profile)...)
	talksTo(t, link[1], again)
}

// The rendezvous is away while a link is dialled, and comes back in time.
func TestServerIsAway(t *testing.T) {
	probe, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := probe.Addr().String()
	probe.Close()
	bob, _ := answering(t, append(silent, "--link", "--server", "http://"+address)...)
	link, _ := bob.telling(aLink, 0)
	ann := calling(t, link[1], silent...)
	ann.mustEnd(1)
	mustSay(t, ann, "no rendezvous runs")
	serving(t, "--listen", address)
	await(t, "the room is open", patience, func() bool {
		p := parley(t, "a caller", "call", link[1], "--no-window", "--profile", t.TempDir(), "--for", "1s", "--camera", "pattern", "--mic", "tone", "--speaker", "off")
		return p.wait(patience) == 0
	})
	bob.mustEnd(0)
}
