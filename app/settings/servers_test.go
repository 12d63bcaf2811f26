package settings

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestParseServers(t *testing.T) {
	all, err := ParseServers("stun:a.example\n\n  turn:b.example:3478?transport=udp ann secret \nturns:c.example x y\n")
	want := []Server{{URL: "stun:a.example"}, {"turn:b.example:3478?transport=udp", "ann", "secret"}, {"turns:c.example", "x", "y"}}
	if err != nil || !slices.Equal(all, want) {
		t.Errorf("%+v, %v", all, err)
	}
	for _, bad := range []string{"a.example", "http://a.example", "stun:", "turn:a", "turn:a b", "stun:a b c", "turn:a@b c d"} {
		all, err := ParseServers(bad + "\nstun:good")
		if !errors.Is(err, ErrServer) || len(all) != 1 {
			t.Errorf("%q: %+v, %v", bad, all, err)
		}
		if strings.Contains(bad, " ") && err != nil && strings.Contains(err.Error(), "\"d\"") {
			t.Errorf("the password is in the error: %v", err)
		}
	}
}
