package call

import "testing"

// Every input in every state: where it leads, or "" where it is refused.
func TestStateTable(t *testing.T) {
	inputs := []input{inDial, inOffer, inRinging, inAccept, inAnswer, inPeerUp, inPeerDown, inEnd}
	table := map[State][8]string{
		//             dial       offer      ringing    accept        answer        up           down            end
		Idle:         {"dialing", "ringing", "", "", "", "", "", "ended"},
		Dialing:      {"", "", "ringing", "", "connecting", "", "", "ended"},
		Ringing:      {"", "", "", "connecting", "connecting", "", "", "ended"},
		Connecting:   {"", "", "", "", "", "connected", "", "ended"},
		Connected:    {"", "", "", "", "", "", "reconnecting", "ended"},
		Reconnecting: {"", "", "", "", "", "connected", "", "ended"},
		Ended:        {"", "", "", "", "", "", "", ""},
	}
	if len(table) != len(stateNames) {
		t.Fatalf("%d states are tested of %d", len(table), len(stateNames))
	}
	for from, want := range table {
		for i, in := range inputs {
			to, ok := from.next(in)
			got := ""
			if ok {
				got = to.String()
			}
			if got != want[i] {
				t.Errorf("%s, input %d: %q, want %q", from, in, got, want[i])
			}
		}
	}
	if s := State(99).String(); s != "State(99)" {
		t.Errorf("an unknown state is called %q", s)
	}
}
