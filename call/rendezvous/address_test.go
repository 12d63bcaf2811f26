package rendezvous

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"
)

func TestAddress(t *testing.T) {
	for _, test := range []struct {
		remote    string
		forwarded []string
		want      string
	}{
		{"203.0.113.7:4000", nil, "203.0.113.7"},
		{"203.0.113.7:4000", []string{"198.51.100.1"}, "203.0.113.7"}, // no proxy of ours
		{"127.0.0.1:4000", nil, "127.0.0.1"},
		{"127.0.0.1:4000", []string{"198.51.100.1"}, "198.51.100.1"},
		{"127.0.0.1:4000", []string{"10.9.9.9, 198.51.100.1"}, "198.51.100.1"}, // the first is the client's word
		{"127.0.0.1:4000", []string{"10.9.9.9", "198.51.100.2"}, "198.51.100.2"},
		{"127.0.0.1:4000", []string{"nonsense"}, "127.0.0.1"},
		{"127.0.0.1:4000", []string{"198.51.100.1:555"}, "198.51.100.1"},
		{"[::1]:4000", []string{"2001:db8:1:2:3:4:5:6"}, "2001:db8:1:2::/64"},
		{"[::1]:4000", []string{"[2001:db8:1:2:3:4:5:6]"}, "2001:db8:1:2::/64"},
		{"[2001:db8:1:2:3:4:5:6]:4000", nil, "2001:db8:1:2::/64"},
		{"[fe80::1%eth0]:4000", nil, "fe80::/64"},
		{"[::ffff:203.0.113.7]:4000", nil, "203.0.113.7"},
	} {
		s := &Server{config: Config{Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}}}
		r := &http.Request{RemoteAddr: test.remote, Header: http.Header{"X-Forwarded-For": test.forwarded}}
		if got := s.address(r); got != test.want {
			t.Errorf("%s with %q: %s, want %s", test.remote, test.forwarded, got, test.want)
		}
	}
}

func TestLogsHidePeople(t *testing.T) {
	for in, want := range map[string]string{
		"203.0.113.7": "203.0.0.0/16", "2001:db8:1:2::/64": "2001:db8::/32", "": "unknown", "invalid IP": "unknown",
	} {
		if got := hide(in); got != want {
			t.Errorf("%q is shown as %q", in, got)
		}
	}
}

func FuzzForwarded(f *testing.F) {
	f.Add("127.0.0.1:1", "198.51.100.1, ::1")
	f.Add("[::1]:1", "[fe80::1%25eth0]:80")
	f.Fuzz(func(t *testing.T, remote, forwarded string) {
		s := &Server{config: Config{Proxies: Private()}}
		got := s.address(&http.Request{RemoteAddr: remote, Header: http.Header{"X-Forwarded-For": {forwarded}}})
		if len(got) > 64 || strings.ContainsAny(got, "%\n ") && got != "invalid IP" {
			t.Fatalf("%q and %q count as %q", remote, forwarded, got)
		}
		hide(got)
	})
}
