//go:build endtoend

package endtoend

import (
	"net"
	"strings"
	"testing"
	"time"
)

// deadPort is a port of this machine that nobody listens on.
func deadPort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return port
}

// mustSay checks that a failure is told in one line that has these words. What
// is no failure, as where a call is waited for, may stand before it.
func mustSay(t *testing.T, p *process, words ...string) {
	t.Helper()
	said := p.stderr()
	_, last, _ := strings.Cut("\n"+said, "\nparley: ")
	if last == "" || strings.Contains(last, "\n") {
		t.Errorf("want one line at the end of stderr that begins with \"parley: \", got:\n%s", said)
	}
	for _, w := range words {
		if !strings.Contains(last, w) {
			t.Errorf("stderr does not say %q:\n%s", w, said)
		}
	}
}

func TestCallToNobody(t *testing.T) {
	begin := time.Now()
	p := calling(t, "127.0.0.1:"+deadPort(t), silent...)
	p.mustEnd(1)
	mustSay(t, p, "Nobody could be reached")
	t.Logf("told after %v", p.ended.Sub(begin).Round(time.Millisecond))
}

func TestWrongUsage(t *testing.T) {
	for _, args := range [][]string{
		{"call"}, {"call", "a", "b"}, {"call", "--nonsense", "a"}, {"answer", "somebody"}, {"dance", "now"},
		{"render", "x.png"}, {"probe"}, {"call", "a", "--for", "soon"},
	} {
		p := parley(t, strings.Join(args, " "), args...)
		p.mustEnd(2)
		mustSay(t, p)
	}
}

func TestFailures(t *testing.T) {
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"probe", "/nowhere.mp4"}, "/nowhere.mp4"},
		{[]string{"render", "/nowhere.mp4", "-o", t.TempDir() + "/film.mp4"}, "/nowhere.mp4"},
		{[]string{"call", "127.0.0.1:1", "--no-window", "--codec", "theora"}, "theora"},
		{[]string{"call", "127.0.0.1:1", "--no-window", "--camera", "no such camera"}, "camera"},
		{[]string{"call", "an address", "--no-window", "--camera", "off", "--mic", "off", "--speaker", "off"}, "an address"},
		{nil, "no display"},
	} {
		p := parley(t, strings.Join(test.args, " "), append(test.args, "--profile", t.TempDir())...)
		p.mustEnd(1)
		mustSay(t, p, test.want)
	}
}

func TestSecondCallerIsTurnedAway(t *testing.T) {
	bob, port := answering(t, silent...)
	statsFile := t.TempDir() + "/stats.json"
	ann := calling(t, "127.0.0.1:"+port, append(silent, "--stats", statsFile)...)
	awaitTalk(t, statsFile)
	carol := calling(t, "127.0.0.1:"+port, silent...)
	carol.mustEnd(4)
	mustSay(t, carol, "another call")
	ann.interrupt()
	ann.mustEnd(0)
	bob.mustEnd(0)
	_, summary := readStats(t, statsFile)
	summary.mustHaveTalked(t, "the first caller")
}
