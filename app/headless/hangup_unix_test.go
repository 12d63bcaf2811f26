//go:build unix

package headless

import (
	"bufio"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// beVariable has this test's program be parley.
const beVariable = "PARLEY_TEST_BE"

func TestMain(m *testing.M) {
	if os.Getenv(beVariable) != "" {
		os.Exit(Main(os.Args[1:], "test", nil))
	}
	os.Exit(m.Run())
}

// A hang-up has the verb itself start anew, with the same flags: the new process
// serves where the old one did, and the old one ends as if all was done.
func TestAHangUpRestartsTheServer(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	out, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	if err := out.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "--profile", t.TempDir(), "serve", "--listen", "127.0.0.1:0")
	cmd.Env = append(os.Environ(), beVariable+"=1")
	cmd.Stdout, cmd.Stderr = in, in
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	in.Close()
	lines := bufio.NewScanner(out)
	until := func(holds string) string {
		t.Helper()
		for lines.Scan() {
			if strings.Contains(lines.Text(), holds) {
				return lines.Text()
			}
		}
		t.Fatalf("it does not say %q: %v", holds, lines.Err())
		return ""
	}
	first := until("serving: http://")
	if err := cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	if second := until("serving: http://"); second != first {
		t.Fatalf("%s follows %s", second, first)
	}
	found := regexp.MustCompile(`new=(\d+)`).FindStringSubmatch(until("the new process serves"))
	if found == nil {
		t.Fatal("the new process is not named")
	}
	next, err := strconv.Atoi(found[1])
	if err != nil || next == cmd.Process.Pid {
		t.Fatalf("the new process is %d, %v", next, err)
	}
	defer syscall.Kill(next, syscall.SIGKILL)
	if err := cmd.Wait(); err != nil {
		t.Errorf("the old process ended with %v", err)
	}
	answer, err := http.Get(strings.TrimPrefix(first, "serving: ") + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("the new process says %s", answer.Status)
	}
	if err := syscall.Kill(next, syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() { // until both have ended
	}
	if err := lines.Err(); err != nil {
		t.Errorf("the new process does not end: %v", err)
	}
}
