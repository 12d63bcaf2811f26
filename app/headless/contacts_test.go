package headless

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"parley/app/people"
)

func TestContactsVerb(t *testing.T) {
	profile := t.TempDir()
	run := func(args ...string) (string, error) {
		var out bytes.Buffer
		p := &program{profile: profile, out: &out, err: &out}
		cmd := p.contactsVerb()
		cmd.SetArgs(args)
		cmd.SilenceErrors, cmd.SilenceUsage = true, true
		err := cmd.ExecuteContext(t.Context())
		return out.String(), err
	}
	if out, err := run("--json"); err != nil || strings.TrimSpace(out) != "[]" {
		t.Errorf("nobody: %q, %v", out, err)
	}
	fingerprint := strings.TrimSuffix(strings.Repeat("AB:", 32), ":")
	for _, args := range [][]string{{"add", "Ann", "192.168.1.7"}, {"add", "Ann", "ann.example"}, {"block", "10.0.0.9"}, {"block", fingerprint}} {
		if _, err := run(args...); err != nil {
			t.Errorf("%q: %v", args, err)
		}
	}
	out, err := run("--json")
	var all []people.Contact
	if err := errors.Join(err, json.Unmarshal([]byte(out), &all)); err != nil || len(all) != 1 || len(all[0].Addresses) != 2 {
		t.Errorf("%s, %v", out, err)
	}
	if out, err := run("blocked"); err != nil || !strings.Contains(out, "10.0.0.9") || !strings.Contains(out, fingerprint) {
		t.Errorf("%s, %v", out, err)
	}
	for _, wrong := range [][]string{{"remove", "Bob"}, {"unblock", "nobody"}, {"forget", "nowhere"}, {"block", "Ann"}, {"add", "Ann"}} {
		if _, err := run(wrong...); err == nil {
			t.Errorf("%q: no error", wrong)
		}
	}
	for _, args := range [][]string{{"unblock", "10.0.0.9"}, {"remove", "ann"}} {
		if _, err := run(args...); err != nil {
			t.Errorf("%q: %v", args, err)
		}
	}
	if out, err := run(); err != nil || out != "" {
		t.Errorf("left: %q, %v", out, err)
	}
}
