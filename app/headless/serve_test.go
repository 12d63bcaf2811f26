package headless

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/netip"
	"strings"
	"testing"
)

// say runs a command line in a profile and returns what it prints.
func say(t *testing.T, profile string, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	p := &program{version: "test", out: &out, err: &out}
	root := p.root()
	root.SetArgs(append([]string{"--profile", profile}, args...))
	root.SetOut(&out)
	err := root.ExecuteContext(t.Context())
	return out.String(), err
}

func TestSpaces(t *testing.T) {
	profile := t.TempDir()
	if out, err := say(t, profile, "serve", "space", "list"); err != nil || !strings.Contains(out, "parley serve space add NAME") {
		t.Fatalf("%q, %v", out, err)
	}
	if _, err := say(t, profile, "serve", "space", "add", "choir", "--theme", "papr"); err == nil || !strings.Contains(err.Error(), "contrast, parley") {
		t.Errorf("a theme that is none: %v", err)
	}
	out, err := say(t, profile, "serve", "space", "add", "choir", "--title", "The choir", "--theme", "contrast", "--slots", "5", "--relay-bytes", "1000000")
	if err != nil || !strings.Contains(out, "choir-invite-") || !strings.Contains(out, "choir-admin-") {
		t.Fatalf("%q, %v", out, err)
	}
	again, err := say(t, profile, "serve", "space", "key", "choir")
	if err != nil || again == out {
		t.Fatalf("new keys: %q, %v", again, err)
	}
	list, err := say(t, profile, "serve", "space", "list", "--json")
	var spaces []listedSpace
	if err := errors.Join(err, json.Unmarshal([]byte(list), &spaces)); err != nil || len(spaces) != 1 || spaces[0].Title != "The choir" || spaces[0].Quota.Slots != 5 {
		t.Fatalf("%s, %v", list, err)
	}
	if strings.Contains(list, "invite") {
		t.Errorf("the list tells keys: %s", list)
	}
	if table, err := say(t, profile, "serve", "space", "list"); err != nil || !strings.Contains(table, "no bound") {
		t.Errorf("%q, %v", table, err)
	}
	if _, err := say(t, profile, "serve", "space", "remove", "choir"); err != nil {
		t.Fatal(err)
	}
	if _, err := say(t, profile, "serve", "space", "remove", "choir"); err == nil {
		t.Error("it was removed twice")
	}
}

func TestServeRefusesWhatCannotBe(t *testing.T) {
	for _, c := range []struct {
		says string
		args []string
	}{
		{"--open", []string{"--listen", "0.0.0.0:0"}},
		{"--open", []string{"--behind-proxy"}},
		{"--key FILE", []string{"--cert", "x.pem"}},
		{"not from both", []string{"--cert", "x", "--key", "y", "--acme", "example.org"}},
		{"no network such as", []string{"--behind-proxy=nonsense"}},
		{"choose another address", []string{"--listen", "127.0.0.1:nonsense"}},
		{"check --nats", []string{"--nats", "nats://127.0.0.1:1"}},
	} {
		if out, err := say(t, t.TempDir(), append([]string{"serve"}, c.args...)...); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q: %q, %v", c.args, out, err)
		}
	}
}

func TestServeHelpTeaches(t *testing.T) {
	out, err := say(t, t.TempDir(), "serve", "--help")
	for _, needed := range []string{"--open", "--acme", "--behind-proxy", "parley serve space add", "SIGHUP", "127.0.0.1:27540"} {
		if err != nil || !strings.Contains(out, needed) {
			t.Errorf("no %q in the help, %v", needed, err)
		}
	}
}

func TestParseProxies(t *testing.T) {
	all, err := parseProxies([]string{"192.0.2.1", "2001:db8::/32"})
	want := []netip.Prefix{netip.MustParsePrefix("192.0.2.1/32"), netip.MustParsePrefix("2001:db8::/32")}
	if err != nil || len(all) != 2 || all[0] != want[0] || all[1] != want[1] {
		t.Errorf("%v, %v", all, err)
	}
	if all, err := parseProxies([]string{"private"}); err != nil || len(all) < 5 {
		t.Errorf("%v, %v", all, err)
	}
}
