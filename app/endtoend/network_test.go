//go:build endtoend

package endtoend

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// host is a network namespace of this test's own, with one cable to another.
type host struct{ name, device string }

// ip runs the ip command, inside the host where it has a name.
func (h host) ip(t *testing.T, words string) {
	t.Helper()
	args := strings.Fields(words)
	if h.name != "" {
		args = append([]string{"-n", h.name}, args...)
	}
	if out, err := exec.Command("ip", args...).CombinedOutput(); err != nil {
		t.Fatalf("ip %s: %v: %s", strings.Join(args, " "), err, out)
	}
}

// on starts the program on the host.
func (h host) on(t *testing.T, name string, args ...string) *process {
	t.Helper()
	args = append([]string{"netns", "exec", h.name, program}, args...)
	return start(t, name, environment(t), "ip", append(args, "--no-window", "--profile", t.TempDir())...)
}

// twoHosts joins two hosts by a cable: 10.98.0.1 and 10.98.0.2.
func twoHosts(t *testing.T) (a, b host) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("network namespaces are made by root")
	}
	if _, err := exec.LookPath("ip"); err != nil {
		t.Skip("there is no ip command (Debian: iproute2)")
	}
	prefix := fmt.Sprintf("parley-%d-", os.Getpid())
	a, b = host{prefix + "a", "one"}, host{prefix + "b", "two"}
	for _, h := range []host{a, b} {
		if out, err := exec.Command("ip", "netns", "add", h.name).CombinedOutput(); err != nil {
			t.Skipf("this system makes no network namespaces: %s", out)
		}
		t.Cleanup(func() { host{}.ip(t, "netns del "+h.name) })
	}
	host{}.ip(t, fmt.Sprintf("link add %s netns %s type veth peer name %s netns %s", a.device, a.name, b.device, b.name))
	for i, h := range []host{a, b} {
		h.ip(t, "link set lo up")
		h.ip(t, fmt.Sprintf("addr add 10.98.0.%d/24 dev %s", i+1, h.device))
		h.ip(t, "link set "+h.device+" up")
	}
	return a, b
}

// talking brings up a call between two hosts and returns both ends, with the
// caller's statistics file.
func talking(t *testing.T, a, b host) (ann, bob *process, file string) {
	t.Helper()
	bob = b.on(t, "the answering side", append([]string{"answer", "--port", "5000"}, silent...)...)
	bob.saying(`port (\d+)$`)
	file = t.TempDir() + "/stats.json"
	// The caller takes no calls: only it can dial anew.
	ann = a.on(t, "the calling side", append([]string{"call", "10.98.0.2:5000", "--stats", file}, silent...)...)
	awaitTalk(t, file)
	return ann, bob, file
}

// back waits for a whole second of pictures from now on, and says when it was over.
func back(t *testing.T, file string) time.Duration {
	t.Helper()
	before := len(written(t, file))
	return await(t, "pictures after a change of the network", patience, func() bool {
		all := written(t, file)
		return len(all) > before+2 && all[len(all)-1].Received.Shown > 15 // in the last second
	})
}

// Between two machines nothing waits for pion's next look at its checks, 200 ms
// later; the best of three calls tells, for this machine may be busy.
func TestSetUpBetweenTwoMachines(t *testing.T) {
	a, b := twoHosts(t)
	best := 1e9
	for range 3 {
		ann, bob, file := talking(t, a, b)
		ann.interrupt()
		ann.mustEnd(0)
		bob.mustEnd(0)
		_, summary := readStats(t, file)
		best = min(best, *summary.Setup.Connected)
	}
	if best > 150 {
		t.Errorf("the fastest of three calls took %.0f ms to connect", best)
	}
	t.Logf("connected in %.0f ms, the best of three", best)
}

// A call goes on from another address, whichever one it was dialled from.
func TestAddressChangesInTheCall(t *testing.T) {
	a, b := twoHosts(t)
	ann, bob, file := talking(t, a, b)
	a.ip(t, "addr del 10.98.0.1/24 dev one")
	a.ip(t, "addr add 10.98.0.7/24 dev one")
	back(t, file)
	ann.interrupt()
	ann.mustEnd(0)
	bob.mustEnd(0)
	_, summary := readStats(t, file)
	if !strings.Contains(summary.Path, "10.98.0.7") {
		t.Errorf("the path is %s", summary.Path)
	}
	if summary.Received.Frozen > 2000 {
		t.Errorf("the picture stood for %.0f ms", summary.Received.Frozen)
	}
	t.Logf("the picture stood for %.0f ms; over %s", summary.Received.Frozen, summary.Path)
}

// So it does after the cable was out for some seconds.
func TestCableIsPulledInTheCall(t *testing.T) {
	a, b := twoHosts(t)
	ann, bob, file := talking(t, a, b)
	b.ip(t, "link set two down")
	before := len(written(t, file))
	await(t, "four seconds of statistics", patience, func() bool { return len(written(t, file)) > before+4 })
	b.ip(t, "link set two up")
	took := back(t, file)
	ann.interrupt()
	ann.mustEnd(0)
	bob.mustEnd(0)
	_, summary := readStats(t, file)
	t.Logf("pictures by the statistics' clock of a second %v after the cable was back; over %s", took, summary.Path)
}
