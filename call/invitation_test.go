package call

import (
	"errors"
	"strings"
	"testing"
)

const (
	someSecret = "AAECAwQFBgcICQoLDA0ODw"
	someLink   = "https://meet.example/c/abc123#" + someSecret
)

func TestParseInvitation(t *testing.T) {
	tests := []struct{ in, out string }{
		{someLink, someLink},
		{" " + someLink + "\n", someLink},
		{"HTTPS://Meet.Example/c/abc123#" + someSecret, someLink},
		{"parley:meet.example/c/abc123#" + someSecret, someLink},
		{"parley://meet.example/c/abc123#" + someSecret, someLink},
		{"PARLEY:" + someLink, someLink},
		{"meet.example/c/abc123#" + someSecret, someLink},
		{"https://meet.example/c/abc123?from=chat#" + someSecret, someLink},
		{"https://meet.example:8443/c/team.abc#" + someSecret, "https://meet.example:8443/c/team.abc#" + someSecret},
		{"https://[2001:db8::7]:8443/c/a#" + someSecret, "https://[2001:db8::7]:8443/c/a#" + someSecret},
		{"http://127.0.0.1:8080/c/a#" + someSecret, "http://127.0.0.1:8080/c/a#" + someSecret},
		{"http://localhost/c/a#" + someSecret, "http://localhost/c/a#" + someSecret},
		{"http://[::1]:8080/c/a#" + someSecret, "http://[::1]:8080/c/a#" + someSecret},
		{"parley:localhost:8080/c/a#" + someSecret, "http://localhost:8080/c/a#" + someSecret},
		{"https://localhost:8080/c/a#" + someSecret, "https://localhost:8080/c/a#" + someSecret},
	}
	for _, test := range tests {
		i, err := ParseInvitation(test.in)
		if err != nil || i.String() != test.out {
			t.Errorf("%q: got %q, %v, want %q", test.in, i, err, test.out)
		}
		if i.Secret[15] != 15 {
			t.Errorf("%q: secret %v", test.in, i.Secret)
		}
	}
}

func TestNoInvitation(t *testing.T) {
	for _, bad := range []string{
		"", "ann", "192.168.1.7:27539", "7-otter-plum", "parley:", "https://", "https://meet.example/", "https://meet.example/d/a#" + someSecret,
		"http://meet.example/c/a#" + someSecret, "http://127.0.0.1.meet.example/c/a#" + someSecret, "http://localhost.meet.example/c/a#" + someSecret,
		"ftp://meet.example/c/a#" + someSecret, "https://ann@meet.example/c/a#" + someSecret,
		"https://meet.example/c/a", "https://meet.example/c/a#", "https://meet.example/c/a#AAECAwQFBgcICQoLDA0ODx",
		"https://meet.example/c/a#" + someSecret + "A", "https://meet.example/c/a#" + someSecret[:20] + "\nDw", "https://meet.example/c/a#+/ECAwQFBgcICQoLDA0ODw",
		"https://meet.example/c/#" + someSecret, "https://meet.example/c/A#" + someSecret, "https://meet.example/c/a/b#" + someSecret,
		"https://meet.example:0/c/a#" + someSecret, "https://meet.example:/c/a#" + someSecret, "https://meet.example:70000/c/a#" + someSecret,
		"https://:443/c/a#" + someSecret, "https:///c/a#" + someSecret, "https://-x/c/a#" + someSecret, "https://2001:db8::7/c/a#" + someSecret,
		"https://[meet]/c/a#" + someSecret, "https://[::1/c/a#" + someSecret, "https://[fe80::1%25eth0]/c/a#" + someSecret, "https://me et/c/a#" + someSecret,
		"https://" + strings.Repeat("x", maxLink) + "/c/a#" + someSecret,
	} {
		if i, err := ParseInvitation(bad); !errors.Is(err, ErrBadAddress) {
			t.Errorf("%q: got %q, %v, want ErrBadAddress", bad, i, err)
		}
	}
}

// What is wrong with a link may be logged; its secret may not.
func TestNoSecretInErrors(t *testing.T) {
	_, err := ParseInvitation("http://meet.example/c/a#" + someSecret)
	if err == nil || strings.Contains(err.Error(), someSecret) {
		t.Errorf("got %v", err)
	}
}

func TestTrimScheme(t *testing.T) {
	for in, want := range map[string]string{
		"parley:ann": "ann", "parley://ann:1": "ann:1", "Parley:7-otter-plum": "7-otter-plum", " ann ": "ann", "parley:": "parley:", "parley": "parley",
	} {
		if got := TrimScheme(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestParseOrigin(t *testing.T) {
	for in, want := range map[string]string{
		"meet.example": "https://meet.example", " https://Meet.example:8443/ ": "https://meet.example:8443", "localhost:8080": "http://localhost:8080",
		"http://127.0.0.1:8080": "http://127.0.0.1:8080", "https://localhost": "https://localhost",
		"": "", "http://meet.example": "", "https://meet.example/c/a": "", "wss://meet.example": "", "https://ann@meet.example": "", "a b": "",
	} {
		got, err := ParseOrigin(in)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("%q: got %q, %v, want %q", in, got, err, want)
		}
	}
}

func TestShown(t *testing.T) {
	for in, want := range map[string]string{
		someLink: "https://meet.example/c/abc123", "ann:1": "ann:1", "7-acorn-tulip": "7-…", " parley:7 Acorn  tulpi@meet.example": "7-…@meet.example",
		"7-acorn": "7-acorn", "Ann Bee": "Ann Bee",
	} {
		if got := Shown(in); got != want {
			t.Errorf("%q: got %q", in, got)
		}
	}
}

func FuzzParseInvitation(f *testing.F) {
	for _, s := range []string{someLink, "parley:[::1]:80/c/a#" + someSecret, "http://localhost/c/a.b#x", "https://ü.example/c/a#" + someSecret} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		i, err := ParseInvitation(s)
		if err != nil {
			if !errors.Is(err, ErrBadAddress) {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		if !i.TLS && !IsLoopback(i.Host) {
			t.Fatalf("%q: without TLS to %q", s, i.Host)
		}
		if strings.ContainsAny(i.Host+i.Slot, "/@#?%\\ \t\r\n") {
			t.Fatalf("%q gave %q %q", s, i.Host, i.Slot)
		}
		again, err := ParseInvitation(i.String())
		if err != nil || again != i {
			t.Fatalf("%q is written %q, which is read %+v, %v", s, i, again, err)
		}
	})
}
