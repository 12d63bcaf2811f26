//go:build endtoend

package endtoend

import (
	"encoding/json"
	"errors"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/call/signal/lan"
)

// named is a profile whose person has a name.
func named(t *testing.T, name string) string {
	t.Helper()
	dir := t.TempDir()
	b, err1 := json.Marshal(map[string]any{"version": 1, "name": name})
	err2 := os.Mkdir(filepath.Join(dir, "config"), 0o700)
	err3 := os.WriteFile(filepath.Join(dir, "config", "settings.json"), b, 0o600)
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	return dir
}

// seen starts the program on the host where others may see it.
func (h host) seen(t *testing.T, name string, args ...string) *process {
	t.Helper()
	return start(t, name, environment(t, "PARLEY_NEARBY=on"), "ip", append([]string{"netns", "exec", h.name, program}, args...)...)
}

// nearby asks on a host who is near.
func (h host) nearby(t *testing.T) (people []lan.Person) {
	t.Helper()
	p := h.seen(t, "who is nearby", "nearby", "--json", "--for", "1500ms")
	p.mustEnd(0)
	if err := json.Unmarshal([]byte(p.output()), &people); err != nil {
		t.Fatalf("%v: %s", err, p.output())
	}
	return people
}

// Two machines on one cable, with nothing set up but their names: one is seen
// from the other, and called by name, over IPv4 and where there is none.
func TestNearby(t *testing.T) {
	a, b := twoHosts(t)
	t.Run("IPv4", func(t *testing.T) { callByName(t, a, b) })
	for h, address := range map[host]string{a: "fd98::1", b: "fd98::2"} {
		h.ip(t, "-4 addr flush dev "+h.device)
		h.ip(t, "addr add "+address+"/64 dev "+h.device+" nodad") // nobody else can have it
	}
	t.Run("IPv6 only", func(t *testing.T) { callByName(t, a, b) })
}

func callByName(t *testing.T, a, b host) {
	const who = "Bob “B” Müller"
	bob := b.seen(t, "the answering side", append([]string{"answer", "--no-window", "--profile", named(t, who)}, silent...)...)
	bob.saying(`port (\d+)$`)
	people := a.nearby(t)
	at := slices.IndexFunc(people, func(p lan.Person) bool { return p.Name == who })
	if at < 0 || people[at].Availability != lan.Available {
		t.Fatalf("nearby are %+v", people)
	}
	if slices.ContainsFunc(people[at].Addresses, func(p netip.AddrPort) bool { return p.Addr().IsLoopback() }) {
		t.Errorf("Bob is called at %v", people[at].Addresses)
	}
	file := filepath.Join(t.TempDir(), "stats.json")
	ann := a.seen(t, "the calling side", append([]string{"call", strings.ToUpper(who), "--no-window", "--profile", t.TempDir(), "--stats", file}, silent...)...)
	awaitTalk(t, file)
	if busy := a.nearby(t); len(busy) != 1 || busy[0].Availability != lan.Busy {
		t.Errorf("in the call: nearby are %+v", busy)
	}
	ann.interrupt()
	ann.mustEnd(0)
	bob.mustEnd(0)
	if gone := a.nearby(t); len(gone) != 0 {
		t.Errorf("afterwards: nearby are %+v", gone)
	}
	_, summary := readStats(t, file)
	t.Logf("connected %.0f ms after the name was given, over %s", *summary.Setup.Connected, summary.Path)
}
