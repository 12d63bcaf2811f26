package call

import "testing"

func TestSpaceOfKey(t *testing.T) {
	for key, want := range map[string]string{
		"team-invite-ABC": "team", "my-team-invite-ABC": "my-team", "a-invite-b-invite-ABC": "a-invite-b", "": "", "ABC": "",
	} {
		if got := SpaceOfKey(key); got != want {
			t.Errorf("%q: got %q, want %q", key, got, want)
		}
	}
}
