package relay

import (
	"bufio"
	"fmt"
	"net"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// coturn takes the same names and words: it can stand in this relay's place.
func TestCoturn(t *testing.T) {
	path, err := exec.LookPath("turnserver")
	if err != nil {
		t.Skip("coturn is not installed (Debian: coturn)")
	}
	probe, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := probe.Addr().(*net.TCPAddr).Port
	probe.Close()
	cmd := exec.CommandContext(t.Context(), path, "-n", "--no-cli", "--no-tls", "--no-dtls", "--log-file=stdout", "--simple-log", "--pidfile="+t.TempDir()+"/pid",
		"--userdb="+t.TempDir()+"/db", "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", "--allow-loopback-peers", "--realm=parley",
		"--use-auth-secret", "--static-auth-secret="+secret, fmt.Sprint("--listening-port=", port))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := make(chan string, 1)
	read := make(chan struct{})
	go func() { // ends with the process
		defer close(read)
		var all strings.Builder
		for lines := bufio.NewScanner(out); lines.Scan(); {
			all.WriteString(lines.Text() + "\n")
		}
		said <- all.String()
	}()
	defer func() {
		_ = cmd.Process.Kill() // it may have ended by itself, which the test has told then
		<-read
		_ = cmd.Wait()
		if t.Failed() {
			t.Log(<-said)
		}
	}()
	address := fmt.Sprint("127.0.0.1:", port)
	awaitPort(t, address)
	for _, transport := range []string{"udp", "tcp"} {
		t.Run(transport, func(t *testing.T) {
			told := Issuer{Secret: secret, URLs: []string{"turn:" + address}}.Servers("club", "ann")[0]
			relayed := allocated(t, ask(t, enter(t, transport, address), address, told.Username, told.Credential))
			peer, err := net.ListenPacket("udp4", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer peer.Close()
			passes(t, relayed, peer, "a text there")
			passes(t, peer, relayed, "and a text back")
			old := Name("club", "ann", time.Now().Add(-time.Minute))
			for name, word := range map[string]string{told.Username: "another", old: Word(secret, old)} {
				if _, err := ask(t, enter(t, transport, address), address, name, word).Allocate(); err == nil {
					t.Errorf("%s is let in", name)
				}
			}
		})
	}
}

// awaitPort waits until another process listens.
func awaitPort(t *testing.T, address string) {
	t.Helper()
	every := time.NewTicker(20 * time.Millisecond)
	defer every.Stop()
	for limit := time.Now().Add(testPatience); ; <-every.C {
		conn, err := net.Dial("tcp4", address)
		if err == nil {
			conn.Close()
			return
		}
		if time.Now().After(limit) {
			t.Fatal(err)
		}
	}
}
