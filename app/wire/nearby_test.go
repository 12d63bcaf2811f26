package wire

import (
	"testing"

	"parley/app/settings"
	"parley/call"
	"parley/call/signal/lan"
)

func TestAvailability(t *testing.T) {
	for _, test := range []struct {
		state call.State
		quiet bool
		want  lan.Availability
	}{
		{call.Idle, false, lan.Available}, {call.Ended, false, lan.Available}, {call.Ringing, false, lan.Busy},
		{call.Connected, false, lan.Busy}, {call.Idle, true, lan.Busy},
	} {
		if got := availability(test.state, test.quiet); got != test.want {
			t.Errorf("%v, quiet %v: %s, want %s", test.state, test.quiet, got, test.want)
		}
	}
}

func TestNearbyOff(t *testing.T) {
	for _, test := range []struct {
		off  bool
		env  string
		want bool
	}{{false, "", false}, {true, "", true}, {false, "off", true}, {false, "on", false}} {
		t.Setenv("PARLEY_NEARBY", test.env)
		if got := nearbyOff(settings.Settings{NearbyOff: test.off}); got != test.want {
			t.Errorf("%+v: %v", test, got)
		}
	}
}
