//go:build endtoend

package endtoend

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/call/rendezvous/relay"
)

// The internet of this test: two homes with a router each, and a relay.
//
//	ann 192.168.7.2 ── router 198.18.0.2 ──┐
//	                                       ├── relay 198.18.0.1
//	bob 192.168.8.2 ── router 198.18.0.3 ──┘
//
// Bob's router forwards one TCP port for signalling, and nothing else.
type internet struct {
	relay, ann, bob       host
	annRouter, bobRouter  host
	certificate, settings string
}

const (
	relayAt     = "198.18.0.1"
	bobAt       = "198.18.0.3"
	relaySecret = "known to this test alone"
)

// sh runs a command on the host.
func (h host) sh(t *testing.T, words string) {
	t.Helper()
	args := append([]string{"netns", "exec", h.name}, strings.Fields(words)...)
	if out, err := exec.Command("ip", args...).CombinedOutput(); err != nil {
		t.Fatalf("%s on %s: %v: %s", words, h.name, err, out)
	}
}

// wire lays a cable between two hosts.
func wire(t *testing.T, a, b host, aDevice, bDevice string) {
	t.Helper()
	host{}.ip(t, fmt.Sprintf("link add %s netns %s type veth peer name %s netns %s", aDevice, a.name, bDevice, b.name))
	a.ip(t, "link set "+aDevice+" up")
	b.ip(t, "link set "+bDevice+" up")
}

func newInternet(t *testing.T) *internet {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("network namespaces are made by root")
	}
	for _, tool := range []string{"ip", "iptables", "sysctl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("there is no %s command (Debian: iproute2, iptables, procps)", tool)
		}
	}
	n := &internet{}
	for name, h := range map[string]*host{"relay": &n.relay, "ann": &n.ann, "bob": &n.bob, "ra": &n.annRouter, "rb": &n.bobRouter} {
		h.name = fmt.Sprintf("parley-%d-%s", os.Getpid(), name)
		if out, err := exec.Command("ip", "netns", "add", h.name).CombinedOutput(); err != nil {
			t.Skipf("this system makes no network namespaces: %s", out)
		}
		t.Cleanup(func() { host{}.ip(t, "netns del "+h.name) })
		h.ip(t, "link set lo up")
	}
	n.relay.ip(t, "link add exchange type bridge")
	n.relay.ip(t, "addr add "+relayAt+"/24 dev exchange")
	n.relay.ip(t, "link set exchange up")
	n.home(t, n.ann, n.annRouter, "a", "192.168.7", "198.18.0.2")
	n.home(t, n.bob, n.bobRouter, "b", "192.168.8", bobAt)
	n.certify(t)
	return n
}

// home joins a person to a router and the router to the internet.
func (n *internet) home(t *testing.T, h, router host, letter, lan, public string) {
	t.Helper()
	wire(t, h, router, "eth", "inside")
	wire(t, n.relay, router, "to"+letter, "outside")
	n.relay.ip(t, "link set to"+letter+" master exchange")
	h.ip(t, "addr add "+lan+".2/24 dev eth")
	router.ip(t, "addr add "+lan+".1/24 dev inside")
	router.ip(t, "addr add "+public+"/24 dev outside")
	h.ip(t, "route add default via "+lan+".1")
	router.sh(t, "sysctl -qw net.ipv4.ip_forward=1")
}

// certify makes a certificate for the relay, which programs of this test trust.
func (n *internet) certify(t *testing.T) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), IPAddresses: []net.IP{net.ParseIP(relayAt)}, NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err1 := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	private, err2 := x509.MarshalPKCS8PrivateKey(key)
	n.certificate = t.TempDir()
	err3 := os.WriteFile(n.pem(), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600)
	err4 := os.WriteFile(filepath.Join(n.certificate, "key.pem"), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), 0o600)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		t.Fatal(err)
	}
}

func (n *internet) pem() string { return filepath.Join(n.certificate, "cert.pem") }

// firewalled drops what nobody inside asked for, as routers for homes do. One
// that answers it, by an ICMP message, remembers it too, and gives the packet
// that would have met it another port.
const firewalled = "-A INPUT -i outside -p udp -j DROP"

// A router has rules of iptables. The names of the first three are those of RFC 3489.
var routers = map[string][]string{
	"full cone":       {"-t nat -A POSTROUTING -o outside -j MASQUERADE", "-t nat -A PREROUTING -i outside -p udp -j DNAT --to-destination HOME.2"},
	"port-restricted": {"-t nat -A POSTROUTING -o outside -j MASQUERADE", firewalled},
	"symmetric":       {"-t nat -A POSTROUTING -o outside -j MASQUERADE --random-fully", firewalled},
	"TCP alone":       {"-t nat -A POSTROUTING -o outside -j MASQUERADE", "-A FORWARD -p udp -j DROP"},
	// Beside the port of signalling, which is forwarded to Bob.
	"TCP 443 alone": {
		"-t nat -A POSTROUTING -o outside -j MASQUERADE", "-A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT",
		"-A FORWARD -p tcp --dport 443 -j ACCEPT", "-A FORWARD -p tcp --dport 5000 -j ACCEPT", "-A FORWARD -j DROP",
	},
}

// set gives a router its rules in place of those that it had.
func set(t *testing.T, router host, kind, home string) {
	t.Helper()
	for _, clear := range []string{"-F", "-t nat -F"} {
		router.sh(t, "iptables -w "+clear)
	}
	for _, rule := range routers[kind] {
		router.sh(t, "iptables -w "+strings.ReplaceAll(rule, "HOME", home))
	}
	if home == "192.168.8" {
		router.sh(t, "iptables -w -t nat -I PREROUTING -i outside -p tcp --dport 5000 -j DNAT --to-destination 192.168.8.2:5000")
	}
}

// profile is one whose settings name the relay.
func (n *internet) profile(t *testing.T, who string) string {
	t.Helper()
	name := relay.Name("", who, time.Now().Add(time.Hour))
	word := relay.Word(relaySecret, name)
	lines := "stun:" + relayAt + ":3478\n"
	for _, url := range []string{"turn:" + relayAt + ":3478?transport=udp", "turn:" + relayAt + ":3478?transport=tcp", "turns:" + relayAt + ":443?transport=tcp"} {
		lines += url + " " + name + " " + word + "\n"
	}
	dir := t.TempDir()
	b, err1 := json.Marshal(map[string]any{"version": 1, "name": who, "servers": lines})
	err2 := os.Mkdir(filepath.Join(dir, "config"), 0o700)
	err3 := os.WriteFile(filepath.Join(dir, "config", "settings.json"), b, 0o600)
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	return dir
}

// trusting starts the program on a host, with trust in the relay's certificate.
func (n *internet) trusting(t *testing.T, h host, name string, args ...string) *process {
	t.Helper()
	return start(t, name, environment(t, "SSL_CERT_FILE="+n.pem()), "ip", append([]string{"netns", "exec", h.name, program}, args...)...)
}

// Two people at home reach each other whatever their routers do, with a relay
// where there is no other way: over UDP, TCP, or TLS on the web's port.
func TestRouters(t *testing.T) {
	n := newInternet(t)
	server := n.trusting(t, n.relay, "the relay", "serve", "--profile", t.TempDir(), "--listen", relayAt+":8443", "--open",
		"--cert", n.pem(), "--key", filepath.Join(n.certificate, "key.pem"), "--turn", relayAt+":3478", "--turn-tls", relayAt+":443",
		"--turn-host", relayAt, "--public-ip", relayAt, "--turn-secret", relaySecret, "--turn-allow-private")
	server.saying(`relaying`)
	var table []string
	for _, pair := range [][2]string{
		{"full cone", "full cone"}, {"full cone", "port-restricted"}, {"full cone", "symmetric"}, {"port-restricted", "port-restricted"},
		{"port-restricted", "symmetric"}, {"symmetric", "full cone"}, {"symmetric", "port-restricted"}, {"symmetric", "symmetric"},
		{"TCP alone", "full cone"}, {"symmetric", "TCP alone"}, {"TCP alone", "TCP alone"}, {"TCP 443 alone", "port-restricted"}, {"TCP 443 alone", "TCP 443 alone"},
	} {
		t.Run(pair[0]+" to "+pair[1], func(t *testing.T) {
			set(t, n.annRouter, pair[0], "192.168.7")
			set(t, n.bobRouter, pair[1], "192.168.8")
			path := n.talk(t)
			if relayed := strings.Contains(path, "(relay)"); relayed && meets(pair) {
				t.Errorf("routers that let the two meet were relayed: %s", path)
			}
			table = append(table, fmt.Sprintf("%-16s %-16s %s", pair[0], pair[1], path))
		})
	}
	t.Log("caller's router, callee's router, connected, path\n" + strings.Join(table, "\n"))
}

// meets tells whether two routers let packets meet that both sides send: one
// opens itself to all, or both keep the port that the other side was told.
func meets(pair [2]string) bool {
	open := map[string]int{"full cone": 2, "port-restricted": 1, "symmetric": 0}
	a, knownA := open[pair[0]]
	b, knownB := open[pair[1]]
	return knownA && knownB && a+b >= 2
}

// talk has Ann call Bob, and tells how long it took and over what.
func (n *internet) talk(t *testing.T) string {
	bob := n.trusting(t, n.bob, "the answering side", append([]string{"answer", "--no-window", "--port", "5000", "--profile", n.profile(t, "bob")}, silent...)...)
	bob.saying(`port (\d+)$`)
	file := filepath.Join(t.TempDir(), "stats.json")
	ann := n.trusting(t, n.ann, "the calling side", append([]string{"call", bobAt + ":5000", "--no-window", "--profile", n.profile(t, "ann"), "--stats", file}, silent...)...)
	awaitTalk(t, file)
	ann.interrupt()
	ann.mustEnd(0)
	bob.mustEnd(0)
	_, summary := readStats(t, file)
	return fmt.Sprintf("%5.0f ms  %s", *summary.Setup.Connected, summary.Path)
}
